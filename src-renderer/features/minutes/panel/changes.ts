import { textOfBlocks, type ArrangedSection, type Piece } from '../../../../shared/rules/minutes/index.ts'
import { anchorOf } from '../anchors.ts'

/** Something that people changed, and where. All but `changed` wants a decision. */
export interface Change {
  readonly kind: 'changed' | 'behind' | 'twice' | 'strayed' | 'left'
  readonly anchor: string
  readonly text: string
}

const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

/** Everything that departs from the log, in the order of the draft. */
export const changesIn = (sections: readonly ArrangedSection[]): Change[] =>
  sections.flatMap((section) => section.pieces.flatMap((piece) => changeOf(piece, section)))

function changeOf(piece: Piece, section: ArrangedSection): Change[] {
  if (piece.kind === 'left') {
    const { wording } = piece
    return [{ kind: 'left', anchor: anchorOf(wording.section, wording.name), text: cut(textOfBlocks(wording.blocks)) }]
  }
  if (piece.kind === 'own') {
    const isPlaced =
      piece.text.section === section.key &&
      (piece.after === '' || section.pieces.some((some) => some.kind === 'logged' && some.source === piece.after))
    if (isPlaced) return []
    const anchor = anchorOf(piece.text.section, `own ${piece.after}`)
    return [{ kind: 'strayed', anchor, text: cut(textOfBlocks(piece.text.blocks)) }]
  }
  if (piece.standing === 'as-logged') return []
  const kind = piece.wordings.length > 1 ? 'twice' : piece.standing
  return [{ kind, anchor: anchorOf(section.key, piece.source), text: cut(textOfBlocks([piece.block])) }]
}
