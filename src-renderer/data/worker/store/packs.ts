import { typeOfId } from '../../../../shared/oparl/record.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { OpenCopy } from './databases.ts'
import { writeSegments, type DeviceStore } from './device-store.ts'
import { sealText, unsealText } from './sealing.ts'
import type { Bounds, Segment } from './segment.ts'

/** What is known of a pack's documents without reading them again. */
export interface PackReading {
  /** A line of what a search of closed terms reads, `<id>\t<title>\t<detail>\t<lower-case words>`. */
  titleLine(document: StoredDocument): string | undefined
  boundsOf(type: string, documents: readonly StoredDocument[]): Bounds
}

const titlesType = 'titles'

/** Documents of closed terms: immutable texts, parsed only when a selection can reach them. */
export class Packs {
  #store: DeviceStore
  #reading: PackReading

  constructor(store: DeviceStore, reading: PackReading) {
    this.#store = store
    this.#reading = reading
  }

  async has(open: OpenCopy, digest: string): Promise<boolean> {
    return (await this.#store.count('packs', `${open.copy.key}/${digest}`)) > 0
  }

  async keep(open: OpenCopy, digest: string, text: string): Promise<void> {
    const lines = text.split('\n').filter(Boolean)
    const parsed = lines.map((line) => ({ line, document: JSON.parse(line) as StoredDocument }))
    const titles = parsed.flatMap(({ document }) => this.#reading.titleLine(document) ?? []).join('\n')
    const key = `${open.copy.key}/${digest}`
    const texts = new Map([[titlesType, titles]])
    const heads: Segment[] = []
    for (const [type, own] of Map.groupBy(parsed, ({ document }) => typeOfId(document._id) ?? '')) {
      const documents = own.map(({ document }) => document)
      heads.push({ key: `${key}/${type}`, type, bounds: this.#reading.boundsOf(type, documents) })
      texts.set(type, `[${own.map(({ line }) => line).join(',')}]`)
    }
    const pack = { key, copy: open.copy.key, heads: await sealText(open.key, key, JSON.stringify(heads)) }
    const segments = await Promise.all(
      [...texts].map(async ([type, plain]) => ({
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
