import { isRunning, type Membership } from '../../../shared/oparl/membership.ts'
import { readRecord, type AnyRecord } from '../../../shared/council/records/index.ts'
import type { Body, Organization } from '../../../shared/oparl/index.ts'
import type { AudienceStore, Seq, StoredDocument } from '../../../shared/ports/document-store.ts'
import type { Principal } from '../../../shared/rules/access.ts'
import { Circles } from './circles.ts'

type Followed = Body | Organization | Membership
const followed = ['body', 'membership', 'organization'] as const
const isFollowed = (record: AnyRecord): record is Followed => (followed as readonly string[]).includes(record.type)

/** What the accounts need of the working state: who is a member where, and what the town is called. */
export class Memberships {
  readonly #office: AudienceStore
  readonly #records = new Map<string, Followed>()
  readonly circles: Circles
  #bodies: readonly string[] | undefined
  /** Answers of `of`, until a record changes. */
  readonly #answers = new Map<string, Pick<Principal, 'organizations' | 'factions'>>()
  readonly #listeners = new Set<() => void>()
  readonly #onFault: (fault: unknown) => void
  #seq: Seq = 0
  #reading: Promise<void> | undefined
  #readAgain = false
  #unfollow: () => void = () => undefined

  /** `onFault` hears of reads that failed; the next change of the store reads again. */
  constructor(office: AudienceStore, onFault: (fault: unknown) => void) {
    this.#office = office
    this.circles = new Circles(office)
    this.#onFault = onFault
  }

  /** Reads the records of today, then follows the feed until the returned stop is called. */
  async follow(): Promise<() => Promise<void>> {
    this.#seq = (await this.#office.info()).updateSeq
    for (const type of followed) {
      const { rows } = await this.#office.list({ startKey: `${type}:`, endKey: `${type}:\ufff0`, includeDocs: true })
      for (const row of rows) this.#note(row.id, row.doc)
    }
    await this.circles.load()
    this.#unfollow = this.#office.onChange(() => void this.catchUp().catch(this.#onFault))
    await this.catchUp()
    return async () => {
      this.#unfollow()
      await this.#reading?.catch(() => undefined)
    }
  }

  /** The town; undefined before set-up. */
  town(): Body | undefined {
    const bodies = [...this.#records.values()].filter((record) => record.type === 'body' && !record.deleted)
    return (bodies as Body[]).sort((a, b) => (a._id < b._id ? -1 : 1))[0]
  }

  /** Every organization other than factions, in the order of their ids. */
  bodies(): readonly string[] {
    this.#bodies ??= [...this.#records.values()]
      .filter((record) => record.type === 'organization' && !record.deleted && record.organizationType !== 'faction')
      .map(({ _id }) => _id)
      .sort()
    return this.#bodies
  }

  /** Organizations in which a person's membership runs on a calendar day (`yyyy-mm-dd`). */
  of(person: string | null, day: string): Pick<Principal, 'organizations' | 'factions'> {
    if (person === null) return { organizations: [], factions: [] }
    const key = `${day} ${person}`
    const answer = this.#answers.get(key) ?? this.#derive(person, day)
    this.#answers.set(key, answer)
    return answer
  }

  #derive(person: string, day: string): Pick<Principal, 'organizations' | 'factions'> {
    const organizations = new Set<string>()
    const factions = new Set<string>()
    for (const record of this.#records.values()) {
      if (record.type !== 'membership' || record.person !== person || !isRunning(record, day)) continue
      const organization = this.#records.get(record.organization)
      if (organization?.type !== 'organization' || organization.deleted) continue
      if (organization.organizationType === 'faction') factions.add(organization._id)
      else organizations.add(organization._id)
    }
    return { organizations: [...organizations].sort(), factions: [...factions].sort() }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Settles when everything that was written before is known. One read at a time, the next right after it. */
  catchUp(): Promise<void> {
    this.#readAgain = true
    this.#reading ??= this.#readFeed().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  async #readFeed(): Promise<void> {
    while (this.#readAgain) {
      this.#readAgain = false
      const { rows, lastSeq, pending } = await this.#office.changes({
        since: this.#seq,
        limit: 1000,
        includeDocs: true,
        style: 'main_only',
      })
      let changed = false
      for (const row of rows) {
        changed = this.#note(row.id, row.deleted ? undefined : row.doc) || changed
        changed = (await this.circles.note(row.id)) || changed
      }
      this.#seq = lastSeq
      if (pending > 0) this.#readAgain = true
      if (changed) for (const listener of this.#listeners) listener()
    }
  }

  #note(id: string, document: StoredDocument | undefined): boolean {
    if (!followed.some((type) => id.startsWith(`${type}:`))) return false
    this.#answers.clear()
    this.#bodies = undefined
    const outcome = document && readRecord(document)
    if (outcome?.ok && isFollowed(outcome.value)) this.#records.set(id, outcome.value)
    else this.#records.delete(id)
    return true
  }
}
