import { matters } from '../../../council/events/constitution.ts'
import { majorities, voteModes, voteSubjects } from '../../../council/events/vote.ts'
import type { Deed, DeedKind, DeedOf } from '../../../council/meeting-event.ts'
import { speechForms } from '../../../council/events/speech.ts'
import { ruleSet } from '../../law/index.ts'
import type { MeetingState, Vote } from '../state.ts'

/** mulberry32: a small seeded generator, so that a failing seed tells the whole step. */
export function diceOf(seed: number) {
  let state = seed | 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value
  const chance = (percent: number): boolean => below(100) < percent
  return {
    below,
    pick,
    chance,
    /** Mostly one of those that are there, else one of the type that may not be. */
    known: (ids: Iterable<string>, type: string): string => {
      const all = [...ids]
      return all.length > 0 && chance(93) ? pick(all) : `${type}:x${below(4)}`
    },
    /** Of the latest few rather than of all. */
    recent: (ids: Iterable<string>, type: string): string => {
      const last = [...ids].slice(-2)
      return last.length > 0 && chance(93) ? pick(last) : `${type}:x${below(4)}`
    },
    /** A new id, now and then one that is taken. */
    fresh: (type: string, taken: { readonly size: number }): string =>
      `${type}:n${chance(95) ? taken.size : below(taken.size + 1)}`,
    kind: (): DeedKind => pick(deedKinds),
  }
}
export type Dice = ReturnType<typeof diceOf>

type Maker<Kind extends DeedKind> = (dice: Dice, state: MeetingState) => Omit<DeedOf<Kind>, 'kind'>

const person = (dice: Dice, state: MeetingState): string =>
  dice.known(
    (state.constitution?.seats ?? []).map((seat) => seat.person),
    'person',
  )
const item = (dice: Dice, state: MeetingState): string =>
  state.current !== undefined && dice.chance(60)
    ? state.current
    : dice.known(
        state.agenda.map((entry) => entry.item),
        'agenda-item',
      )
const itemOrNone = (dice: Dice, state: MeetingState): string | null => (dice.chance(85) ? item(dice, state) : null)
const faction = (dice: Dice, state: MeetingState): string =>
  dice.known(
    (state.constitution?.factions ?? []).map(({ organization }) => organization),
    'organization',
  )
const speech = (dice: Dice, state: MeetingState): { speech: string } => ({
  speech: dice.recent(state.speeches.keys(), 'speech'),
})
const onFloor = (dice: Dice, state: MeetingState): { speech: string } =>
  state.floor.length > 0 && dice.chance(90) ? { speech: dice.pick(state.floor) } : speech(dice, state)
const vote = (dice: Dice, state: MeetingState): string => dice.recent(state.votes.keys(), 'vote')
const election = (dice: Dice, state: MeetingState): string => dice.recent(state.elections.keys(), 'election')
const candidate = (dice: Dice, state: MeetingState, id: string): string =>
  dice.known(
    (state.elections.get(id)?.candidates ?? []).map((one) => one.candidate),
    'candidate',
  )
const acceptedVote = (dice: Dice, state: MeetingState) => {
  const accepted = [...state.votes.values()].filter(({ finding }) => finding?.outcome === 'accepted')
  return accepted.length > 0 && dice.chance(80) ? { vote: dice.pick(accepted).vote } : {}
}
const entitledIn = (dice: Dice, state: MeetingState, id: string): string => {
  const entitled = state.votes.get(id)?.entitled ?? []
  return entitled.length > 0 && dice.chance(85) ? dice.pick(entitled) : person(dice, state)
}
const tally = (dice: Dice, most: number) => {
  const yes = dice.below(most + 1)
  const no = dice.below(most - yes + 1)
  return { yes, no, abstain: most - yes - no, invalid: dice.chance(10) ? 1 : 0 }
}
const choice = (dice: Dice) => dice.pick(['yes', 'yes', 'no', 'abstain'] as const)

function voteOpened(dice: Dice, state: MeetingState): Omit<DeedOf<'vote-opened'>, 'kind'> {
  const rules = ruleSet(state.constitution?.rules ?? '')
  const subject = dice.chance(60) ? 'resolution' : dice.pick(voteSubjects)
  const about = state.current !== undefined && dice.chance(80) ? state.current : itemOrNone(dice, state)
  const open = [...state.motions.values()].filter((motion) => motion.item === about && motion.status === 'open')
  const mode = subject === 'circular' && dice.chance(80) ? 'devices' : dice.pick(voteModes)
  return {
    ...((subject === 'circular') === dice.chance(95) && { until: Date.UTC(2026, 4, 4, 16, dice.below(60)) }),
    vote: dice.fresh('vote', state.votes),
    item: about,
    ...(open.length > 0 && dice.chance(60) ? { motion: dice.pick(open).motion } : {}),
    question: 'Dafür?',
    subject,
    majority: rules?.votes.needed[subject] ?? dice.pick(majorities),
    mode,
    secret: mode === 'paper' && dice.chance(50),
  }
}

function roundCounted(dice: Dice, state: MeetingState): Omit<DeedOf<'round-counted'>, 'kind'> {
  const id = election(dice, state)
  const last = state.elections.get(id)?.rounds.at(-1)
  let left = (last?.entitled ?? 3) + (dice.chance(5) ? 1 : 0)
  const votes = (last?.candidates ?? ['candidate:x0']).map((one) => {
    const given = dice.below(left + 1)
    left -= given
    return { candidate: one, votes: given }
  })
  const against = last?.candidates.length === 1 ? dice.below(left + 1) : 0
  return { election: id, round: last?.round ?? 1, votes, against, abstain: left - against, invalid: 0 }
}

const makers: { readonly [Kind in DeedKind]: Maker<Kind> } = {
  'meeting-prepared': (_dice, state) => ({
    constitution: state.constitution ?? {
      ...{ organizations: ['organization:x'], rules: 'de-rp-2024', statutoryNumber: 1, factions: [], agenda: [] },
      seats: [{ person: 'person:x', name: 'X', votes: true, elected: true }],
      ...{ presidents: ['person:x'], call: 'first', constituent: false, hybrid: false, recording: 'none' },
    },
  }),
  'meeting-opened': () => ({}),
  'meeting-paused': () => ({}),
  'meeting-resumed': () => ({}),
  'meeting-closed': () => ({}),
  'presidency-handed': (dice, state) => ({ person: person(dice, state) }),
  'item-opened': (dice, state) => ({
    item: dice.known(
      state.agenda.filter(({ status }) => status !== 'open').map((entry) => entry.item),
      'agenda-item',
    ),
  }),
  'item-closed': (dice, state) => ({ item: item(dice, state) }),
  'item-deferred': (dice, state) => ({ item: item(dice, state), reason: 'Vertagt' }),
  'item-withdrawn': (dice, state) => ({ item: item(dice, state) }),
  'item-added': (dice, state) => ({
    entry: {
      item: `agenda-item:n${state.agenda.length}`,
      public: dice.chance(70),
      matter: dice.pick(matters),
    },
    before: itemOrNone(dice, state),
    ...acceptedVote(dice, state),
  }),
  'item-moved': (dice, state) => ({
    item: item(dice, state),
    before: itemOrNone(dice, state),
    ...acceptedVote(dice, state),
  }),
  'part-closed': () => ({}),
  'part-opened': () => ({}),
  'note-added': (dice, state) => ({ text: 'Notiz', ...(dice.chance(50) ? { item: item(dice, state) } : {}) }),
  'person-arrived': (dice, state) => ({
    person: person(dice, state),
    mode: dice.pick(['room', 'remote']),
    by: dice.pick(['self', 'self', 'list', 'code']),
  }),
  'person-left': (dice, state) => ({ person: person(dice, state) }),
  'connection-lost': (dice, state) => ({ person: person(dice, state) }),
  'connection-restored': (dice, state) => ({ person: person(dice, state) }),
  'conflict-declared': (dice, state) => ({
    person: person(dice, state),
    item: item(dice, state),
    away: dice.pick(['table', 'room']),
  }),
  'conflict-lifted': (dice, state) => ({ person: person(dice, state), item: item(dice, state) }),
  'called-to-order': (dice, state) => ({ person: dice.chance(50) ? 'person:p4' : person(dice, state) }),
  'person-excluded': (dice, state) => ({ person: dice.chance(50) ? 'person:p4' : person(dice, state) }),
  'disturbance-began': (dice, state) => ({
    disturbance: dice.fresh('disturbance', state.disturbances),
    sphere: dice.pick(['town', 'member', 'unclear']),
    what: 'Ton weg',
  }),
  'disturbance-ended': (dice, state) => ({
    disturbance: dice.recent(state.disturbances.keys(), 'disturbance'),
    consequence: 'interrupted',
  }),
  'speech-requested': (dice, state) => ({
    speech: dice.fresh('speech', state.speeches),
    item: itemOrNone(dice, state),
    speaker: dice.chance(90) ? { person: person(dice, state) } : { guest: 'Gutachterin' },
    form: dice.chance(60) ? 'speech' : dice.pick(speechForms),
    ...(dice.chance(50) ? { stance: dice.pick(['pro', 'contra'] as const) } : {}),
  }),
  'speech-withdrawn': speech,
  'speech-started': speech,
  'speech-paused': onFloor,
  'speech-resumed': onFloor,
  'speech-stopped': onFloor,
  'speakers-closed': (dice, state) => ({ item: itemOrNone(dice, state) }),
  'speakers-reopened': (dice, state) => ({ item: itemOrNone(dice, state) }),
  'speakers-ordered': (dice, state) => {
    const about = itemOrNone(dice, state)
    const ids = [...state.speeches.values()].filter((one) => one.item === about).map((one) => one.speech)
    return { item: about, order: dice.chance(10) ? ['speech:x0'] : ids.toReversed() }
  },
  'speaking-time-set': (dice, state) => ({
    item: itemOrNone(dice, state),
    budget: dice.pick([
      { per: 'speech' },
      { per: 'person' },
      { per: 'faction', faction: faction(dice, state) },
    ] as const),
    seconds: dice.chance(80) ? 60 * (1 + dice.below(3)) : null,
  }),
  'motion-put': (dice, state) => ({
    motion: dice.fresh('motion', state.motions),
    item: item(dice, state),
    form: dice.pick(['main', 'amendment', 'procedure']),
    persons: dice.chance(70) ? [person(dice, state)] : [],
    ...(dice.chance(30) ? { faction: faction(dice, state) } : {}),
    title: 'Antrag',
    text: dice.pick(['Es wird beschlossen.\nKosten: 5.000 €', 'Es wird vertagt.']),
    changes: 'Es wird beschlossen.',
  }),
  'motion-withdrawn': (dice, state) => ({ motion: dice.recent(state.motions.keys(), 'motion') }),
  'motions-ordered': (dice, state) => {
    const about = item(dice, state)
    const ids = [...state.motions.values()].filter((one) => one.item === about).map((one) => one.motion)
    return { item: about, order: ids.toReversed() }
  },
  'vote-opened': voteOpened,
  'ballots-received': (dice, state) => {
    const id = vote(dice, state)
    const until = state.votes.get(id)?.until
    const at = until === undefined ? {} : { at: until + dice.below(600_000) - 500_000 }
    return {
      vote: id,
      ballots: [
        { person: entitledIn(dice, state, id), ...at },
        { person: person(dice, state), ...at },
      ],
    }
  },
  'vote-closed': (dice, state) => ({ vote: vote(dice, state) }),
  'vote-sealed': (dice, state) => {
    const id = vote(dice, state)
    // A hub that seals more than it may: ballots of people without a vote are not counted, whoever says so.
    const voters = [...new Set([...(state.votes.get(id)?.entitled ?? []), person(dice, state)])]
    const ballots = voters.filter(() => dice.chance(85)).map((one) => ({ person: one, choice: choice(dice) }))
    return { vote: id, ballots, digest: '0'.repeat(64) }
  },
  'roll-called': (dice, state) => {
    const id = vote(dice, state)
    return { vote: id, person: entitledIn(dice, state, id), choice: choice(dice) }
  },
  'votes-counted': (dice, state) => {
    const id = vote(dice, state)
    const found = state.votes.get(id)
    if (found?.mode === 'faction') return { vote: id, ...factionCount(dice, state, found) }
    return { vote: id, tally: tally(dice, (found?.entitled.length ?? 3) + (dice.chance(10) ? 1 : 0)) }
  },
  'objection-raised': (dice, state) => {
    const id = vote(dice, state)
    return { vote: id, person: entitledIn(dice, state, id) }
  },
  'vote-cancelled': (dice, state) => ({ vote: vote(dice, state) }),
  'election-opened': (dice, state) => ({
    election: dice.fresh('election', state.elections),
    item: item(dice, state),
    office: 'Beigeordnete',
    mode: dice.pick(['paper', 'open']),
  }),
  'candidate-nominated': (dice, state) => {
    const id = election(dice, state)
    const size = state.elections.get(id)?.candidates.length ?? 0
    return { election: id, candidate: { candidate: dice.fresh('candidate', { size }), name: 'Kandidatin' } }
  },
  'candidate-withdrawn': (dice, state) => {
    const id = election(dice, state)
    return { election: id, candidate: candidate(dice, state, id) }
  },
  'round-opened': (dice, state) => {
    const id = election(dice, state)
    return { election: id, round: (state.elections.get(id)?.rounds.length ?? 0) + (dice.chance(90) ? 1 : 0) || 1 }
  },
  'round-counted': roundCounted,
  'lot-drawn': (dice, state) => {
    const id = election(dice, state)
    const among = state.elections.get(id)?.finding?.candidates ?? []
    return { election: id, candidate: dice.known(among, 'candidate') }
  },
  'election-cancelled': (dice, state) => ({ election: election(dice, state), reason: 'Formfehler' }),
  'scene-projected': (dice) => ({
    projector: `projector:${1 + dice.below(2)}`,
    show: dice.pick([
      { scene: 'meeting' },
      { scene: 'paper', file: 'file:x', page: 1 + dice.below(3) },
      { scene: 'board', board: 'board:x', page: 1 + dice.below(3) },
      { scene: 'text', text: 'Pause bis 19 Uhr' },
      { scene: 'slate' },
    ] as const),
  }),
}

function factionCount(dice: Dice, state: MeetingState, { entitled }: Vote) {
  const factionOf = new Map((state.constitution?.seats ?? []).map((seat) => [seat.person, seat.faction ?? null]))
  const groups = [...new Set(entitled.map((one) => factionOf.get(one) ?? null))]
  const parts = groups.map((group) => {
    const most = entitled.filter((one) => (factionOf.get(one) ?? null) === group).length
    return { faction: group, tally: { ...tally(dice, most), invalid: 0 } }
  })
  const sum = (kind: 'yes' | 'no' | 'abstain') => parts.reduce((total, part) => total + part.tally[kind], 0)
  return { tally: { yes: sum('yes'), no: sum('no'), abstain: sum('abstain'), invalid: 0 }, factions: parts }
}

export const deedKinds = Object.keys(makers) as DeedKind[]

/** A deed of a kind, about what there is, now and then about what there is not. */
export const makeDeed = (dice: Dice, kind: DeedKind, state: MeetingState): Deed =>
  ({ kind, ...(makers[kind] as Maker<DeedKind>)(dice, state) }) as Deed

/** Kinds that can well come next; those that come often are named more than once. */
export function nextKinds(state: MeetingState): DeedKind[] {
  if (state.phase === 'unprepared') return ['meeting-prepared']
  if (state.phase === 'prepared') return ['meeting-opened', 'person-arrived', 'conflict-declared', 'motion-put']
  if (state.phase === 'paused') return ['meeting-resumed', 'meeting-resumed', 'speech-requested', 'note-added']
  if (state.phase === 'closed') return ['note-added', 'item-opened', 'vote-sealed']
  const kinds: DeedKind[] = [
    ...(['item-opened', 'item-opened', 'item-closed', 'part-closed', 'part-opened', 'note-added'] as const),
    ...(['person-arrived', 'person-left', 'connection-lost', 'connection-restored', 'conflict-declared'] as const),
    ...(['speech-requested', 'speech-requested', 'speech-requested', 'speech-started', 'speech-started'] as const),
    ...(['speakers-closed', 'speakers-ordered', 'speaking-time-set', 'motion-put', 'motion-put'] as const),
    ...([
      'vote-opened',
      'vote-opened',
      'vote-opened',
      'called-to-order',
      'called-to-order',
      'election-opened',
      'scene-projected',
    ] as const),
  ]
  if (state.floor.length > 0) kinds.push('speech-stopped', 'speech-stopped', 'speech-paused', 'speech-resumed')
  const last = [...state.votes.values()].at(-1)
  if (last?.status === 'open') kinds.push(...duringVote(last))
  if (last?.status === 'counting')
    for (let more = 0; more < 12; more += 1) kinds.push(last.mode === 'devices' ? 'vote-sealed' : 'votes-counted')
  const running = [...state.elections.values()].at(-1)
  if (running?.status === 'nominating')
    kinds.push(...times(6, 'candidate-nominated'), ...times(6, 'round-opened'), 'candidate-withdrawn')
  if (running?.status === 'counted') kinds.push(...times(10, 'round-opened'), 'candidate-withdrawn')
  if (running?.status === 'voting') kinds.push(...times(15, 'round-counted'))
  if (running?.status === 'lot') kinds.push(...times(15, 'lot-drawn'))
  // Rare ones.
  kinds.push(...rare)
  return kinds
}

const times = (count: number, kind: DeedKind): DeedKind[] => new Array<DeedKind>(count).fill(kind)

const duringVote = ({ mode }: Vote): DeedKind[] => {
  const closing = times(8, 'vote-closed')
  if (mode === 'devices') return [...closing, ...times(15, 'ballots-received')]
  if (mode === 'roll-call') return [...closing, ...times(20, 'roll-called')]
  if (mode === 'no-objection') return [...closing, ...times(5, 'objection-raised')]
  return [...closing, ...times(10, 'votes-counted')]
}

const rare: readonly DeedKind[] = [
  ...(['meeting-paused', 'item-deferred', 'item-withdrawn', 'item-added', 'item-moved', 'presidency-handed'] as const),
  ...(['conflict-lifted', 'person-excluded', 'disturbance-began', 'disturbance-ended', 'speech-withdrawn'] as const),
  ...(['speakers-reopened', 'motion-withdrawn', 'motions-ordered', 'vote-cancelled', 'election-cancelled'] as const),
]
