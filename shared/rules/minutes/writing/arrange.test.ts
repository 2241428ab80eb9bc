import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block, MinutesDocument } from '../../../council/minutes.ts'
import { draftMinutes } from '../draft.ts'
import { publicMinutes } from '../parts.ts'
import { evening, sourceOf } from '../testing/evening.suite.ts'
import { textOf } from '../text.ts'
import { arrange, writtenMinutes } from './arrange.ts'
import { fingerprintOf, type Wording, type Written } from './written.ts'

const paragraph = (text: string, source?: string): Block => ({
  ...{ block: 'paragraph', runs: [{ text }] },
  ...(source === undefined ? {} : { source }),
})
const section = (key: string, ...blocks: Block[]): MinutesDocument['sections'][number] => ({
  ...{ key, public: !key.endsWith(':closed'), heading: key, blocks },
})
const draftOf = (...sections: MinutesDocument['sections']): MinutesDocument => ({
  ...{ language: 'de', title: 'Niederschrift', body: 'Nibelau', facts: [], sections, signatures: [] },
})
const wording = (of: Block, text: string, more: Partial<Wording> = {}): Wording => ({
  ...{ name: text, section: 'item:1', source: of.source ?? '', of: fingerprintOf(of), blocks: [paragraph(text)] },
  ...more,
})

const keys = ['opening', 'item:1', 'item:1:closed', 'item:2', 'item:2:closed']
const anyDraft = fc.subarray(keys).map((some) => draftOf(...some.map((key) => section(key, paragraph('Log.', 'a')))))

test('what was written for a closed section is public in no state of the log', () => {
  const places = fc.array(fc.tuple(fc.constantFrom(...keys), fc.constantFrom('', 'a', 'gone'), fc.boolean()))
  fc.assert(
    fc.property(anyDraft, places, (draft, written) => {
      const words = (key: string): Block[] => [paragraph(key.endsWith(':closed') ? 'GEHEIM' : 'offen')]
      const own = written
        .filter(([, , isOwn]) => isOwn)
        .map(([key, after]) => ({ section: key, after, blocks: words(key) }))
      const wordings = written
        .filter(([, , isOwn]) => !isOwn)
        .map(([key, source], place) =>
          wording(paragraph('Log.', source), '', { section: key, name: `${place}`, blocks: words(key) }),
        )
      const document = writtenMinutes(draft, arrange(draft, { own, wordings }))
      expect(JSON.stringify(publicMinutes(document))).not.toContain('GEHEIM')
      const count = (text: string): number => JSON.stringify(document).split(text).length - 1
      expect(count('GEHEIM') + count('offen')).toBeGreaterThanOrEqual(own.length)
    }),
  )
})

const result = paragraph('Abgelehnt.', 'vote:1/result')
const corrected = paragraph('Angenommen.', 'vote:1/result')
const read = (block: Block, written: Partial<Written>) => {
  const draft = draftOf(section('item:1', paragraph('Wortlaut.', 'vote:1/wording'), block))
  const sections = arrange(draft, { own: [], wordings: [], ...written })
  return { pieces: sections[0]!.pieces, blocks: writtenMinutes(draft, sections).sections[0]!.blocks }
}

test('words of people stand after the block for which they were written, and at the end when it is gone', () => {
  const own = (after: string, text: string) => ({ section: 'item:1', after, blocks: [paragraph(text)] })
  const { blocks } = read(result, {
    own: [own('gone', 'Zuletzt.'), own('vote:1/wording', 'Dazwischen.'), own('', 'Zuerst.')],
  })
  expect(blocks).toEqual([
    paragraph('Zuerst.'),
    paragraph('Wortlaut.', 'vote:1/wording'),
    paragraph('Dazwischen.'),
    result,
    paragraph('Zuletzt.'),
  ])
})

test('a wording stays linked to the log, and falls behind when the log moves on until somebody says that it stays', () => {
  const changed = wording(result, 'Einstimmig abgelehnt.')
  const standing = (block: Block, kept?: Block): unknown => {
    const more = kept ? { ...changed, kept: fingerprintOf(kept) } : changed
    const { pieces, blocks } = read(block, { wordings: [more] })
    expect(blocks[1]).toEqual(paragraph('Einstimmig abgelehnt.', 'vote:1/result'))
    return pieces[1]?.kind === 'logged' && pieces[1].standing
  }
  expect([standing(result), standing(corrected), standing(corrected, corrected), standing(result, corrected)]).toEqual([
    'changed',
    'behind',
    'changed',
    'changed',
  ])
})

test('a wording of what the log does not say any more is shown, and is no part of the minutes', () => {
  const { pieces, blocks } = read(result, { wordings: [wording(paragraph('Fort.', 'vote:2/result'), 'Geändert.')] })
  expect(pieces.at(-1)?.kind).toBe('left')
  expect(blocks.length).toBe(2)
})

test('what people wrote over and between the words of an evening reads as expected, in public and as a whole', async () => {
  const draft = draftMinutes(sourceOf(evening))!
  const blockOf = (source: string): Block =>
    draft.sections.flatMap(({ blocks }) => blocks).find((block) => block.source === source)!
  const written: Written = {
    own: [
      { section: 'item:2', after: '', blocks: [paragraph('Die Verwaltung stellt den Entwurf vor.')] },
      { section: 'item:2', after: 'vote:bridge/result', blocks: [paragraph('Der Bauhof beginnt im März.')] },
      { section: 'item:8:closed', after: 'vote:land', blocks: [paragraph('GEHEIM: Der Käufer zahlt in Raten.')] },
    ],
    wordings: [
      wording(blockOf('vote:later/wording'), 'Die Sanierung wird auf das Jahr 2028 verschoben.', { section: 'item:2' }),
      wording(blockOf('vote:land/wording'), 'GEHEIM: Das Grundstück wird verkauft.', { section: 'item:8:closed' }),
    ],
  }
  const document = writtenMinutes(draft, arrange(draft, written))
  const sections = document.sections.filter(({ key }) => /^item:[28](:|$)/.test(key))
  await expect(textOf({ ...document, sections })).toMatchFileSnapshot('../expected/edited.de.txt')
  const open = publicMinutes(document)
  expect(textOf(open)).toContain('Der Bauhof beginnt im März.')
  expect(textOf(open)).not.toContain('GEHEIM')
})
