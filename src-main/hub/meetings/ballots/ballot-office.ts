import { setImmediate as afterWhatArrived } from 'node:timers/promises'
import type { StoredBallot } from '../../../../shared/council/ballot.ts'
import { ballotId } from '../../../../shared/council/ballot.ts'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { canonical } from '../../../../shared/canonical.ts'
import type { BallotReceipt } from '../../../../shared/hub-api/contract.ts'
import type { BallotRequest } from '../../../../shared/hub-api/meetings.ts'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { canRead, type Principal } from '../../../../shared/rules/access.ts'
import { isCirculation, isInTime } from '../../../../shared/rules/meeting/circulation.ts'
import type { Vote } from '../../../../shared/rules/meeting/state.ts'
import type { AudienceTurns } from '../../audience-turns.ts'
import { digestOf } from '../../signing.ts'
import type { Chores } from '../../chores.ts'
import type { HubAuthor } from '../record/hub-author.ts'
import type { MeetingRecord } from '../record/meeting-record.ts'
import type { MeetingRecords } from '../record/meeting-records.ts'
import { presides } from '../../presiding.ts'
import { VoteBoxes } from './ballot-box.ts'

/** Milliseconds for which ballots are gathered before an event says whose are in. */
const announceAfter = 150
/** Milliseconds that a box stays after its vote is over: for whoever has to look into a count that is disputed. */
const keptAfter = 30 * 86_400_000

export type BallotFault = 'no-such-vote' | 'not-yours' | 'no-reason' | 'no-device-vote' | 'closed' | 'not-entitled'

type Outcome = Result<BallotReceipt, BallotFault>

/** A ballot on its way into the box. */
interface CastBallot {
  readonly principal: Principal
  readonly request: BallotRequest
}

/** Ballots that wait for the next turn of a meeting's home, in which all of them become safe at once. */
interface Batch {
  readonly ballots: CastBallot[]
  /** In the order of the ballots. */
  readonly outcomes: Promise<readonly Outcome[]>
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
  readonly #boxes: VoteBoxes
  /** Votes whose box is not known to be over, with their meetings. */
  readonly #running = new Map<string, string>()
  /** Batches that take more ballots, by meeting and vote. */
  readonly #batches = new Map<string, Batch>()

  constructor(options: BallotOfficeOptions) {
    this.#options = options
    this.#boxes = new VoteBoxes(options.store)
  }

  /** Stores a ballot; settles with the receipt once it is safe. */
  async cast(principal: Principal, vote: string, request: BallotRequest): Promise<Outcome> {
    const { meeting } = request
    const batch = this.#batches.get(`${meeting} ${vote}`) ?? this.#beginBatch(meeting, vote)
    const place = batch.ballots.push({ principal, request }) - 1
    const outcome = (await batch.outcomes)[place] ?? failed('no-such-vote')
    if (outcome.ok) this.#announceSoon(meeting, vote)
    return outcome
  }

  #beginBatch(meeting: string, vote: string): Batch {
    const key = `${meeting} ${vote}`
    const ballots: CastBallot[] = []
    const close = (): void => {
      if (this.#batches.get(key) === batch) this.#batches.delete(key)
    }
    const batch = { ballots, outcomes: this.#castBatch(meeting, vote, ballots, close).finally(close) }
    this.#batches.set(key, batch)
    return batch
  }

  /** In the next turn of the meeting's home; no outcomes where there is no such meeting. `close`: nothing joins any more. */
  async #castBatch(
    meeting: string,
    vote: string,
    ballots: readonly CastBallot[],
    close: () => void,
  ): Promise<readonly Outcome[]> {
    const { records, store, turns } = this.#options
    const { home } = await records.current(meeting)
    if (!home) return []
    return turns.run(await store.open(home), async () => {
      await allThatArrived(ballots)
      const record = await records.current(meeting)
      close()
      return this.#castInTurn(vote, record, ballots)
    })
  }

  /** Whatever the state of a meeting's votes asks of the hub: to announce, to seal, to end the box. */
  settle(record: MeetingRecord): void {
    for (const vote of record.state.votes.values()) {
      if (!takesBallots(vote)) continue
      const hasBox = this.#running.has(vote.vote)
      if (vote.status === 'open' && !hasBox) this.#makeBoxSoon(record, vote.vote)
      if (vote.status === 'counting' || (vote.status !== 'open' && hasBox)) this.#settleSoon(record.meeting, vote.vote)
    }
    for (const [vote, meeting] of this.#running)
      if (meeting === record.meeting && !isHeld(record, vote)) this.#settleSoon(meeting, vote)
  }

  /** Before the first ballot comes: a new box takes longer than a ballot, and everybody votes at once. */
  #makeBoxSoon({ meeting, home }: MeetingRecord, vote: string): void {
    if (!home) return
    const { chores, store, turns } = this.#options
    this.#running.set(vote, meeting)
    chores.run(`box ${vote}`, async () =>
      turns.run(await store.open(home), async () => (await this.#boxes.make(vote)).put(meeting, vote, [])),
    )
  }

  /** Takes up what a hub that ended left undone, and removes boxes whose time is over. */
  async start(): Promise<void> {
    for await (const { vote, meeting, over } of this.#boxes.heads())
      if (over === undefined) {
        this.#running.set(vote, meeting)
        this.#settleSoon(meeting, vote)
      }
    await this.removeOld()
  }

  async removeOld(): Promise<void> {
    const { now } = this.#options
    const old: string[] = []
    for await (const { vote, over } of this.#boxes.heads())
      if (over !== undefined && Date.parse(over) + keptAfter < now()) old.push(vote)
    for (const vote of old) await this.#boxes.remove(vote)
  }

  /** Outcomes in the order of the ballots, once all that were taken are safe; of several of a person the last stays. */
  async #castInTurn(id: string, record: MeetingRecord, ballots: readonly CastBallot[]): Promise<Outcome[]> {
    const now = this.#options.now()
    const faults = ballots.map((ballot) => faultOf(ballot, { id, record, now }))
    if (faults.every((fault) => fault !== undefined)) return faults.map((fault) => failed(fault))
    const box = await this.#boxes.make(id)
    const before = await box.ballots()
    const latest = new Map<string, StoredBallot>()
    const outcomes: Outcome[] = []
    for (const [place, { principal, request }] of ballots.entries()) {
      const fault = faults[place]
      const person = request.person ?? principal.person
      if (fault !== undefined || person === null) {
        outcomes.push(failed(fault ?? 'not-yours'))
        continue
      }
      const known = latest.get(person) ?? before.get(person)
      const ballot = ballotAfter(known, { vote: id, person, principal, request, now })
      if (ballot !== known) latest.set(person, ballot)
      outcomes.push(receiptFor(ballot))
    }
    if (latest.size === 0) return outcomes
    this.#running.set(id, record.meeting)
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
      const box = await this.#boxes.find(id)
      if (vote && takesBallots(vote)) {
        const ballots = box ? inOrder(await box.ballots()) : []
        await this.#append(record, id, dueEvents(vote, ballots))
        // What was sealed just now comes again with the feed.
        if (vote.status === 'open' || vote.status === 'counting') return
      }
      await box?.end(new Date(now()).toISOString())
      this.#boxes.close(id)
      this.#running.delete(id)
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

/** In the order of the persons' ids, as a seal lists them. */
const inOrder = (ballots: ReadonlyMap<string, StoredBallot>): StoredBallot[] =>
  [...ballots.values()].sort((a, b) => (a.person < b.person ? -1 : 1))

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

/** Each turn of the loop, everything that has arrived is read: as long as that brings more, the write waits for it. */
async function allThatArrived(ballots: readonly CastBallot[]): Promise<void> {
  for (let known = -1; known < ballots.length;) {
    known = ballots.length
    await afterWhatArrived()
  }
}

function faultOf(
  { principal, request }: CastBallot,
  { id, record, now }: { id: string; record: MeetingRecord; now: number },
): BallotFault | undefined {
  const vote = record.state.votes.get(id)
  if (!vote || !record.readableFor(id).some((readable) => canRead(principal, readable))) return 'no-such-vote'
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
