import * as Y from 'yjs'

/**
 * Applies an update, and then whatever waited for it.
 *
 * Yjs 13 tries what waits again when the one struct comes that it remembers as missing. Of an update with two structs
 * that wait for different ones it remembers the later alone, so that the other would never be seen although all is there.
 *
 * @throws when it is no update
 */
export function integrate(doc: Y.Doc, update: Uint8Array, origin: object): void {
  doc.transact(() => {
    Y.applyUpdate(doc, update, origin)
    for (let { pendingStructs } = doc.store; pendingStructs;) {
      const before = knownOf(doc)
      doc.store.pendingStructs = null
      Y.applyUpdateV2(doc, pendingStructs.update, origin)
      pendingStructs = knownOf(doc) > before ? doc.store.pendingStructs : null
    }
  }, origin)
}

/** How many operations a document has integrated. */
const knownOf = (doc: Y.Doc): number =>
  [...Y.decodeStateVector(Y.encodeStateVector(doc)).values()].reduce((sum, clock) => sum + clock, 0)
