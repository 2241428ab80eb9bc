import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePassage } from '../../../council/passage-text.ts'
import type { Passage } from '../../../council/records/index.ts'
import { locales } from '../../../i18n/index.ts'
import { ruleSets } from '../../law/index.ts'
import { offeredPassages, sortPassages, type PassageReader } from './offered.ts'
import { suggestedPassages } from './suggested.ts'
import { paragraphsOf, passagePlaceOf, templateOf } from './template.ts'

const council = 'organization:council'
const stamp = '2026-01-01T08:00:00Z'
const passage = (key: string, fields: Partial<Passage> = {}): Passage => ({
  ...{ _id: `passage:${key}`, type: 'passage', schema: 1, created: stamp, modified: stamp },
  ...{ name: key, text: `Words of ${key}.`, order: 'a0', ...fields },
})
const reader: PassageReader = { organizations: [council], rules: 'de-rp-2024', locale: 'de' }
const shown = (records: readonly Passage[], more: Partial<PassageReader> = {}): string[] =>
  offeredPassages(records, { ...reader, ...more })
    .filter(({ replaced }) => !replaced)
    .map(({ origin, name }) => `${origin} ${name}`)

const five = [
  'law Einladung festgestellt',
  'law Bericht der Verwaltung',
  'law Einwohnerfragestunde',
  'law Hinweis auf Ausschließungsgründe',
  'law Bekanntgabe nichtöffentlicher Beschlüsse',
]

test('a town without passages has the five that its law suggests, with their sources; another law suggests none', () => {
  expect(shown([])).toEqual(five)
  expect(shown([], { rules: 'de-by-2024' })).toEqual([])
  expect(offeredPassages([], reader).map(({ source }) => source)).toEqual(
    ['§ 34', '§ 33', '§ 16a', '§ 22', '§ 35 Abs. 1'].map((place) => ({ law: 'GemO', place })),
  )
})

test('passages of the body come first, then the town’s, each in their order; those of other bodies are not there', () => {
  const records = [
    passage('late', { order: 'a2' }),
    passage('early', { order: 'a1' }),
    passage('own', { organization: council }),
    passage('other', { organization: 'organization:planning' }),
    passage('gone', { deleted: true }),
  ]
  expect(shown(records)).toEqual(['body own', 'town early', 'town late', ...five])
  expect(shown(records, { organizations: [] })).toEqual(['town early', 'town late', ...five])
})

test('a passage stands in the place of those of its name that are further away, in whatever language the law names them', () => {
  const town = passage('town', { name: 'Report of the administration ' })
  const body = passage('body', { name: 'report of the Administration', organization: council })
  const others = five.filter((name) => name !== 'law Bericht der Verwaltung')
  expect(shown([town])).toEqual(['town Report of the administration ', ...others])
  expect(shown([town, body])).toEqual(['body report of the Administration', ...others])
  expect(shown([town, { ...body, deleted: true }])).toEqual(['town Report of the administration ', ...others])
  const twice = [passage('a', { name: 'Same' }), passage('b', { name: 'same' })]
  expect(shown(twice).slice(0, 2)).toEqual(['town Same', 'town same'])
})

test('the template of a place holds what its body or its town marked, unless something stands in its place', () => {
  const marked = { place: 'opening', template: true } as const
  const records = [
    passage('welcome', marked),
    passage('closing', { place: 'close', template: true }),
    passage('anywhere', { template: true }),
    passage('unmarked', { place: 'opening' }),
    passage('own', { ...marked, organization: council }),
  ]
  const names = (some: readonly Passage[]) =>
    templateOf(offeredPassages(some, reader), 'opening').map(({ name }) => name)
  expect(names(records)).toEqual(['own', 'welcome'])
  // A body that wants no such words has a passage of that name that is not marked.
  expect(names([...records, passage('Welcome', { organization: council })])).toEqual(['own'])
  expect(names([])).toEqual([])
})

test('sections of minutes have a template by what they are about, behind whichever doors', () => {
  const keys = [
    'opening',
    'opening:closed',
    'item:1',
    'item:1:closed',
    'close',
    'attendance',
    'agenda-closed',
    'after:1',
  ]
  expect(keys.map(passagePlaceOf)).toEqual([
    ...['opening', 'opening', 'item', 'item', 'close'],
    ...[undefined, undefined, undefined],
  ])
})

test('each line of a text is a paragraph', () => {
  expect(paragraphsOf('One.\n\n Two.  \r\n')).toEqual(['One.', 'Two.'])
})

test('whatever order keys devices made, all show one order', () => {
  const some = fc.array(fc.record({ key: fc.nat(9), order: fc.constantFrom('a0', 'a1', 'a1V') }), { maxLength: 8 })
  fc.assert(
    fc.property(some, fc.nat(), (made, turn) => {
      const records = made.map(({ order }, index) => passage(`k${index}`, { order }))
      const turned = [...records.slice(turn % 8), ...records.slice(0, turn % 8)]
      expect(sortPassages(turned)).toEqual(sortPassages(records))
    }),
  )
})

test('what a law suggests can be filled, is named in every language, and cites a place', () => {
  for (const { id } of ruleSets)
    for (const locale of locales)
      for (const { name, text, source } of suggestedPassages(id, locale)) {
        expect(name).not.toBe('')
        expect(parsePassage(text).faults).toEqual([])
        expect(source.place).toMatch(/^(§|Art\.) \d/)
      }
})
