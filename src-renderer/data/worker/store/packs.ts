import { readPack } from '../../../../shared/packs/index.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { OpenCopy } from './databases.ts'
import { writeSegments, type DeviceStore } from './device-store.ts'
import { sealText, unsealText } from './sealing.ts'
import type { Segment } from './segment.ts'

const titlesType = 'titles'

/** Documents of closed terms: immutable texts, parsed only when a selection can reach them. */
export class Packs {
  #store: DeviceStore

  constructor(store: DeviceStore) {
    this.#store = store
  }

  async has(open: OpenCopy, digest: string): Promise<boolean> {
    return (await this.#store.count('packs', `${open.copy.key}/${digest}`)) > 0
  }

  async keep(open: OpenCopy, digest: string, text: string): Promise<void> {
    const { titles, sections } = readPack(text)
    const key = `${open.copy.key}/${digest}`
    const heads = sections.map(({ type, bounds }): Segment => ({ key: `${key}/${type}`, type, bounds }))
    const texts = [{ type: titlesType, text: titles }, ...sections]
    const pack = { key, copy: open.copy.key, heads: await sealText(open.key, key, JSON.stringify(heads)) }
    const segments = await Promise.all(
      texts.map(async ({ type, text: plain }) => ({
        ...{ key: `${key}/${type}`, copy: open.copy.key },
        text: await sealText(open.key, `${key}/${type}`, plain),
      })),
    )
    await writeSegments(this.#store, open.copy, { pack }, segments)
  }

  /** What closed terms hold of a type, unread. */
  async segments(open: OpenCopy, type: string): Promise<Segment[]> {
    return (await this.#heads(open)).filter((head) => head.type === type)
  }

  /** Documents of a segment that were not deleted since. */
  async read(open: OpenCopy, { key }: Segment): Promise<StoredDocument[]> {
    const documents = JSON.parse(await this.#text(open, key)) as StoredDocument[]
    // Asked last: whoever withdraws from now on finds these documents on their shelf.
    const withdrawn = await this.#withdrawn(open)
    return withdrawn.size === 0 ? documents : documents.filter(({ _id }) => !withdrawn.has(_id))
  }

  /** Titles of everything in closed terms, for searching. */
  async titles(open: OpenCopy): Promise<string> {
    const keys = await this.#store.getAllKeysFromIndex('packs', 'copy', open.copy.key)
    const texts = await Promise.all(keys.map((key) => this.#text(open, `${key}/${titlesType}`)))
    const withdrawn = await this.#withdrawn(open)
    const all = texts.join('\n')
    if (withdrawn.size === 0) return all
    return all
      .split('\n')
      .filter((line) => !withdrawn.has(line.slice(0, line.indexOf('\t'))))
      .join('\n')
  }

  async #heads(open: OpenCopy): Promise<Segment[]> {
    const rows = await this.#store.getAllFromIndex('packs', 'copy', open.copy.key)
    const texts = await Promise.all(rows.map(({ key, heads }) => unsealText(open.key, key, heads)))
    return texts.flatMap((text) => JSON.parse(text) as Segment[])
  }

  async #text(open: OpenCopy, key: string): Promise<string> {
    const row = await this.#store.get('segments', key)
    if (!row) throw new Error(`The segment ${key} is missing`)
    return unsealText(open.key, key, row.text)
  }

  async #withdrawn(open: OpenCopy): Promise<ReadonlySet<string>> {
    const rows = await this.#store.getAllFromIndex('withdrawn', 'copy', open.copy.key)
    return new Set(rows.map(({ id }) => id))
  }
}
