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

/** Root of the document that says of sections whether their template was inserted, or left out. */
export const templatesName = 'templates'

/**
 * The update with which a wording begins: the block of the log, as an editor has it. Two who change a block without
 * hearing of each other begin with the same update, and so change one wording.
 */
export const seedOf = (name: string, section: string, block: Block): Uint8Array =>
  sameEverywhere(name, (doc) => {
    const fragment = doc.getXmlFragment(name)
    fragment.insert(0, [toXml(block)])
    const begun = fingerprintOf(readBlocks(fragment))
    const head: WordingHead = { section, source: block.source ?? '', of: fingerprintOf(block), begun }
    doc.getMap(headsName).set(name, head)
  })

/** The update that inserts a template: two who insert the same words without hearing of each other insert them once. */
export const templateSeed = (name: string, section: string, blocks: readonly Block[]): Uint8Array =>
  sameEverywhere(name, (doc) => {
    doc.getXmlFragment(name).insert(0, blocks.map(toXml))
    doc.getMap(templatesName).set(section, 'inserted')
  })

/**
 * Everybody who writes the same under the same name makes the same update, byte for byte and under the same client, and
 * Yjs takes an update once.
 */
function sameEverywhere(name: string, fill: (doc: Y.Doc) => void): Uint8Array {
  const trial = write(0, fill)
  // Named by its bytes: a later version of this app that writes other ones writes under another client.
  const client = firstSeed + (shortHash(`${name} ${[...trial].join(' ')}`) % seeds)
  return write(client, fill)
}

function write(client: number, fill: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.transact(() => fill(doc))
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
