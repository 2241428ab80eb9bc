import type { Block, MinutesDocument, Section } from '../../../council/minutes.ts'
import { localeOf, m, type Locale } from '../../../i18n/index.ts'
import { fingerprintOf, type OwnText, type Wording, type Written } from './written.ts'

/** A block that follows from the log, with what people put in its place. */
export interface LoggedPiece {
  readonly kind: 'logged'
  readonly source: string
  readonly block: Block
  /** `behind`: the log has moved on since somebody changed it, and nobody said that the wording stays. */
  readonly standing: 'as-logged' | 'changed' | 'behind'
  /** Several only where people who did not hear of each other began from different states of the log. */
  readonly wordings: readonly Wording[]
}

export interface OwnPiece {
  readonly kind: 'own'
  readonly after: string
  /** Section and place as they were written, under which the text is kept. */
  readonly text: OwnText
}

/** A wording of what the log does not say any more. It is shown, and is no part of the minutes. */
export interface LeftPiece {
  readonly kind: 'left'
  readonly wording: Wording
}

export type Piece = LoggedPiece | OwnPiece | LeftPiece

export interface ArrangedSection {
  readonly key: string
  readonly public: boolean
  readonly heading: string
  readonly pieces: readonly Piece[]
}

const closed = ':closed'
const closedKey = (key: string): string => (key.endsWith(closed) ? key : key + closed)

/**
 * What the log says and what people wrote, in one order. The log alone decides what is public: words stand in the
 * section for which they were written; when the log does not know it any more, they stand in a closed one.
 */
export function arrange(draft: MinutesDocument, written: Written): ArrangedSection[] {
  const known = new Set(draft.sections.map(({ key }) => key))
  const home = ({ section }: OwnText | Wording): string => (known.has(section) ? section : closedKey(section))
  const fill = (section: Section): ArrangedSection => {
    const isAtHome = (words: OwnText | Wording): boolean => home(words) === section.key
    return arrangeSection(section, written.own.filter(isAtHome), written.wordings.filter(isAtHome))
  }
  const homes = new Set([...written.own, ...written.wordings].map(home))
  const homeless = [...homes].filter((key) => !known.has(key)).sort()
  const heading = m.minutes_left_section({}, { locale: localeOf(draft.language) })
  return [...draft.sections, ...homeless.map((key) => ({ key, public: false, heading, blocks: [] }))].map(fill)
}

function arrangeSection(
  { blocks, ...section }: Section,
  own: readonly OwnText[],
  wordings: readonly Wording[],
): ArrangedSection {
  const isHere = (text: OwnText): boolean => text.section === section.key
  const sources = new Set(blocks.map(({ source }) => source ?? ''))
  const ownAfter = (source: string): OwnPiece[] =>
    own.filter((text) => isHere(text) && text.after === source).map(asPiece)
  const wordingsOf = (source: string): Wording[] =>
    wordings.filter((wording) => wording.section === section.key && wording.source === source)
  const placed = blocks.flatMap((block) => {
    const source = block.source ?? ''
    return [logged(block, source, wordingsOf(source)), ...ownAfter(source)]
  })
  const strayed = own.filter((text) => !isHere(text) || (text.after !== '' && !sources.has(text.after)))
  const left = wordings.filter((wording) => wording.section !== section.key || !sources.has(wording.source))
  return {
    ...section,
    pieces: [
      ...ownAfter(''),
      ...placed,
      ...sorted(strayed, ({ section: of, after }) => `${of}|${after}`).map(asPiece),
      ...sorted(left, ({ name }) => name).map((wording): LeftPiece => ({ kind: 'left', wording })),
    ],
  }
}

const asPiece = (text: OwnText): OwnPiece => ({ kind: 'own', after: text.after, text })

const sorted = <Item>(items: readonly Item[], by: (item: Item) => string): Item[] =>
  [...items].sort((a, b) => (by(a) < by(b) ? -1 : 1))

function logged(block: Block, source: string, wordings: readonly Wording[]): LoggedPiece {
  const now = fingerprintOf(block)
  const isBehind = wordings.some(({ of, kept }) => of !== now && kept !== now)
  const standing = wordings.length === 0 ? 'as-logged' : isBehind ? 'behind' : 'changed'
  return { kind: 'logged', source, block, standing, wordings: sorted(wordings, ({ name }) => name) }
}

/** The minutes as they read after people worked on them. */
export function writtenMinutes(draft: MinutesDocument, sections: readonly ArrangedSection[]): MinutesDocument {
  const locale = localeOf(draft.language)
  return {
    ...draft,
    sections: sections.map(({ pieces, ...section }) => ({
      ...section,
      blocks: pieces.flatMap(blocksOf).map((block) => readable(block, locale)),
    })),
  }
}

/** What a person made of a block stays linked to what it was made from. */
function blocksOf(piece: Piece): Block[] {
  if (piece.kind === 'left') return []
  if (piece.kind === 'own') return [...piece.text.blocks]
  if (piece.wordings.length === 0) return [piece.block]
  const { source } = piece.block
  return piece.wordings.flatMap(({ blocks }) => blocks).map((block) => ({ ...block, ...(source ? { source } : {}) }))
}

/** Tables are told by name, and so are their columns, also where a person gave none. */
function readable(block: Block, locale: Locale): Block {
  if (block.block !== 'table') return block
  const header = block.header.map((name, index) =>
    name.trim() === '' ? m.minutes_table_column({ number: index + 1 }, { locale }) : name,
  )
  return { ...block, header, caption: block.caption.trim() === '' ? m.minutes_table({}, { locale }) : block.caption }
}
