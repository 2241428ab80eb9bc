import { setImmediate as afterWhatArrived } from 'node:timers/promises'
import type { StoredBallot } from '../../../../shared/council/ballot.ts'
import { ballotId } from '../../../../shared/council/ballot.ts'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { canonical } from '../../../../shared/canonical.ts'
import type { BallotReceipt } from '../../../../shared/hub-api/contract.ts'
import type { BallotRequest } from '../../../../shared/hub-api/meetings.ts'
import type { AudienceStore, DocumentStore } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { canRead, type Principal } from '../../../../shared/rules/access.ts'
import { boxAudience } from '../../../../shared/rules/audience.ts'
import { isCirculation, isInTime } from '../../../../shared/rules/meeting/circulation.ts'
import type { Vote } from '../../../../shared/rules/meeting/state.ts'
import type { AudienceTurns } from '../../audience-turns.ts'
import { digestOf } from '../../signing.ts'
import type { Chores } from '../chores.ts'
import type { HubAuthor } from '../record/hub-author.ts'
import type { MeetingRecord } from '../record/meeting-record.ts'
import type { MeetingRecords } from '../record/meeting-records.ts'
import { presides } from '../../presiding.ts'
import { VoteBox } from './ballot-box.ts'

/** Milliseconds for which ballots are gathered before an event says whose are in. */
const announceAfter = 150
/** Milliseconds that a box stays after its vote is over: for whoever has to look into a count that is disputed. */
const keptAfter = 30 * 86_400_000

export type BallotFault = 'no-such-vote' | 'not-yours' | 'no-reason' | 'no-device-vote' | 'closed' | 'not-entitled'

type Outcome = Result<BallotReceipt, BallotFault>

/** A ballot on its way into the box. */
interface Waiting {
  readonly principal: Principal
  readonly request: BallotRequest
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (fault: unknown) => void
}

export interface BallotOfficeOptions {
  readonly store: DocumentStore
  readonly records: MeetingRecords
  readonly author: HubAuthor
  readonly turns: AudienceTurns
  readonly chores: Chores
  readonly now: () => number
}

/**
 * Takes ballots while a vote is open, says whose are in, and seals the vote when it is closed. Ballots and seal of a
 * vote take turns in the audience of the body that meets, as most events do: what has a receipt is counted, what comes
 * after the close has none.
 */
export class BallotOffice {
  readonly #options: BallotOfficeOptions
  /** Votes whose box is not known to be over, with their meetings. */
  readonly #boxes = new Map<string, string>()
  /** Ballots that wait for the next turn, by vote: in it all of them become safe at once. */
  readonly #waiting = new Map<string, Waiting[]>()

  constructor(options: BallotOfficeOptions) {
    this.#options = options
  }

  /** Stores a ballot; settles with the receipt once it is safe. */
  async cast(principal: Principal, vote: string, request: BallotRequest): Promise<Result<BallotReceipt, BallotFault>> {
    const { records, store } = this.#options
    const { meeting } = request
    const record = await records.current(meeting)
    if (!record.home || !record.readableFor(vote).some((readable) => canRead(principal, readable)))
      return failed('no-such-vote')
    const home = await store.open(record.home)
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    const key = `${meeting} ${vote}`
    const waiting = this.#waiting.get(key)
    const ballot: Waiting = { principal, request, resolve, reject }
    if (waiting) waiting.push(ballot)
    else {
      this.#waiting.set(key, [ballot])
      this.#castSoon(home, meeting, vote)
    }
    const receipt = await promise
    if (receipt.ok) this.#announceSoon(meeting, vote)
    return receipt
  }

  /**
   * In the next turn of the meeting's home, all ballots that wait by then. A write stops everything else, so those that
   * have arrived already are read before it: else each would have a write of its own, and the last one wait for all.
   */
  #castSoon(home: AudienceStore, meeting: string, vote: string): void {
    const { records, turns } = this.#options
    const key = `${meeting} ${vote}`
    void turns.run(home, async () => {
      await afterWhatArrived()
      const waiting = this.#waiting.get(key) ?? []
      this.#waiting.delete(key)
      try {
        const outcomes = await this.#castInTurn(vote, await records.current(meeting), waiting)
        for (const [place, { resolve }] of waiting.entries()) resolve(outcomes[place] ?? failed('no-such-vote'))
      } catch (fault) {
        for (const { reject } of waiting) reject(fault)
      }
    })
  }

  /** Whatever the state of a meeting's votes asks of the hub: to announce, to seal, to end the box. */
  settle(record: MeetingRecord): void {
    for (const vote of record.state.votes.values()) {
      if (!takesBallots(vote)) continue
      const hasBox = this.#boxes.has(vote.vote)
      if (vote.status === 'open' && !hasBox) this.#makeBoxSoon(record, vote.vote)
      if (vote.status === 'counting' || (vote.status !== 'open' && hasBox)) this.#settleSoon(record.meeting, vote.vote)
    }
    for (const [vote, meeting] of this.#boxes)
      if (meeting === record.meeting && !isHeld(record, vote)) this.#settleSoon(meeting, vote)
  }

  /** Before the first ballot comes: a new box takes longer than a ballot, and everybody votes at once. */
  #makeBoxSoon({ meeting, home }: MeetingRecord, vote: string): void {
    if (!home) return
    const { chores, store, turns } = this.#options
    this.#boxes.set(vote, meeting)
    chores.run(`box ${vote}`, async () =>
      turns.run(await store.open(home), async () => (await VoteBox.make(store, vote)).put(meeting, vote, [])),
    )
  }

  /** Takes up what a hub that ended left undone, and removes boxes whose time is over. */
  async start(): Promise<void> {
    for await (const { vote, meeting, over } of VoteBox.all(this.#options.store))
      if (over === undefined) {
        this.#boxes.set(vote, meeting)
        this.#settleSoon(meeting, vote)
      }
    await this.removeOld()
  }

  async removeOld(): Promise<void> {
    const { store, now } = this.#options
    const old: string[] = []
    for await (const { vote, over } of VoteBox.all(store))
      if (over !== undefined && Date.parse(over) + keptAfter < now()) old.push(vote)
    for (const vote of old) await store.remove(boxAudience(vote))
  }

  /** Outcomes in the order of the ballots, once all that were taken are safe; of several of a person the last stays. */
  async #castInTurn(id: string, record: MeetingRecord, waiting: readonly Waiting[]): Promise<Outcome[]> {
    const { store, now } = this.#options
    const vote = record.state.votes.get(id)
    if (!vote) return waiting.map(() => failed('no-such-vote'))
    const faults = waiting.map(({ principal, request }) => faultOf(principal, request, { vote, record, now: now() }))
    if (faults.every((fault) => fault !== undefined)) return faults.map((fault) => failed(fault))
    const box = await VoteBox.make(store, id)
    const latest = new Map<string, StoredBallot>()
    const outcomes: Outcome[] = []
    for (const [place, { principal, request }] of waiting.entries()) {
      const fault = faults[place]
      const person = request.person ?? principal.person
      if (fault !== undefined || person === null) {
        outcomes.push(failed(fault ?? 'not-yours'))
        continue
      }
      const known = latest.get(person) ?? (await box.of(id, person))
      const ballot = ballotAfter(known, { vote: id, person, principal, request, now: now() })
      if (ballot !== known) latest.set(person, ballot)
      outcomes.push(receiptFor(ballot))
    }
    if (latest.size === 0) return outcomes
    this.#boxes.set(id, record.meeting)
    await box.put(record.meeting, id, [...latest.values()])
    return outcomes
  }

  #announceSoon(meeting: string, vote: string): void {
    this.#options.chores.run(`announce ${vote}`, () => this.#settle(meeting, vote), announceAfter)
  }

  #settleSoon(meeting: string, vote: string): void {
    this.#options.chores.run(`settle ${vote}`, () => this.#settle(meeting, vote))
  }

  async #settle(meeting: string, id: string): Promise<void> {
    const { records, store, turns, now } = this.#options
    const { home } = await records.current(meeting)
    if (!home) return
    await turns.run(await store.open(home), async () => {
      const record = await records.current(meeting)
      const vote = record.state.votes.get(id)
      const box = await VoteBox.find(store, id)
      if (vote && takesBallots(vote)) {
        const ballots = box ? await box.ballots() : []
        await this.#append(record, id, dueEvents(vote, ballots))
        // What was sealed just now comes again with the feed.
        if (vote.status === 'open' || vote.status === 'counting') return
      }
      await box?.end(new Date(now()).toISOString())
      this.#boxes.delete(id)
    })
  }

  /** Within the turn of the meeting's home; a circle has turns of its own. */
  async #append(record: MeetingRecord, vote: string, bodies: readonly EventBody[]): Promise<void> {
    const { store, turns, author } = this.#options
    const audience = record.audienceOf(vote)
    if (!audience || bodies.length === 0) return
    const opened = await store.open(audience)
    if (audience === record.home) await author.append(opened, record, bodies)
    else await turns.run(opened, () => author.append(opened, record, bodies))
  }
}

/** Secret votes and votes on paper never come from devices: a device always knows whose it is. */
const takesBallots = ({ mode, secret }: Vote): boolean => mode === 'devices' && !secret

/** Whether a vote is still held by devices: a correction can take it back, or say that it was held otherwise. */
const isHeld = ({ state }: MeetingRecord, id: string): boolean => {
  const vote = state.votes.get(id)
  return vote !== undefined && takesBallots(vote)
}

const receiptFor = ({ vote, person, received, replaced }: StoredBallot): Result<BallotReceipt, never> =>
  success({ vote, person, received, replaced })

/** The ballot that stays after one more; the known one where it says the same. */
function ballotAfter(
  known: StoredBallot | undefined,
  {
    vote,
    person,
    principal,
    request: { choice, reason },
    now,
  }: { vote: string; person: string; principal: Principal; request: BallotRequest; now: number },
): StoredBallot {
  const entered =
    person === principal.person || reason === undefined ? undefined : { by: principal.account ?? '', reason }
  if (known?.choice === choice && canonical(known.entered) === canonical(entered)) return known
  return {
    ...{ _id: ballotId(vote, person), type: 'ballot', schema: 1, vote, person, choice },
    ...{ received: new Date(now).toISOString(), replaced: known !== undefined },
    ...(known?._rev === undefined ? {} : { _rev: known._rev }),
    ...(entered ? { entered } : {}),
  }
}

function faultOf(
  principal: Principal,
  request: BallotRequest,
  { vote, record, now }: { vote: Vote; record: MeetingRecord; now: number },
): BallotFault | undefined {
  const person = request.person ?? principal.person
  if (person === null) return 'not-yours'
  if (person !== principal.person) {
    if (!presides(principal, record.state)) return 'not-yours'
    if (request.reason === undefined) return 'no-reason'
  }
  if (!takesBallots(vote)) return 'no-device-vote'
  if (vote.status !== 'open' || !isInTime(vote, now)) return 'closed'
  return vote.entitled.includes(person) ? undefined : 'not-entitled'
}

/** What the log lacks of what the box holds, and the seal of a vote that is closed. */
function dueEvents(vote: Vote, ballots: readonly StoredBallot[]): EventBody[] {
  if (vote.status !== 'open' && vote.status !== 'counting') return []
  const news = ballots.filter(
    ({ person, entered }) =>
      vote.entitled.includes(person) &&
      (!vote.received.has(person) || canonical(vote.received.get(person)?.entered) !== canonical(entered)),
  )
  const bodies: EventBody[] = []
  if (news.length > 0)
    bodies.push({
      ...{ kind: 'ballots-received', vote: vote.vote },
      ballots: news.map(({ person, entered, received }) => ({
        person,
        ...(isCirculation(vote) && { at: Date.parse(received) }),
        ...(entered ? { entered } : {}),
      })),
    })
  if (vote.status === 'counting') {
    const sealed = ballots.map(({ person, choice }) => ({ person, choice }))
    bodies.push({ kind: 'vote-sealed', vote: vote.vote, ballots: sealed, digest: digestOf(canonical(sealed)) })
  }
  return bodies
}
