import { describe, expect, test } from 'vitest'
import type { Deed, DeedKind, MeetingEvent } from '../../../council/meeting-event.ts'
import {
  causeOf,
  chair,
  clerk,
  constitutionOf,
  factions,
  hub,
  items,
  opened,
  persons,
  prepared,
  Writers,
} from '../testing/history.arbitrary.ts'
import type { MeetingState } from '../state.ts'

const [item, next, , contest, secret] = items as [string, string, string, string, string]
const [, deputy, who, other] = persons as [string, string, string, string]

const open = (about: string): Deed => ({ kind: 'item-opened', item: about })
const ask: Deed = { kind: 'speech-requested', speech: 'speech:1', item: null, speaker: { person: who }, form: 'speech' }
const start: Deed = { kind: 'speech-started', speech: 'speech:1' }
const vote = (mode: 'devices' | 'hand' | 'roll-call' | 'no-objection', more: Partial<Deed> = {}): Deed =>
  ({
    ...{ kind: 'vote-opened', vote: 'vote:1', item: null, question: 'Dafür?', subject: 'resolution' },
    ...{ majority: 'simple', mode, secret: false },
    ...more,
  }) as Deed
const close: Deed = { kind: 'vote-closed', vote: 'vote:1' }
const tally = { yes: 9, no: 0, abstain: 0, invalid: 0 }
const all = { ...tally, yes: 8 }
const counted: Deed = { kind: 'votes-counted', vote: 'vote:1', tally: all }
/** A vote on a subject that the whole council agrees to. */
const agreed = (subject: string): Deed[] => [vote('hand', { subject } as Partial<Deed>), counted, close]
const sealed: Deed = {
  ...{ kind: 'vote-sealed', vote: 'vote:1', digest: '0'.repeat(64) },
  ballots: [{ person: who, choice: 'yes' }],
}
const election: Deed[] = [
  open(contest),
  { kind: 'election-opened', election: 'election:1', item: contest, office: 'Amt', mode: 'paper' },
  ...[1, 2].map((n): Deed => ({
    ...{ kind: 'candidate-nominated', election: 'election:1' },
    candidate: { candidate: `candidate:${n}`, name: `Kandidatin ${n}` },
  })),
]
const round = (n: number): Deed[] => [
  { kind: 'round-opened', election: 'election:1', round: n },
  {
    ...{ kind: 'round-counted', election: 'election:1', round: n },
    votes: [1, 2].map((candidate) => ({ candidate: `candidate:${candidate}`, votes: 3 })),
    ...{ against: 0, abstain: 0, invalid: 0 },
  },
]
const motion: Deed = { kind: 'motion-put', motion: 'motion:1', item, form: 'main', persons: [], title: 'Antrag' }
const called: Deed = { kind: 'called-to-order', person: who }
const remote: Deed = { kind: 'person-arrived', person: who, mode: 'remote', by: 'list' }
const conflict: Deed = { kind: 'conflict-declared', person: who, item, away: 'room' }
const disturbance: Deed = { kind: 'disturbance-began', disturbance: 'disturbance:1', sphere: 'member', what: 'Ton' }
const pause: Deed = { kind: 'meeting-paused' }

/** What happens in an open meeting before a deed, and the deed, the last of them. */
const inSession = {
  'meeting-paused': [ask, start, pause],
  'meeting-resumed': [pause, { kind: 'meeting-resumed' }],
  'meeting-closed': [open(item), ask, start, { kind: 'meeting-closed' }],
  'presidency-handed': [{ kind: 'presidency-handed', person: deputy }],
  'item-opened': [open(item), ask, start, open(next)],
  'item-closed': [open(item), ask, start, { kind: 'item-closed', item }],
  'item-deferred': [open(item), { kind: 'item-deferred', item }],
  'item-withdrawn': [open(item), { kind: 'item-withdrawn', item }],
  'item-added': [
    ...agreed('extension'),
    {
      ...{ kind: 'item-added', before: item, vote: 'vote:1' },
      entry: { item: 'agenda-item:n', public: true, matter: 'ordinary' },
    },
  ],
  'item-moved': [...agreed('procedure'), { kind: 'item-moved', item: next, before: item, vote: 'vote:1' }],
  'part-closed': [{ kind: 'part-closed' }],
  'part-opened': [
    { kind: 'part-closed' },
    open(secret),
    { kind: 'item-closed', item: secret },
    { kind: 'part-opened' },
  ],
  'note-added': [{ kind: 'note-added', text: 'Vermerk' }],
  'scene-projected': [open(item), { kind: 'scene-projected', projector: 'projector:1', show: { scene: 'slate' } }],
  'person-arrived': [remote],
  'person-left': [ask, start, { kind: 'person-left', person: who }],
  'connection-lost': [remote, { kind: 'connection-lost', person: who }],
  'connection-restored': [
    remote,
    { kind: 'connection-lost', person: who },
    { kind: 'connection-restored', person: who },
  ],
  'conflict-declared': [open(item), vote('hand', { item }), conflict],
  'conflict-lifted': [conflict, { kind: 'conflict-lifted', person: who, item }],
  'called-to-order': [called],
  'person-excluded': [ask, called, called, called, { kind: 'person-excluded', person: who }],
  'disturbance-began': [disturbance],
  'disturbance-ended': [disturbance, { kind: 'disturbance-ended', disturbance: 'disturbance:1', consequence: 'none' }],
  'speech-requested': [ask],
  'speech-withdrawn': [ask, { kind: 'speech-withdrawn', speech: 'speech:1' }],
  'speech-started': [ask, start],
  'speech-paused': [ask, start, { kind: 'speech-paused', speech: 'speech:1' }],
  'speech-resumed': [
    ask,
    start,
    { kind: 'speech-paused', speech: 'speech:1' },
    { kind: 'speech-resumed', speech: 'speech:1' },
  ],
  'speech-stopped': [ask, start, { kind: 'speech-stopped', speech: 'speech:1' }],
  'speakers-closed': [{ kind: 'speakers-closed', item }],
  'speakers-reopened': [
    { kind: 'speakers-closed', item },
    { kind: 'speakers-reopened', item },
  ],
  'speakers-ordered': [ask, { kind: 'speakers-ordered', item: null, order: ['speech:1'] }],
  'speaking-time-set': [
    { kind: 'speaking-time-set', item: null, budget: { per: 'faction', faction: factions[0] }, seconds: 600 },
  ],
  'motion-put': [motion],
  'motion-withdrawn': [motion, { kind: 'motion-withdrawn', motion: 'motion:1' }],
  'motions-ordered': [motion, { kind: 'motions-ordered', item, order: ['motion:1'] }],
  'vote-opened': [vote('devices')],
  'vote-closed': [vote('hand'), counted, close],
  'roll-called': [vote('roll-call'), { kind: 'roll-called', vote: 'vote:1', person: other, choice: 'no' }],
  'votes-counted': [open(item), motion, vote('hand', { item, motion: 'motion:1' }), close, counted],
  'objection-raised': [vote('no-objection'), { kind: 'objection-raised', vote: 'vote:1', person: other }],
  'vote-cancelled': [vote('devices'), { kind: 'vote-cancelled', vote: 'vote:1' }],
  'election-opened': election.slice(0, 2),
  'candidate-nominated': election,
  'candidate-withdrawn': [
    ...election,
    { kind: 'candidate-withdrawn', election: 'election:1', candidate: 'candidate:1' },
  ],
  'round-opened': [...election, ...round(1).slice(0, 1)],
  'round-counted': [...election, ...round(1)],
  'lot-drawn': [
    ...[...election, ...round(1), ...round(2), ...round(3)],
    { kind: 'lot-drawn', election: 'election:1', candidate: 'candidate:2' },
  ],
  'election-cancelled': [...election, { kind: 'election-cancelled', election: 'election:1', reason: 'Formfehler' }],
} satisfies Partial<Record<DeedKind, readonly Deed[]>>

/** The hub alone says whose ballots it holds and what is in them: that nobody takes back. */
const byHub = {
  'ballots-received': [vote('devices'), { kind: 'ballots-received', vote: 'vote:1', ballots: [{ person: who }] }],
  'vote-sealed': [vote('devices'), close, sealed],
} satisfies Partial<Record<DeedKind, readonly Deed[]>>

/** Before the opening, with a test of their own. */
type Earlier = 'meeting-prepared' | 'meeting-opened'

// Every kind of deed stands in one of the tables: the compiler names the one that does not.
type Missing = Exclude<DeedKind, keyof typeof inSession | keyof typeof byHub | Earlier>
const missing: Missing[] = []

const take = (writers: Writers, deed: Deed): MeetingEvent => {
  const event = writers.do(deed.kind === 'vote-sealed' || deed.kind === 'ballots-received' ? hub : chair, deed)
  expect(causeOf(writers, event), deed.kind).toBeUndefined()
  return event
}
const undo = (writers: Writers, { _id }: MeetingEvent) => {
  const correction = writers.do(chair, { kind: 'corrected', replaces: _id })
  return { correction, cause: causeOf(writers, correction) }
}
/** All but the trace of the correction. */
const withoutTrace = ({ corrections: _, ...state }: MeetingState) => state

describe('a correction takes every deed back', () => {
  test.for(Object.entries(inSession))('%s, and the correction as well', ([, deeds]) => {
    const writers = opened()
    for (const deed of deeds.slice(0, -1)) take(writers, deed)
    const before = writers.log.state
    const event = take(writers, deeds.at(-1)!)
    const after = writers.log.state
    expect(withoutTrace(after)).not.toEqual(withoutTrace(before))
    const { correction, cause } = undo(writers, event)
    expect(cause).toBeUndefined()
    expect(withoutTrace(writers.log.state)).toEqual(withoutTrace(before))
    expect(writers.log.state.corrections).toEqual(new Map([[event._id, correction._id]]))
    const { correction: again } = undo(writers, correction)
    expect(withoutTrace(writers.log.state)).toEqual(withoutTrace(after))
    expect(writers.log.state.corrections).toEqual(new Map([[correction._id, again._id]]))
  })

  test('the preparation and the opening', () => {
    const writers = new Writers()
    const empty = writers.log.state
    const preparation = writers.do(clerk, { kind: 'meeting-prepared', constitution: constitutionOf() })
    undo(writers, preparation)
    expect(withoutTrace(writers.log.state)).toEqual(withoutTrace(empty))
    const ready = prepared()
    const before = ready.log.state
    undo(ready, take(ready, { kind: 'meeting-opened' }))
    expect(withoutTrace(ready.log.state)).toEqual(withoutTrace(before))
    expect(missing).toEqual([])
  })

  test.for(Object.entries(byHub))('but %s, which the hub says', ([, deeds]) => {
    const writers = opened()
    const event = deeds.map((deed) => take(writers, deed)).at(-1)!
    const before = writers.log.state
    expect(undo(writers, event).cause).toBe('not-allowed')
    expect({ ...writers.log.state, refused: before.refused }).toEqual(before)
  })

  test('and the close of a vote on devices until its ballots are known', () => {
    const writers = opened()
    take(writers, vote('devices'))
    const before = writers.log.state
    undo(writers, take(writers, close))
    expect(withoutTrace(writers.log.state)).toEqual(withoutTrace(before))
    const closed = take(writers, close)
    take(writers, sealed)
    const decided = writers.log.state
    const instead: Deed = { kind: 'note-added', text: 'Nichts geschlossen' }
    const turned = writers.do(chair, { kind: 'corrected', replaces: closed._id, instead })
    expect([undo(writers, closed).cause, causeOf(writers, turned)]).toEqual(['ballots-known', 'ballots-known'])
    expect({ ...writers.log.state, refused: decided.refused }).toEqual(decided)
  })

  test('so are the opening and the cancelling of a circulation, and its close until the answers are known', () => {
    const writers = prepared()
    const until = Date.UTC(2026, 4, 5)
    const circulate = vote('devices', { item, subject: 'circular', until })
    for (const deeds of [[circulate], [circulate, { kind: 'vote-cancelled', vote: 'vote:1' } as Deed]]) {
      const ready = prepared()
      for (const deed of deeds.slice(0, -1)) take(ready, deed)
      const before = ready.log.state
      undo(ready, take(ready, deeds.at(-1)!))
      expect(withoutTrace(ready.log.state)).toEqual(withoutTrace(before))
    }
    take(writers, circulate)
    writers.pass(until)
    const before = writers.log.state
    undo(writers, take(writers, close))
    expect(withoutTrace(writers.log.state)).toEqual(withoutTrace(before))
    const closed = take(writers, close)
    take(writers, { ...sealed, ballots: [] })
    const decided = writers.log.state
    expect(undo(writers, closed).cause).toBe('ballots-known')
    expect({ ...writers.log.state, refused: decided.refused }).toEqual(decided)
  })

  test('a vote whose ballots are known is taken back as a whole, and repeated', () => {
    const writers = opened()
    take(writers, open(item))
    take(writers, motion)
    const before = writers.log.state
    const put = take(writers, vote('devices', { item, motion: 'motion:1' }))
    take(writers, close)
    take(writers, sealed)
    expect(writers.log.state.motions.get('motion:1')?.status).toBe('accepted')
    undo(writers, put)
    expect(writers.log.state.votes.size).toBe(0)
    expect(writers.log.state.motions).toEqual(before.motions)
    take(writers, vote('devices', { vote: 'vote:2', item, motion: 'motion:1' }))
  })
})
