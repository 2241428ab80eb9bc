import type { AudienceStore, IncomingDocument } from '../../shared/ports/document-store.ts'
import type { Refusal } from '../../shared/rules/access.ts'

/**
 * What the rules of access cannot see from one document: asked within the audience's turn, after the rules allowed the
 * documents and before they are stored.
 */
export interface WriteDoor {
  /** For each document, in order, why it must stay outside; undefined lets it in. */
  judge(store: AudienceStore, documents: readonly IncomingDocument[]): Promise<readonly (Refusal | undefined)[]>
}

/** Lets in what neither door keeps out. */
export const bothDoors = (one: WriteDoor, other: WriteDoor): WriteDoor => ({
  async judge(store, documents) {
    const [first, second] = [await one.judge(store, documents), await other.judge(store, documents)]
    return documents.map((_, place) => first[place] ?? second[place])
  },
})

/** Lets everything in that the rules allow. */
export const openDoor: WriteDoor = { judge: async (_store, documents) => documents.map(() => undefined) }
