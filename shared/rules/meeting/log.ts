import type { MeetingEvent } from '../../council/meeting-event.ts'
import { Corrections, isCorrection, isPlausibleTime, type Reading } from './corrections/index.ts'
import { Draft } from './deeds/draft.ts'
import type { Judgement, Moment } from './deeds/deed-rule.ts'
import { hideSpeaker } from './deeds/floor.ts'
import { applyDeed } from './deeds/index.ts'
import { closesPart, itemOf } from './matter.ts'
import { shareParts } from './sharing.ts'
import type { MeetingState, RefusalCause } from './state.ts'

/** Events between two kept states: a late event costs the replay of so many at most beyond those after it. */
const checkpointEvery = 256

interface Checkpoint {
  /** Events that are folded in. */
  readonly count: number
  readonly state: MeetingState
}

const byId = (a: MeetingEvent, b: MeetingEvent): number => (a._id < b._id ? -1 : a._id > b._id ? 1 : 0)

/**
 * The log of one meeting, and the state that follows from it and from nothing else: in whatever order and however often
 * the same events come in, the state is the same. It is never changed in place, and a new state shares with the one
 * before it every part that is still the same.
 */
export class MeetingLog {
  readonly #prefix: string
  readonly #known = new Map<string, MeetingEvent>()
  #events: readonly MeetingEvent[] = []
  #checkpoints: Checkpoint[] = []
  #corrections: Corrections
  #state: MeetingState
  /** Events that the state is made of. */
  #folded = 0

  /** @param meeting record id of the meeting */
  constructor(meeting: string) {
    this.#prefix = `event:${meeting.slice(meeting.indexOf(':') + 1)}:`
    this.#state = emptyMeeting(meeting)
    this.#corrections = new Corrections([], () => undefined)
    this.#checkpoints = [{ count: 0, state: this.#state }]
  }

  get state(): MeetingState {
    return this.#state
  }

  /** In the order in which they happened; a new list after each change. */
  get events(): readonly MeetingEvent[] {
    return this.#events
  }

  /**
   * Takes in events that were read by `readMeetingEvent`, in any order.
   *
   * @returns false when nothing was new
   */
  insert(events: Iterable<MeetingEvent>): boolean {
    const before = this.#events
    const last = before.at(-1)
    const fresh: MeetingEvent[] = []
    let replaces = false
    for (const event of events) {
      const known = this.#known.get(event._id)
      // Two contents under one id: the store behind the log settles it, and until then all devices show the same one.
      if (known && known.signature <= event.signature) continue
      replaces ||= known !== undefined
      this.#known.set(event._id, event)
      fresh.push(event)
    }
    if (fresh.length === 0) return false
    if (fresh.some((event, place) => place > 0 && byId(fresh[place - 1] ?? event, event) >= 0)) fresh.sort(byId)
    const appends = !replaces && (last === undefined || byId(last, fresh[0] ?? last) < 0)
    this.#events = appends ? [...before, ...fresh] : [...this.#known.values()].sort(byId)
    this.#replay(replaces ? 0 : this.#firstTouched(fresh, appends, before.length))
    return true
  }

  /** Place of the first event whose effect the new ones can change; reads the corrections anew where they can differ. */
  #firstTouched(fresh: readonly MeetingEvent[], appends: boolean, length: number): number {
    const isNewCorrection = fresh.some(isCorrection)
    const isCourse = fresh.some(({ body }) => courseKinds.has(body.kind))
    const hadCorrections = this.#corrections.any
    if (isNewCorrection || (hadCorrections && !appends))
      this.#corrections = new Corrections(this.#events, (id) => this.#known.get(id))
    if (hadCorrections && !appends && isCourse) return 0
    const roots = new Map<string, MeetingEvent>()
    return fresh.reduce((first, event) => Math.min(first, this.#placeOf(this.#rootOf(event, roots))), length)
  }

  /** The event that a correction is about in the end. `known`: roots that were found already, so that a chain is walked once. */
  #rootOf(event: MeetingEvent, known: Map<string, MeetingEvent>): MeetingEvent {
    const walked: string[] = []
    let root = event
    while (root.body.kind === 'corrected') {
      const found = known.get(root._id)
      if (found) root = found
      if (found || root.body.kind !== 'corrected') break
      walked.push(root._id)
      const target = this.#known.get(root.body.replaces)
      if (!target || target._id >= root._id) break
      root = target
    }
    for (const id of walked) known.set(id, root)
    return root
  }

  #placeOf(event: MeetingEvent): number {
    let [low, high] = [0, this.#events.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const found = this.#events[middle]
      if (found && byId(found, event) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #replay(from: number): void {
    const before = this.#state
    this.#checkpoints = this.#checkpoints.filter(({ count }) => count <= from)
    const isNext = this.#folded === from
    const start = isNext ? { count: from, state: before } : this.#checkpoints.at(-1)
    if (!start) throw new Error('The first checkpoint of a log is its beginning')
    const draft = new Draft(start.state)
    for (let place = start.count; place < this.#events.length; place += 1) {
      const event = this.#events[place]
      if (event) this.#fold(draft, event)
      if ((place + 1) % checkpointEvery === 0) this.#checkpoints.push({ count: place + 1, state: draft.finish() })
    }
    const after = draft.finish()
    this.#state = isNext ? after : shareParts(before, after)
    this.#folded = this.#events.length
  }

  #fold(draft: Draft, event: MeetingEvent): void {
    const { _id, author, body, offline } = event
    const refuse = (id: string, cause: RefusalCause): void => draft.append('refused', { event: id, cause })
    if (!_id.startsWith(this.#prefix)) return refuse(_id, 'unknown')
    if (!_id.endsWith(`:${author.account}`)) return refuse(_id, 'not-yours')
    const at = parseInt(_id.slice(this.#prefix.length, this.#prefix.length + 12), 16)
    const isDoubted = this.#corrections.isDoubted(_id)
    const hideUnlessPublic = (): void => void ((isDoubted || !draft.state.public) && hideSpeaker(draft))
    const about = itemOf(body, draft.state) ?? draft.state.current
    // What is put in place of words for the body alone is for the body alone, too.
    const inPublic = draft.state.public && !isDoubted && !closesPart(body) && isOpenItem(draft.state, about)
    const moment = { event: _id, at, author, late: offline === true, inPublic, about }
    hideUnlessPublic()
    if (body.kind === 'corrected') {
      const cause = this.#corrections.refused.get(_id)
      if (cause) refuse(_id, cause)
    } else if (!this.#corrections.isCorrected(_id)) {
      const cause = applyDeed(draft, body, moment)
      if (cause) refuse(_id, cause)
    } else {
      for (const reading of this.#corrections.readingsOf(event)) {
        const cause = applyReading(draft, reading, moment)
        if (cause) {
          refuse(reading.by ?? _id, cause)
          continue
        }
        for (const [replaced, by] of reading.replaced()) draft.put('corrections', replaced, by)
        break
      }
    }
    hideUnlessPublic()
  }
}

const isOpenItem = ({ agenda }: MeetingState, about: string | undefined): boolean =>
  about === undefined || agenda.some(({ item, public: isOpen }) => item === about && isOpen)

/** Events that say who may correct what. */
const courseKinds: ReadonlySet<string> = new Set([
  ...['meeting-prepared', 'meeting-opened', 'meeting-closed', 'vote-sealed'],
])

/** Writes what a corrected event stands for into the draft, or says why it does not. */
function applyReading(draft: Draft, { deed, author, at }: Reading, moment: Moment): Judgement {
  if (!deed) return undefined
  const corrected = { ...moment, author, at: at ?? moment.at }
  if (at !== undefined && !isPlausibleTime(draft, deed, corrected, moment.at)) return 'implausible'
  return applyDeed(draft, deed, corrected)
}

/** What the events of a meeting say; the order in which they are given does not matter. */
export function reduceMeeting(meeting: string, events: Iterable<MeetingEvent>): MeetingState {
  const log = new MeetingLog(meeting)
  log.insert(events)
  return log.state
}

const emptyMeeting = (meeting: string): MeetingState => ({
  meeting,
  phase: 'unprepared',
  constitution: undefined,
  pauses: [],
  presiding: undefined,
  public: false,
  parts: [],
  attendance: new Map(),
  agenda: [],
  current: undefined,
  speeches: new Map(),
  floor: [],
  openFloor: { speakersClosed: false, order: [] },
  budgets: [],
  motions: new Map(),
  motionOrder: new Map(),
  votes: new Map(),
  elections: new Map(),
  disturbances: new Map(),
  projections: new Map(),
  notes: [],
  quorum: undefined,
  refused: [],
  corrections: new Map(),
})
