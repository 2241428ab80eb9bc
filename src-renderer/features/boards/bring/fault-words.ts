import { m } from '../../../../shared/i18n/index.ts'
import type { ImportOutcome } from './import-files.ts'

const sentences: Readonly<Record<ImportOutcome['refused'][number]['fault'], (file: { name: string }) => string>> = {
  'no-picture': m.boards_bring_no_picture,
  'too-large': m.boards_bring_too_large,
  'foreign-svg': m.boards_bring_foreign_svg,
  'damaged-board': m.boards_bring_damaged,
  'newer-board': m.boards_bring_newer,
}

/** Why a file was not brought to the board, and what to do, in sentences. */
export const refusedInWords = ({ name, fault }: ImportOutcome['refused'][number]): string => sentences[fault]({ name })
