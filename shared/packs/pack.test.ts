import { expect, test } from 'vitest'
import type { StoredDocument } from '../ports/document-store.ts'
import { boundsOf, readPack, writePack } from './index.ts'

const stored = (id: string, more: object): StoredDocument => {
  const [type] = id.split(':')
  const instants = { created: '2024-01-01T00:00:00Z', modified: '2024-01-01T00:00:00Z' }
  return { _id: id, _rev: '1-a', type, schema: 1, ...instants, ...more }
}
const paper = stored('paper:1', { name: 'Brücke\nam Rhein', reference: '12/2024', date: '2024-03-01' })
const later = stored('paper:2', { name: 'Haushalt', date: '2024-05-01' })
const membership = stored('membership:1', { person: 'person:1', organization: 'organization:1' })
const foreign = { _id: 'sketch:1', _rev: '1-a', name: 'of a newer app' } as StoredDocument
const documents = [membership, paper, later, foreign]

test('a pack tells all its documents by type, with what a search and a selection have to know of them', () => {
  const { titles, sections } = readPack(writePack(documents))
  expect(sections.map(({ type, text }) => [type, JSON.parse(text) as unknown])).toEqual([
    ['membership', [membership]],
    ['paper', [paper, later]],
    ['sketch', [foreign]],
  ])
  expect(sections.map(({ bounds }) => bounds)).toEqual([
    boundsOf('membership', [membership]),
    boundsOf('paper', [paper, later]),
    boundsOf('sketch', [foreign]),
  ])
  expect(sections[1]?.bounds.fields['date']).toEqual(['2024-03-01', '2024-05-01'])
  expect(titles.split('\n').map((line) => line.split('\t').slice(0, 3))).toEqual([
    ['paper:1', 'Brücke am Rhein', '12/2024'],
    ['paper:2', 'Haushalt', '2024-05-01'],
  ])
})

test('nothing of a pack that was cut off anywhere is read', () => {
  const text = writePack(documents)
  for (let length = 0; length < text.length; length += 7) expect(() => readPack(text.slice(0, length))).toThrow()
})
