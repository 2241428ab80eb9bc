import * as Y from 'yjs'
import type { Block, TextRun } from '../../../../shared/council/minutes.ts'

/**
 * The same blocks as the editor has them (`features/shared-text/schema.ts`) and as minutes are read. Nodes are named as
 * y-prosemirror names them.
 */

/** Numbers stay numbers, as the editor writes them. */
type Attributes = Record<string, string | number>

const element = (name: string, children: (Y.XmlElement | Y.XmlText)[], attributes: Attributes = {}) => {
  const made = new Y.XmlElement<Attributes>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.insert(0, children)
  return made as unknown as Y.XmlElement
}

function textOf(runs: readonly TextRun[]): Y.XmlText[] {
  const delta = runs.flatMap(({ text, strong }) =>
    text === '' ? [] : [{ insert: text, ...(strong ? { attributes: { bold: {} } } : {}) }],
  )
  if (delta.length === 0) return []
  const made = new Y.XmlText()
  made.applyDelta(delta)
  return [made]
}

const paragraph = (runs: readonly TextRun[]): Y.XmlElement => element('paragraph', textOf(runs))
const item = (runs: readonly TextRun[]): Y.XmlElement => element('listItem', [paragraph(runs)])
const row = (cell: 'tableHeader' | 'tableCell', texts: readonly string[]): Y.XmlElement =>
  element(
    'tableRow',
    texts.map((text) => element(cell, [paragraph([{ text }])])),
  )

/** A block as the editor holds it. */
export function toXml(block: Block): Y.XmlElement {
  switch (block.block) {
    case 'paragraph':
    case 'resolution':
      return element(block.block, textOf(block.runs))
    case 'heading':
      return element('heading', textOf([{ text: block.text }]), { level: 3 })
    case 'list':
      return element(block.ordered ? 'orderedList' : 'bulletList', block.items.map(item))
    case 'table':
      return element(
        'table',
        [row('tableHeader', block.header), ...block.rows.map((texts) => row('tableCell', texts))],
        { caption: block.caption },
      )
  }
}

type XmlNode = Y.XmlFragment['firstChild']

const elementsOf = (parent: Y.XmlFragment): Y.XmlElement[] =>
  parent.toArray().filter((child) => child instanceof Y.XmlElement)

function runsOf(node: XmlNode): TextRun[] {
  if (node instanceof Y.XmlText)
    return (node.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]).flatMap(
      ({ insert, attributes }): TextRun[] => {
        if (typeof insert !== 'string') return []
        return [{ text: insert, ...(attributes?.['bold'] ? { strong: true as const } : {}) }]
      },
    )
  return node instanceof Y.XmlFragment ? node.toArray().flatMap((child) => runsOf(child as XmlNode)) : []
}

const plain = (node: XmlNode): string =>
  runsOf(node)
    .map(({ text }) => text)
    .join('')

const lines = (parent: Y.XmlFragment): string =>
  elementsOf(parent)
    .map(plain)
    .filter((text) => text !== '')
    .join('\n')

function tableOf(table: Y.XmlElement): Block[] {
  const [first, ...rest] = elementsOf(table).map((cells) => elementsOf(cells))
  if (!first) return []
  const isHeader = first.every(({ nodeName }) => nodeName === 'tableHeader')
  const rows = (isHeader ? rest : [first, ...rest]).map((cells) => cells.map(lines))
  const header = isHeader ? first.map(lines) : first.map(() => '')
  return [{ block: 'table', caption: String(table.getAttribute('caption') ?? ''), header, rows }]
}

const isList = ({ nodeName }: Y.XmlElement): boolean => nodeName.endsWith('List')

/** An item, then those of the lists in it: minutes have lists of one level. */
function itemsOf(entry: Y.XmlElement): TextRun[][] {
  const own = elementsOf(entry)
    .filter((part) => !isList(part))
    .flatMap((part, index) => [...(index > 0 ? [{ text: '\n' }] : []), ...runsOf(part)])
  const inner = elementsOf(entry).filter(isList).flatMap(elementsOf).flatMap(itemsOf)
  return [...(own.some(({ text }) => text.trim() !== '') ? [own] : []), ...inner]
}

function listOf(list: Y.XmlElement): Block[] {
  const items = elementsOf(list).flatMap(itemsOf)
  return items.length === 0 ? [] : [{ block: 'list', ordered: list.nodeName === 'orderedList', items }]
}

function blockOf(node: Y.XmlElement): Block[] {
  if (node.nodeName === 'table') return tableOf(node)
  if (isList(node)) return listOf(node)
  const runs = runsOf(node)
  const text = plain(node)
  if (text.trim() === '') return []
  if (node.nodeName === 'heading') return [{ block: 'heading', text: text.trim() }]
  return [{ block: node.nodeName === 'resolution' ? 'resolution' : 'paragraph', runs }]
}

/** What an editor holds, as it is read; paragraphs without a word are left out. */
export const readBlocks = (fragment: Y.XmlFragment): Block[] => elementsOf(fragment).flatMap(blockOf)
