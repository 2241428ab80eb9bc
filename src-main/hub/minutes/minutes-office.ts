import * as v from 'valibot'
import type { AnyRecord, Minutes } from '../../../shared/council/records/index.ts'
import type { ApiFailure } from '../../../shared/hub-api/contract.ts'
import type { MinutesAct } from '../../../shared/hub-api/minutes.ts'
import { idOf } from '../../../shared/oparl/record.ts'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import type { AudienceStore, DocumentStore } from '../../../shared/ports/document-store.ts'
import { preparesMeetings } from '../../../shared/rules/access.ts'
import { success, type Result } from '../../../shared/result.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import { MeetingLogs } from '../meeting-logs.ts'
import { refuse, unknown, type Actor, type Outcome } from './acts/act.ts'
import { decide, object, table } from './acts/objecting.ts'
import { publish, type Publication } from './acts/publishing.ts'
import { present, presentedTo, sign, takeBack } from './acts/signing.ts'
import { conclusionsOf, isPublic } from './conclusions.ts'
import { overSince } from './later-meetings.ts'
import { readMatter, type Matter } from './matter.ts'
import { print, type SetMinutes } from './printing.ts'

export interface OfficeParts {
  readonly store: DocumentStore
  readonly office: AudienceStore
  readonly blobs: BlobStore
  readonly turns: AudienceTurns
  readonly set: SetMinutes
  /** IANA name of the town's time zone. */
  readonly zone: string
  /** How long members may object by the town's rules of procedure, counted from the second signature. */
  readonly objectionDays?: number | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}

const isPreparers = ({ act }: MinutesAct): boolean => act !== 'sign' && act !== 'object'

/** The one writer of minutes, of their objections, and of what the log says about resolutions. */
export class MinutesOffice {
  readonly #parts: OfficeParts
  readonly #logs: MeetingLogs

  constructor(parts: OfficeParts) {
    this.#parts = parts
    this.#logs = new MeetingLogs(parts.store)
  }

  /** Settles when the records say what follows from a meeting's log as it is now. */
  async conclude(meeting: string): Promise<void> {
    const matter = await this.#read(meeting)
    if (!matter) return
    const written = await this.#write(matter, conclusionsOf(matter, this.#instant()))
    // Somebody edits a resolution just now: the chore is run again.
    if (!written.ok) throw new Error('what a meeting decided was not stored')
  }

  /** Does what somebody asks for, or says why not. */
  async act(meeting: string, actor: Omit<Actor, 'at'>, act: MinutesAct): Promise<Result<void, ApiFailure>> {
    // Asked first, so that nobody learns by the answer which meetings there are.
    if (isPreparers(act) && !preparesMeetings(actor.principal))
      return refuse('forbidden', 'Who prepares meetings does this.')
    const matter = await this.#concluded(meeting)
    if (!matter) return unknown()
    const outcome = await this.#outcomeOf(matter, { ...actor, at: this.#instant() }, act)
    return outcome.ok ? this.#write(matter, outcome.value) : outcome
  }

  /** What is presented, for whoever signs it as chair: nobody else reads it before it is signed. */
  async presented(meeting: string, principal: Actor['principal']): Promise<Result<Minutes, ApiFailure>> {
    const matter = v.is(idOf('meeting'), meeting) ? await this.#read(meeting) : undefined
    const minutes = matter && presentedTo(matter, principal)
    return minutes ? success(minutes) : unknown()
  }

  /** A meeting that was over before this hub knew of minutes, or a moment ago, has none yet. */
  async #concluded(meeting: string): Promise<Matter | undefined> {
    const matter = v.is(idOf('meeting'), meeting) ? await this.#read(meeting) : undefined
    if (!matter || matter.minutes || matter.log.state.phase !== 'closed') return matter
    await this.conclude(meeting)
    return this.#read(meeting)
  }

  async #outcomeOf(matter: Matter, actor: Actor, act: MinutesAct): Promise<Outcome> {
    switch (act.act) {
      case 'present':
        return present(matter, actor, act)
      case 'take-back':
        return takeBack(matter, actor)
      case 'sign':
        await matter.records.read([actor.principal.person ?? undefined])
        return sign(matter, actor, act, this.#parts.objectionDays)
      case 'publish':
        return this.#print(matter, actor, publish(matter, actor))
      case 'object':
        await matter.records.read([actor.principal.person ?? undefined])
        return object(matter, actor, act, await overSince(this.#parts.office, matter.meeting))
      case 'table': {
        await matter.records.read([act.objection, act.agendaItem])
        const item = matter.records.get('agenda-item', act.agendaItem)
        await matter.records.read([item?.meeting])
        return table(matter, actor, act)
      }
      case 'decide': {
        await matter.records.read([act.objection])
        const later = await this.#deciding(matter, act.objection)
        return this.#print(
          matter,
          actor,
          decide(matter, actor, act, later && { matter: later, isPublic: (vote) => isPublic(later, vote) }),
        )
      }
    }
  }

  /** The meeting before which an objection was put. */
  async #deciding(matter: Matter, objection: string): Promise<Matter | undefined> {
    const tabled = matter.records.get('objection', objection)?.tabled
    await matter.records.read([tabled])
    const meeting = matter.records.get('agenda-item', tabled)?.meeting
    return meeting === undefined ? undefined : this.#read(meeting)
  }

  async #print(matter: Matter, actor: Actor, publication: Result<Publication, ApiFailure>): Promise<Outcome> {
    if (!publication.ok) return publication
    const { records, jobs } = publication.value
    const { term } = matter.meeting
    const day = matter.minutes?.day
    if (jobs.length === 0 || day === undefined) return success(records)
    const files = await print(jobs, { day, at: actor.at, term }, this.#parts)
    if (!files.ok) return files
    await matter.records.read(files.value.map(({ _id }) => _id))
    return success([...files.value, ...records])
  }

  async #read(meeting: string): Promise<Matter | undefined> {
    const log = await this.#logs.log(meeting)
    return readMatter(this.#parts.office, log, { id: meeting, zone: this.#parts.zone })
  }

  /** Writes all or nothing: when one of them was changed since it was read, nothing is. */
  #write({ records }: Matter, changes: readonly AnyRecord[]): Promise<Result<void, ApiFailure>> {
    const { office, turns } = this.#parts
    const documents = changes.map((record) => ({ ...record, _rev: records.revisionOf(record._id) }))
    return turns.run(office, async () => {
      const { rows } = await office.list({ keys: documents.map(({ _id }) => _id), includeDocs: true })
      const held = new Map(rows.map(({ id, doc }) => [id, doc?._deleted ? undefined : doc?._rev]))
      if (documents.some(({ _id, _rev }) => held.get(_id) !== _rev))
        return refuse('conflict', 'Somebody else was quicker.')
      for (const written of await office.write(documents))
        if (!written.ok) throw new Error(`what remains of a meeting was not stored: ${written.error}`)
      return success(undefined)
    })
  }

  #instant(): string {
    return new Date(this.#parts.now()).toISOString()
  }
}
