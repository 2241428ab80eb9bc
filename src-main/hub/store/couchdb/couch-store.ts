import { randomUUID } from 'node:crypto'
import type { AudienceStore, DocumentStore } from '../../../../shared/ports/document-store.ts'
import { isAudience, type Audience } from '../../../../shared/rules/audience.ts'
import { StoreError } from '../store-error.ts'
import { CouchAudience } from './couch-audience.ts'
import { CouchHttp } from './couch-http.ts'

/** CouchDB's database names know no capitals: each is written as `$` and its small letter. */
const databaseOf = (prefix: string, audience: Audience): string =>
  prefix + audience.replace(/[A-Z]/g, (letter) => `$${letter.toLowerCase()}`)
const nameIn = (prefix: string, database: string): string =>
  database.slice(prefix.length).replace(/\$([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** All audiences of one hub in an Apache CouchDB, each a database of its own whose name begins with the prefix. */
export class CouchStore implements DocumentStore {
  readonly #http: CouchHttp
  readonly #prefix: string
  readonly #open = new Map<Audience, CouchAudience>()
  readonly #uuid: string

  private constructor(http: CouchHttp, prefix: string, uuid: string) {
    this.#http = http
    this.#prefix = prefix
    this.#uuid = uuid
  }

  /** Connects, and names the data when it has no name yet. Throws `StoreError`: unreachable. */
  static async connect(url: string, prefix: string): Promise<CouchStore> {
    const http = new CouchHttp(url)
    const { body } = await http.ask('GET', '/')
    if ((body as { couchdb?: unknown } | undefined)?.couchdb === undefined)
      throw new StoreError('unreachable', http.place, `${http.place} is no CouchDB. Correct the address.`)
    // No audience has this name, so it cannot be taken for one.
    const path = `/${encodeURIComponent(`${prefix}incarnation`)}`
    await http.ask('PUT', `${path}?q=1`, undefined, [412])
    // Of two hubs that name the data at the same moment one gets a conflict, and both read the same name.
    await http.ask('PUT', `${path}/current`, { uuid: randomUUID() }, [409])
    const incarnation = await http.ask('GET', `${path}/current`)
    return new CouchStore(http, prefix, (incarnation.body as { uuid: string }).uuid)
  }

  uuid(): string {
    return this.#uuid
  }

  async audiences(): Promise<Audience[]> {
    const { body } = await this.#http.ask('GET', '/_all_dbs')
    return (body as string[])
      .filter((database) => database.startsWith(this.#prefix))
      .map((database) => nameIn(this.#prefix, database))
      .filter(isAudience)
  }

  async open(audience: Audience): Promise<AudienceStore> {
    const known = this.#open.get(audience)
    if (known) return known
    if (!isAudience(audience)) throw new TypeError('no audience has such a name')
    // One shard keeps the feed in the order of writing, and hundreds of small databases light.
    await this.#http.ask('PUT', `${this.#pathOf(audience)}?q=1`, undefined, [412])
    const opened = this.#open.get(audience) ?? new CouchAudience(this.#http, this.#pathOf(audience), audience)
    this.#open.set(audience, opened)
    return opened
  }

  async exists(audience: Audience): Promise<boolean> {
    return (await this.#http.ask('HEAD', this.#pathOf(audience), undefined, [404])).status !== 404
  }

  async remove(audience: Audience): Promise<void> {
    this.#open.delete(audience)
    await this.#http.ask('DELETE', this.#pathOf(audience), undefined, [404])
  }

  async close(): Promise<void> {
    this.#open.clear()
  }

  #pathOf(audience: Audience): string {
    return `/${encodeURIComponent(databaseOf(this.#prefix, audience))}`
  }
}
