import * as Y from 'yjs'
import { readElement, type BoardElement, type ElementContent } from '../../../../shared/council/board/element.ts'

/**
 * An element in the document: `made` holds it as it was made, in one value, as most strokes never change. A field that
 * is changed later gets a key of its own, so that two people may move and colour the same element at once. Text is
 * shared letter by letter, and a table's cells are a key each.
 */
export type ElementMap = Y.Map<unknown>

/** Fields of an element that can be changed. */
export type ElementChange = Readonly<Record<string, unknown>>

const cellPrefix = 'cell:'

/** Makes the shared form of an element. */
export function elementToMap(content: ElementContent): ElementMap {
  const map: ElementMap = new Y.Map()
  const { text, cells, ...made } = content as ElementContent & { text?: string; cells?: Record<string, string> }
  map.set('made', made)
  if (text !== undefined) map.set('text', new Y.Text(text))
  for (const [key, words] of Object.entries(cells ?? {})) map.set(cellPrefix + key, words)
  return map
}

/** Reads the shared form; undefined for what is no element. */
export function mapToElement(id: string, map: unknown): BoardElement | undefined {
  if (!(map instanceof Y.Map)) return undefined
  const made: unknown = map.get('made')
  if (typeof made !== 'object' || made === null) return undefined
  const fields: Record<string, unknown> = { ...made }
  const cells: Record<string, unknown> = {}
  if (fields['kind'] === 'table') fields['cells'] = cells
  for (const [key, value] of map.entries()) {
    if (key === 'made') continue
    if (key.startsWith(cellPrefix)) cells[key.slice(cellPrefix.length)] = value
    else fields[key] = value instanceof Y.Text ? value.toJSON() : (value as unknown)
  }
  for (const [key, value] of Object.entries(fields)) if (value === undefined || value === null) delete fields[key]
  return readElement(id, fields)
}

/** Writes changed fields; `undefined` takes a field away. */
export function changeMap(map: ElementMap, change: ElementChange): void {
  for (const [field, value] of Object.entries(change)) {
    if (field === 'text') writeText(map, String(value))
    else if (field === 'cells') writeCells(map, value as Record<string, string>)
    else map.set(field, value ?? null)
  }
}

function writeCells(map: ElementMap, cells: Readonly<Record<string, string>>): void {
  for (const [key, words] of Object.entries(cells))
    if (map.get(cellPrefix + key) !== words) map.set(cellPrefix + key, words)
}

/** Changes only the letters between what stays at both ends, so that what others type beside them is kept. */
function writeText(map: ElementMap, words: string): void {
  const shared = map.get('text')
  if (!(shared instanceof Y.Text)) return void map.set('text', new Y.Text(words))
  const old: string = shared.toJSON()
  let start = 0
  while (start < old.length && start < words.length && old[start] === words[start]) start++
  let end = 0
  while (end < old.length - start && end < words.length - start && old.at(-1 - end) === words.at(-1 - end)) end++
  if (old.length > start + end) shared.delete(start, old.length - start - end)
  if (words.length > start + end) shared.insert(start, words.slice(start, words.length - end))
}
