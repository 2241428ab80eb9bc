import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePassage, placeholders, writePassage, type Placeholder } from '../passage-text.ts'
import { readRecord } from './index.ts'

const stamp = '2026-01-01T08:00:00Z'
const passage = (fields: object) => ({
  ...{ _id: 'passage:1', type: 'passage', schema: 1, created: stamp, modified: stamp },
  ...{ name: 'Report', text: 'The administration reports.', order: 'a0', ...fields },
})
const faultsOf = (fields: object) => {
  const outcome = readRecord(passage(fields))
  return outcome.ok ? [] : outcome.failure
}

test('a passage of a body, with every placeholder, is read as it was written', () => {
  const text = placeholders.map((name) => `{${name}}`).join(' ')
  const whole = passage({ text, organization: 'organization:1', place: 'close', template: true, source: '§ 41 GemO' })
  expect(readRecord(whole)).toEqual({ ok: true, value: whole })
})

test('what cannot be filled is named, with its place and how to mend it', () => {
  const known = '{chair}, {clerk}, {item}, {time}, {date}, {meeting}, {organization}'
  expect(faultsOf({ text: 'At {hour} {chair} opens.' })).toEqual([
    {
      field: 'text',
      message: `"{hour}" at character 4 is no placeholder: write one of ${known}, or leave the braces out`,
    },
  ])
  expect(faultsOf({ text: 'At {time the chair} opens. }' }).map(({ message }) => message)).toEqual([
    `"{time the chair}" at character 4 is no placeholder: write one of ${known}, or leave the braces out`,
    'the "}" at character 28 has no partner: close the braces or leave it out',
  ])
})

test.each([
  ['name', { name: ' ' }],
  ['name', { name: 'n'.repeat(201) }],
  ['text', { text: '' }],
  ['organization', { organization: 'person:1' }],
  ['place', { place: 'annex' }],
  ['template', { template: false }],
  ['source', { source: '' }],
  ['order', { order: 'a-1' }],
  ['meeting', { meeting: 'meeting:1' }],
])('refuses a wrong %s', (field, fields) => {
  expect(faultsOf(fields).map((fault) => fault.field)).toEqual([field])
})

const words = fc.string({ unit: fc.constantFrom('a', ' ', 'ß', '„', '$', '\n', '\\', '}', '{', '{time}') })

test('whatever somebody writes: what is no placeholder stays as it is, and each that is none is told once', () => {
  fc.assert(
    fc.property(words, (text) => {
      const parsed = parsePassage(text)
      expect(writePassage(parsed, (name) => `{${name}}`)).toBe(text)
      const filled = writePassage(parsed, () => '')
      expect(filled).not.toContain('{time}')
      const lone = filled.match(/\{[^{}]*\}|[{}]/g)?.length ?? 0
      // Beside each other two braces of which each had none before may make a pair.
      expect(parsed.faults.length).toBeGreaterThanOrEqual(lone)
      for (const { found, at } of parsed.faults) expect(text.startsWith(found, at - 1)).toBe(true)
    }),
  )
})

test('people may call placeholders by words of their language, and what is filled in is never filled again', () => {
  const german: Readonly<Record<string, Placeholder>> = { Vorsitz: 'chair', Uhrzeit: 'time' }
  const { parts, faults } = parsePassage('{Vorsitz} um { Uhrzeit }', (name) => german[name])
  expect(faults).toEqual([])
  expect(writePassage({ parts }, (name) => `{${name}}`)).toBe('{chair} um {time}')
  expect(writePassage(parsePassage('{item}: {time}'), (name) => (name === 'item' ? '{time}' : '17:00'))).toBe(
    '{time}: 17:00',
  )
})
