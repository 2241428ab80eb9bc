import type { Extensions } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { Heading } from '@tiptap/extension-heading'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { TableKit } from '@tiptap/extension-table'
import { Text } from '@tiptap/extension-text'

/** The one level of headings in a text; above it stand those of the page. */
export const headingLevel = 3

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
  TableKit.configure({ table: { resizable: false }, tableHeader: { HTMLAttributes: { scope: 'col' } } }),
]
