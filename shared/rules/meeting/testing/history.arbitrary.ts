import * as fc from 'fast-check'
import type { Constitution } from '../../../council/events/constitution.ts'
import {
  hubAccount,
  meetingEventId,
  timeOfEvent,
  type Author,
  type Deed,
  type EventBody,
  type MeetingEvent,
} from '../../../council/meeting-event.ts'
import { HybridClock } from '../../../sync/clock.ts'
import { diceOf, makeDeed, nextKinds, type Dice } from '../laws/deed.arbitrary.ts'
import { MeetingLog } from '../log.ts'
import type { MeetingState, RefusalCause } from '../state.ts'

export const meetingId = 'meeting:k000z'
const start = Date.UTC(2026, 4, 4, 16, 0, 0)

/** Everybody of the roster; the first presides by office without an elected seat, the last has no vote. */
export const persons = Array.from({ length: 9 }, (_, index) => `person:p${index}`)
export const items = Array.from({ length: 6 }, (_, index) => `agenda-item:i${index}`)
export const factions = ['organization:f0', 'organization:f1'] as const

const authorOf = (account: string, person: string | null, roles: Author['roles']): Author => ({
  account,
  person,
  roles,
  key: account.padEnd(64, '0').replaceAll(/[^0-9a-f]/g, 'a'),
})

export const members = persons.map((person, index) => authorOf(`m${index}`, person, ['member']))
export const clerk = authorOf('clerk', null, ['clerk'])
export const chair = authorOf('chair', persons[0] ?? null, ['chair'])
export const hub = authorOf(hubAccount, null, [])
/** People who have an account and no business in this meeting. */
export const strangers = [authorOf('guest', null, ['guest']), authorOf('other', 'person:elsewhere', ['member'])]

export const constitutionOf = (change: Partial<Constitution> = {}): Constitution => ({
  organizations: ['organization:council'],
  rules: 'de-rp-2024',
  statutoryNumber: persons.length - 1,
  seats: persons.map((person, index) => ({
    person,
    name: `Person ${index}`,
    ...(index === 0 ? {} : { faction: factions[index % 2] ?? factions[0] }),
    votes: index < persons.length - 1,
    elected: index > 0,
  })),
  factions: factions.map((organization) => ({ organization, name: organization })),
  presidents: persons.slice(0, 3),
  agenda: items.map((item, index) => ({
    item,
    public: index < 4,
    matter: (['ordinary', 'statute', 'ordinary', 'election', 'ordinary', 'ordinary'] as const)[index] ?? 'ordinary',
  })),
  call: 'first',
  constituent: false,
  hybrid: true,
  recording: 'statute',
  ...change,
})

interface Device {
  readonly clock: HybridClock
  /** Milliseconds by which its time is wrong. */
  skew: number
}

const markOf = (account: string): string => account.padEnd(8, '0').slice(0, 8)

/** Writes events as the devices of a meeting do, each by its own clock. */
export class Writers {
  readonly log = new MeetingLog(meetingId)
  #time = start
  readonly #clocks = new Map<string, Device>()

  /** Time passes, in milliseconds. */
  pass(ms: number): void {
    this.#time += ms
  }

  /** The time of a device is wrong from now on, by so many milliseconds. */
  skew(account: string, ms: number): void {
    this.#deviceOf(account).skew = ms
  }

  /** The event as its author's device dates it; it is not in the log yet. */
  write(author: Author, body: EventBody, more: Partial<MeetingEvent> = {}): MeetingEvent {
    const clock = this.#deviceOf(author.account).clock.tick()
    const _id = meetingEventId({ meeting: meetingId, clock, author: author.account })
    return { _id, type: 'event', schema: 1, author, body, place: 1, previous: null, signature: _id, ...more }
  }

  /** Writes into the log at once, and lets everybody know. */
  do(author: Author, body: EventBody): MeetingEvent {
    this.pass(1000)
    const event = this.write(author, body)
    this.log.insert([event])
    for (const { clock } of this.#clocks.values()) clock.observe(event._id.split(':')[2] ?? '')
    return event
  }

  #deviceOf(account: string): Device {
    const known = this.#clocks.get(account)
    if (known) return known
    const device: Device = { skew: 0, clock: new HybridClock(markOf(account), () => this.#time + device.skew) }
    this.#clocks.set(account, device)
    return device
  }
}

/** A meeting that is prepared, with everybody in the room; the last of the roster has no vote. */
export function prepared(change: Partial<Constitution> = {}, away: readonly number[] = []): Writers {
  const writers = new Writers()
  writers.do(clerk, { kind: 'meeting-prepared', constitution: constitutionOf(change) })
  for (const [index, person] of persons.entries())
    if (!away.includes(index)) writers.do(clerk, { kind: 'person-arrived', person, mode: 'room', by: 'list' })
  return writers
}
/** The same, opened by the chair. */
export function opened(change: Partial<Constitution> = {}, away: readonly number[] = []): Writers {
  const writers = prepared(change, away)
  writers.do(chair, { kind: 'meeting-opened' })
  return writers
}
/** Why an event was refused; undefined where it was not. */
export const causeOf = ({ log }: Writers, { _id }: MeetingEvent): RefusalCause | undefined =>
  log.state.refused.find(({ event }) => event === _id)?.cause
/** Something that the chair does, and why it was refused. */
export const chairs = (writers: Writers, deed: Deed): RefusalCause | undefined =>
  causeOf(writers, writers.do(chair, deed))

export interface History {
  readonly meeting: string
  /** As they were written, which is not the order of their clocks where clocks are wrong. */
  readonly events: readonly MeetingEvent[]
}

export interface HistoryOptions {
  /** Also events of people who may not do what they write: of others, of strangers, in the hub's name of kinds. */
  readonly malicious?: boolean
  readonly corrections?: boolean
  /** Clocks that are wrong, and devices that do not hear of each other. */
  readonly skew?: boolean
  readonly steps?: number
}

/** Who usually writes such a deed. */
function usualAuthor(dice: Dice, deed: Deed, state: MeetingState): Author {
  if (deed.kind === 'ballots-received' || deed.kind === 'vote-sealed') return hub
  const president = dice.pick([chair, chair, clerk, members[1] ?? chair])
  if (deed.kind === 'meeting-prepared') return clerk
  const person = personOf(deed, state)
  const own = members.find((member) => member.person === person)
  return own && dice.chance(80) ? own : president
}

function personOf(deed: Deed, state: MeetingState): string | undefined {
  switch (deed.kind) {
    case 'person-arrived':
    case 'person-left':
    case 'conflict-declared':
    case 'connection-lost':
    case 'connection-restored':
    case 'objection-raised':
      return deed.person
    case 'speech-requested':
      return 'person' in deed.speaker ? deed.speaker.person : undefined
    case 'speech-withdrawn': {
      const speaker = state.speeches.get(deed.speech)?.speaker
      return speaker && 'person' in speaker ? speaker.person : undefined
    }
    case 'motion-put':
      return deed.persons[0]
    default:
      return undefined
  }
}

/** People who write what they may not: everybody but who runs the meeting and the hub. */
export const outsiders = [...members.slice(3), ...strangers]

function correctionOf(dice: Dice, events: readonly MeetingEvent[], state: MeetingState): EventBody | undefined {
  const target = events[events.length - 1 - dice.below(Math.min(events.length, 12))]
  if (!target) return undefined
  const instead = dice.chance(35)
    ? undefined
    : dice.chance(40) && target.body.kind !== 'corrected'
      ? target.body
      : makeDeed(dice, dice.pick(nextKinds(state)), state)
  const at = instead && dice.chance(40) ? { at: timeOfEvent(target) - dice.below(120_000) + 5000 } : {}
  return { kind: 'corrected', replaces: target._id, ...(instead ? { instead } : {}), ...at }
}

/** One history, told by its numbers: one for each step. */
export function makeHistory(steps: readonly number[], options: HistoryOptions = {}): History {
  const writers = new Writers()
  const events: MeetingEvent[] = []
  const add = (event: MeetingEvent): void => {
    events.push(event)
    writers.log.insert([event])
  }
  const prelude = diceOf(steps[0] ?? 0)
  add(writers.write(clerk, { kind: 'meeting-prepared', constitution: randomConstitution(prelude) }))
  for (const person of persons) {
    if (person !== persons[0] && prelude.chance(15)) continue
    writers.pass(prelude.below(5000))
    const mode = person === persons[0] || prelude.chance(75) ? 'room' : 'remote'
    add(writers.write(clerk, { kind: 'person-arrived', person, mode, by: 'list' }))
  }
  if (prelude.chance(25)) circulate(prelude, writers, add)
  add(writers.write(chair, { kind: 'meeting-opened' }))
  for (const seed of steps) step(diceOf(seed), writers, events, add, options)
  return { meeting: meetingId, events }
}

/** Before the meeting something is decided by circulation, or taken back; now and then it is left open. */
function circulate(dice: Dice, writers: Writers, add: (event: MeetingEvent) => void): void {
  const vote = 'vote:circulation'
  const opening = writers.write(chair, {
    ...{ kind: 'vote-opened', vote, item: dice.pick(items), question: 'Im Umlauf?', subject: 'circular' },
    ...{ majority: 'unanimous-statutory', mode: 'devices', secret: false, until: start + 3_600_000 },
  })
  add(opening)
  const asked = writers.log.state.votes.get(vote)?.entitled ?? []
  const answered = asked.filter(() => dice.chance(90))
  const ballots = answered.map((person) => ({ person, at: start + dice.below(4_000_000) }))
  if (ballots.length > 0) add(writers.write(hub, { kind: 'ballots-received', vote, ballots }))
  if (dice.chance(80)) writers.pass(3_700_000)
  const given = answered.map((person) => ({ person, choice: dice.pick(['yes', 'yes', 'no'] as const) }))
  const ends: readonly [Author, Deed][] = dice.chance(25)
    ? [[chair, { kind: 'vote-cancelled', vote }]]
    : [
        [chair, { kind: 'vote-closed', vote }],
        [hub, { kind: 'vote-sealed', vote, ballots: given, digest: '0'.repeat(64) }],
      ]
  if (dice.chance(85)) for (const [author, deed] of ends) add(writers.write(author, deed))
}

function step(
  dice: Dice,
  writers: Writers,
  events: readonly MeetingEvent[],
  add: (event: MeetingEvent) => void,
  options: HistoryOptions,
): void {
  const { state } = writers.log
  writers.pass(dice.below(60_000))
  if (options.skew && dice.chance(15)) writers.skew(dice.pick(members).account, dice.below(600_000) - 300_000)
  const wrong = options.malicious === true && dice.chance(30)
  const correction = options.corrections && dice.chance(12) ? correctionOf(dice, events, state) : undefined
  const deed = makeDeed(dice, wrong ? dice.kind() : dice.pick(nextKinds(state)), state)
  const usual = correction ? dice.pick([clerk, chair, ...members]) : usualAuthor(dice, deed, state)
  const author = wrong ? dice.pick(outsiders) : usual
  const late = options.skew === true && dice.chance(10)
  add(writers.write(author, correction ?? deed, late ? { offline: true } : {}))
}

const randomConstitution = (dice: Dice): Constitution =>
  constitutionOf({
    rules: dice.chance(75) ? 'de-rp-2024' : 'de-by-2024',
    call: dice.chance(85) ? 'first' : 'second',
    constituent: dice.chance(10),
    hybrid: dice.chance(75),
  })

/** Random meetings that mostly go their ordinary way. */
export const history = (options: HistoryOptions = {}): fc.Arbitrary<History> =>
  fc
    .array(fc.nat(), { minLength: 1, maxLength: options.steps ?? 60, size: 'max' })
    .map((steps) => makeHistory(steps, options))
