import { Node, type Extensions } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { Heading } from '@tiptap/extension-heading'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { Text } from '@tiptap/extension-text'

/** The one level of headings in a text; above it stand those of the page. */
export const headingLevel = 3

/** The wording of what was put to a vote, with its line breaks. */
const Resolution = Node.create({
  name: 'resolution',
  group: 'block',
  content: 'inline*',
  whitespace: 'pre',
  parseHTML: () => [{ tag: 'blockquote', preserveWhitespace: 'full' }],
  renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
})

/** A table with a name, which is told and not shown while it is edited. */
const NamedTable = Table.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: null,
        parseHTML: (element: HTMLElement) => element.getAttribute('aria-label'),
        renderHTML: ({ caption }: { caption?: string | null }) => (caption ? { 'aria-label': caption } : {}),
      },
    }
  },
})

/**
 * What a shared text is made of. An app that does not know a node takes it out of the text for everybody: a new kind of
 * block has to be here, on every device, before the first one is written.
 */
export const blocks: Extensions = [
  Document,
  Paragraph,
  Text,
  Bold,
  Heading.configure({ levels: [headingLevel] }),
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Resolution,
  NamedTable.configure({ resizable: false }),
  TableRow,
  TableHeader.configure({ HTMLAttributes: { scope: 'col' } }),
  TableCell,
]
