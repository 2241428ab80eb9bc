import { Extension } from '@tiptap/core'
import { gapCursor } from '@tiptap/pm/gapcursor'
import type { Plugin } from '@tiptap/pm/state'
import { redoCommand, undoCommand, ySyncPlugin, yUndoPlugin } from 'y-prosemirror'
import type { XmlFragment } from 'yjs'

/** Binds an editor to a part of a document that others edit too; undo takes back what was done in this editor alone. */
export const together = (fragment: XmlFragment, leave: () => void): Extension =>
  Extension.create({
    name: 'together',
    addProseMirrorPlugins: () => [ySyncPlugin(fragment) as Plugin, yUndoPlugin(), gapCursor()],
    addKeyboardShortcuts() {
      const undo = (): boolean => undoCommand(this.editor.state, this.editor.view.dispatch)
      const redo = (): boolean => redoCommand(this.editor.state, this.editor.view.dispatch)
      // Tab moves on between cells: without another key nobody would get out of a table.
      const out = (): boolean => {
        leave()
        return true
      }
      return { 'Mod-z': undo, 'Mod-y': redo, 'Shift-Mod-z': redo, Escape: out }
    },
  })
