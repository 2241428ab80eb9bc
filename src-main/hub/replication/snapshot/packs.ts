import { createHash } from 'node:crypto'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip, gzip, zstdCompress } from 'node:zlib'
import type { PackList } from '../../../../shared/hub-api/snapshot.ts'
import { writePack } from '../../../../shared/packs/index.ts'
import type { AudienceStore, StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { IndexEntry } from './audience-index.ts'

/** Documents in a pack, at most. */
const packSize = 500

export type PackEncoding = 'zstd' | 'gzip' | 'identity'
type PackInfo = PackList['packs'][number]

/** An immutable text, kept compressed; other encodings are made once when asked for. */
interface Pack extends PackInfo {
  readonly gzip: Buffer
  zstd?: Buffer
}

/** Texts of an audience's closed terms. A pack is built once for its content and forgotten when that changes. */
export class Packs {
  readonly #store: AudienceStore
  #packs = new Map<string, Pack>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(store: AudienceStore) {
    this.#store = store
  }

  /** The packs of the given documents, in the order of terms and ids. */
  async list(entries: readonly IndexEntry[]): Promise<PackInfo[]> {
    const turn = this.#turn.then(() => this.#build(entries))
    this.#turn = turn.catch(() => undefined)
    const packs = await turn
    return packs.map(({ digest, documents, bytes, term }) => ({ digest, documents, bytes, term }))
  }

  /** The text of a pack; undefined when this audience has none of that digest. */
  async read(digest: string, encoding: PackEncoding): Promise<Buffer | undefined> {
    const pack = [...this.#packs.values()].find((candidate) => candidate.digest === digest)
    if (!pack) return undefined
    if (encoding === 'gzip') return pack.gzip
    const text = async () => promisify(gunzip)(pack.gzip)
    return encoding === 'identity' ? text() : (pack.zstd ??= await promisify(zstdCompress)(await text()))
  }

  async #build(entries: readonly IndexEntry[]): Promise<Pack[]> {
    const packs = new Map<string, Pack>()
    for (const group of groupsOf(entries)) {
      const content = contentKey(group)
      const pack = packs.get(content) ?? this.#packs.get(content) ?? (await this.#buildOne(group))
      packs.set(content, pack)
    }
    this.#packs = packs
    return [...packs.values()].filter(({ documents }) => documents > 0)
  }

  async #buildOne(group: readonly IndexEntry[]): Promise<Pack> {
    const documents: StoredDocument[] = []
    for (const { id, rev } of group) {
      // What changed since the index was read comes to everybody by replication.
      const document = await this.#store.get(id, { rev })
      if (document) documents.push(document)
    }
    await turnOfTheLoop()
    const text = Buffer.from(writePack(documents))
    return {
      digest: createHash('sha256').update(text).digest('hex'),
      documents: documents.length,
      bytes: text.length,
      term: group[0]?.term ?? '',
      gzip: await promisify(gzip)(text),
    }
  }
}

/**
 * Divides documents into packs by term. A pack ends where the hash of an id says so, thus a document more or less
 * changes the pack that it stands in and leaves the others as they are.
 */
export function groupsOf(entries: readonly IndexEntry[]): IndexEntry[][] {
  const byTerm = Map.groupBy(entries, ({ term }) => term ?? '')
  return [...byTerm.keys()].sort().flatMap((term) => {
    const groups: IndexEntry[][] = []
    let group: IndexEntry[] = []
    for (const entry of byTerm.get(term) ?? []) {
      if (group.length === 0) groups.push(group)
      group.push(entry)
      if (group.length === packSize || endsPack(entry.id)) group = []
    }
    return groups
  })
}

const endsPack = (id: string): boolean => createHash('sha256').update(id).digest().readUInt32BE() % packSize === 0

const contentKey = (group: readonly IndexEntry[]): string =>
  createHash('sha256')
    .update(group.map(({ id, rev }) => `${id} ${rev}\n`).join(''))
    .digest('hex')
