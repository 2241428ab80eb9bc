import * as Y from 'yjs'
import type { Block } from '../../../../shared/council/minutes.ts'
import { fingerprintOf } from '../../../../shared/rules/minutes/index.ts'
import { shortHash } from '../../../../shared/short-hash.ts'
import { toXml, readBlocks } from './blocks.ts'

/** What is kept of a wording beside its words. */
export interface WordingHead {
  readonly section: string
  readonly source: string
  /** Fingerprint of the block of the log with which it began. */
  readonly of: string
  /** Fingerprint of its words as they were before anybody changed them. */
  readonly begun: string
}

/** Root of the document that lists wordings by their name. */
export const headsName = 'wordings'

/** Yjs gives windows numbers below 2^32: those of seeds lie above, so that no window ever writes under one. */
const firstSeed = 2 ** 32
const seeds = 2 ** 53 - 1 - firstSeed

/**
 * The update with which a wording begins: the block of the log, as an editor has it. Everybody who begins with the same
 * block under the same name makes the same update, byte for byte and under the same client, and Yjs takes an update
 * once: two who change a block without hearing of each other change one wording.
 */
export function seedOf(name: string, section: string, block: Block): Uint8Array {
  const trial = write(0, name, section, block)
  // Named by its bytes: a later version of this app that writes other ones writes under another client.
  const client = firstSeed + (shortHash(`${name} ${[...trial].join(' ')}`) % seeds)
  return write(client, name, section, block)
}

function write(client: number, name: string, section: string, block: Block): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  const fragment = doc.getXmlFragment(name)
  doc.transact(() => {
    fragment.insert(0, [toXml(block)])
    const begun = fingerprintOf(readBlocks(fragment))
    const head: WordingHead = { section, source: block.source ?? '', of: fingerprintOf(block), begun }
    doc.getMap(headsName).set(name, head)
  })
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
