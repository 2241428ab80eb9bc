import Bold from '@lucide/svelte/icons/bold'
import FoldHorizontal from '@lucide/svelte/icons/fold-horizontal'
import FoldVertical from '@lucide/svelte/icons/fold-vertical'
import Grid2x2X from '@lucide/svelte/icons/grid-2x2-x'
import Heading from '@lucide/svelte/icons/heading'
import List from '@lucide/svelte/icons/list'
import ListOrdered from '@lucide/svelte/icons/list-ordered'
import Quote from '@lucide/svelte/icons/text-quote'
import Redo from '@lucide/svelte/icons/redo-2'
import TableColumns from '@lucide/svelte/icons/table-columns-split'
import TableRows from '@lucide/svelte/icons/table-rows-split'
import Table from '@lucide/svelte/icons/table'
import Undo from '@lucide/svelte/icons/undo-2'
import type { Editor } from '@tiptap/core'
import { redoCommand, undoCommand } from 'y-prosemirror'
import { m } from '../../../shared/i18n/index.ts'
import type { IconGlyph } from '../../ui/icon/glyph.ts'
import { headingLevel } from './schema.ts'

/** One thing to do with the text where the cursor is. */
export interface Tool {
  readonly name: string
  readonly label: () => string
  readonly glyph: IconGlyph
  /** Whether the text at the cursor is so; absent for what is done once. */
  readonly isOn?: (editor: Editor) => boolean
  readonly isPossible: (editor: Editor) => boolean
  readonly use: (editor: Editor) => void
}

const always = (): boolean => true
const inTable = (editor: Editor): boolean => editor.isActive('table')

const marks: readonly Tool[] = [
  {
    name: 'bold',
    label: m.text_bold,
    glyph: Bold,
    isOn: (editor) => editor.isActive('bold'),
    isPossible: (editor) => editor.can().toggleBold(),
    use: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'heading',
    label: m.text_heading,
    glyph: Heading,
    isOn: (editor) => editor.isActive('heading'),
    isPossible: always,
    use: (editor) => editor.chain().focus().toggleHeading({ level: headingLevel }).run(),
  },
  {
    name: 'resolution',
    label: m.text_resolution,
    glyph: Quote,
    isOn: (editor) => editor.isActive('resolution'),
    isPossible: (editor) => editor.can().toggleNode('resolution', 'paragraph'),
    use: (editor) => editor.chain().focus().toggleNode('resolution', 'paragraph').run(),
  },
  {
    name: 'bullets',
    label: m.text_bullets,
    glyph: List,
    isOn: (editor) => editor.isActive('bulletList'),
    isPossible: always,
    use: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'numbers',
    label: m.text_numbers,
    glyph: ListOrdered,
    isOn: (editor) => editor.isActive('orderedList'),
    isPossible: always,
    use: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
]

const history: readonly Tool[] = [
  {
    name: 'undo',
    label: m.text_undo,
    glyph: Undo,
    isPossible: ({ state }) => undoCommand(state),
    use: (editor) => void undoCommand(editor.state, editor.view.dispatch),
  },
  {
    name: 'redo',
    label: m.text_redo,
    glyph: Redo,
    isPossible: ({ state }) => redoCommand(state),
    use: (editor) => void redoCommand(editor.state, editor.view.dispatch),
  },
]

const table: Tool = {
  name: 'table',
  label: m.text_table,
  glyph: Table,
  isPossible: (editor) => !inTable(editor),
  use: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
}

const onTable = (
  name: string,
  label: () => string,
  glyph: IconGlyph,
  use: (chain: ReturnType<Editor['chain']>) => ReturnType<Editor['chain']>,
): Tool => ({ name, label, glyph, isPossible: inTable, use: (editor) => use(editor.chain().focus()).run() })

/** What can be done with a table; shown inside one. */
const tableTools: readonly Tool[] = [
  onTable('row-add', m.text_row_add, TableRows, (chain) => chain.addRowAfter()),
  onTable('row-remove', m.text_row_remove, FoldVertical, (chain) => chain.deleteRow()),
  onTable('column-add', m.text_column_add, TableColumns, (chain) => chain.addColumnAfter()),
  onTable('column-remove', m.text_column_remove, FoldHorizontal, (chain) => chain.deleteColumn()),
  onTable('table-remove', m.text_table_remove, Grid2x2X, (chain) => chain.deleteTable()),
]

/** The tools that make sense where the cursor is. */
export const toolsFor = (editor: Editor): readonly Tool[] => [
  ...marks,
  ...(inTable(editor) ? tableTools : [table]),
  ...history,
]
