import type { AgendaEntry, Constitution } from '../../../council/events/constitution.ts'
import type { VoteSubject } from '../../../council/events/vote.ts'
import { ruleSet } from '../../law/index.ts'
import { hasBeenAsked } from '../circulation.ts'
import { shareParts } from '../sharing.ts'
import type { ItemState, MeetingState } from '../state.ts'
import { canTakeChair, chairBelongsInRoom, endStays } from './attendance.ts'
import { byPresidents, inSession, prepares, running, type DeedRules, type Judgement, type Moment } from './deed-rule.ts'
import { itemOf, rulesOf, seatsOf, type Draft } from './draft.ts'
import { clearFloor, pauseSpeech } from './floor.ts'
import { isStopped } from './order.ts'
import { clearProjections } from './projection.ts'

const newItem = ({ item, public: isPublic, matter }: AgendaEntry, added: boolean): ItemState => ({
  item,
  public: isPublic,
  matter,
  status: 'waiting',
  spans: [],
  conflicts: [],
  added,
  speakersClosed: false,
  order: [],
})

const hasDoubles = (values: readonly string[]): boolean => new Set(values).size < values.length

function prepare(draft: Draft, constitution: Constitution): Judgement {
  const persons = constitution.seats.map(({ person }) => person)
  if (!ruleSet(constitution.rules)) return 'unknown'
  if (hasDoubles(persons) || hasDoubles(constitution.agenda.map(({ item }) => item))) return 'exists-already'
  if (!constitution.presidents.every((person) => persons.includes(person))) return 'unknown'
  const { state } = draft
  if (shareParts(state.constitution, constitution) === state.constitution) return 'no-effect'
  if (hasBeenAsked(state)) return 'rules-forbid'
  const known = new Map(state.agenda.map((item) => [item.item, item]))
  draft.set('constitution', constitution)
  draft.set('phase', 'prepared')
  const agenda = constitution.agenda.map((entry) => ({
    ...newItem(entry, false),
    conflicts: (known.get(entry.item)?.conflicts ?? []).filter(({ person }) => persons.includes(person)),
  }))
  draft.set('agenda', agenda)
  draft.set('attendance', new Map([...state.attendance].filter(([person]) => persons.includes(person))))
  draft.set(
    'motions',
    new Map([...state.motions].filter(([, { item }]) => agenda.some((entry) => entry.item === item))),
  )
  return undefined
}

function open(draft: Draft, { at }: Moment): Judgement {
  const { state } = draft
  const presidents = state.constitution?.presidents ?? []
  const presiding = presidents.find((person) => canTakeChair(state, person))
  if (presiding === undefined && chairBelongsInRoom(state)) return 'chair-not-in-room'
  if (isStopped(state) || isVoting(state)) return 'rules-forbid'
  // A meeting begins in the part that its first item belongs to; one without items proves nothing.
  const isPublic = state.agenda[0]?.public === true
  clearProjections(draft)
  draft.set('phase', 'open')
  draft.set('opened', at)
  draft.set('presiding', presiding ?? presidents[0])
  draft.set('public', isPublic)
  draft.append('parts', { public: isPublic, from: at })
  return undefined
}

function changePart(draft: Draft, isPublic: boolean, { at }: Moment): void {
  clearProjections(draft)
  draft.set('public', isPublic)
  draft.endSpan('parts', at)
  draft.append('parts', { public: isPublic, from: at })
}

/** Whether ballots are still being given: nothing else can be turned to meanwhile. */
const isVoting = (state: MeetingState): boolean => [...state.votes.values()].some(({ status }) => status === 'open')

/** Ends the item that is open, if one is. */
function endCurrent(draft: Draft, status: ItemState['status'], { at }: Moment): void {
  const item = draft.state.current === undefined ? undefined : itemOf(draft.state, draft.state.current)
  clearFloor(draft, at)
  clearProjections(draft)
  if (!item) return
  draft.changeItem(item.item, { status, spans: endSpans(item, at) })
  draft.set('current', undefined)
}

const endSpans = (item: ItemState, at: number): ItemState['spans'] =>
  item.spans.map((span) => (span.to === undefined ? { ...span, to: at } : span))

function openItem(draft: Draft, id: string, moment: Moment): Judgement {
  const { state } = draft
  const item = itemOf(state, id)
  if (!item) return 'unknown'
  if (item.status === 'open' || item.status === 'withdrawn') return 'no-effect'
  if (!item.public && state.public) return 'public-is-in'
  if (isVoting(state)) return 'rules-forbid'
  endCurrent(draft, 'done', moment)
  draft.changeItem(id, { status: 'open', spans: [...item.spans, { from: moment.at }] })
  draft.set('current', id)
  return undefined
}

/** Takes an item off the table, for another meeting or for good. */
function dropItem(draft: Draft, id: string, status: 'deferred' | 'withdrawn', moment: Moment): Judgement {
  const { state } = draft
  const item = itemOf(state, id)
  if (!item) return 'unknown'
  if (item.status !== 'waiting' && item.status !== 'open' && item.status !== 'deferred') return 'no-effect'
  if (item.status === status) return 'no-effect'
  if (item.status === 'open' && isVoting(state)) return 'rules-forbid'
  if (state.current === id) endCurrent(draft, status, moment)
  else draft.changeItem(id, { status })
  return undefined
}

const wasAccepted = (state: MeetingState, vote: string | undefined, subjects: readonly VoteSubject[]): boolean => {
  const found = vote === undefined ? undefined : state.votes.get(vote)
  return found?.finding?.outcome === 'accepted' && subjects.includes(found.subject)
}

function addItem(draft: Draft, entry: AgendaEntry, before: string | null, vote: string | undefined): Judgement {
  const { state } = draft
  if (itemOf(state, entry.item)) return 'exists-already'
  if (before !== null && !itemOf(state, before)) return 'unknown'
  const urgent = state.constitution?.invitation?.urgent === true && rulesOf(state).invitation.urgent.confirmed
  if (!wasAccepted(state, vote, urgent ? ['extension', 'urgency'] : ['extension'])) return 'needs-a-vote'
  place(draft, newItem(entry, true), before)
  return undefined
}

function place(draft: Draft, item: ItemState, before: string | null): void {
  const others = draft.state.agenda.filter((other) => other.item !== item.item)
  const at = before === null ? others.length : others.findIndex((other) => other.item === before)
  draft.set('agenda', others.toSpliced(at, 0, item))
}

function moveItem(draft: Draft, id: string, before: string | null, vote: string | undefined): Judgement {
  const { state } = draft
  const item = itemOf(state, id)
  if (!item || (before !== null && !itemOf(state, before))) return 'unknown'
  const next = state.agenda[state.agenda.indexOf(item) + 1]?.item ?? null
  if (before === id || before === next) return 'no-effect'
  if (rulesOf(state).agenda.movedBy === 'body' && !wasAccepted(state, vote, ['procedure'])) return 'needs-a-vote'
  place(draft, item, before)
  return undefined
}

type CourseKind =
  | 'meeting-prepared'
  | 'meeting-opened'
  | 'meeting-paused'
  | 'meeting-resumed'
  | 'meeting-closed'
  | 'presidency-handed'
  | 'item-opened'
  | 'item-closed'
  | 'item-deferred'
  | 'item-withdrawn'
  | 'item-added'
  | 'item-moved'
  | 'part-closed'
  | 'part-opened'
  | 'note-added'

/** The course of the meeting, its agenda, and whether the public is in. */
export const courseRules: DeedRules<CourseKind> = {
  'meeting-prepared': {
    phases: ['unprepared', 'prepared', 'open', 'paused'],
    may: (_state, author) => (prepares(author) ? undefined : 'not-allowed'),
    effect: (draft, { constitution }) =>
      draft.state.opened === undefined ? prepare(draft, constitution) : 'no-effect',
  },
  'meeting-opened': {
    phases: ['prepared', 'open', 'paused'],
    may: byPresidents,
    effect: (draft, _deed, moment) => (draft.state.phase === 'prepared' ? open(draft, moment) : 'no-effect'),
  },
  'meeting-paused': {
    phases: running,
    may: byPresidents,
    effect: (draft, _deed, { at }) => {
      const { phase, floor, speeches } = draft.state
      if (phase === 'paused') return 'no-effect'
      const [speaking] = floor
      if (speaking !== undefined && speeches.get(speaking)?.status === 'speaking') pauseSpeech(draft, speaking, at)
      draft.set('phase', 'paused')
      draft.append('pauses', { from: at })
      return undefined
    },
  },
  'meeting-resumed': {
    phases: running,
    may: byPresidents,
    effect: (draft, _deed, { at }) => {
      if (draft.state.phase === 'open') return 'no-effect'
      if (isStopped(draft.state)) return 'rules-forbid'
      draft.set('phase', 'open')
      draft.endSpan('pauses', at)
      return undefined
    },
  },
  'meeting-closed': {
    phases: running,
    may: byPresidents,
    effect: (draft, _deed, moment) => {
      if (isVoting(draft.state)) return 'rules-forbid'
      endCurrent(draft, 'done', moment)
      endStays(draft, moment.at)
      draft.endSpan('parts', moment.at)
      draft.endSpan('pauses', moment.at)
      draft.set('phase', 'closed')
      draft.set('closed', moment.at)
      draft.set('public', false)
      return undefined
    },
  },
  'presidency-handed': {
    phases: running,
    may: byPresidents,
    effect: (draft, { person }) => {
      const { state } = draft
      if (!seatsOf(state).has(person)) return 'unknown'
      if (!state.constitution?.presidents.includes(person)) return 'not-entitled'
      if (state.presiding === person) return 'no-effect'
      if (!canTakeChair(state, person)) return 'chair-not-in-room'
      const current = state.current === undefined ? undefined : itemOf(state, state.current)
      if (current?.conflicts.some((conflict) => conflict.person === person)) return 'not-entitled'
      draft.set('presiding', person)
      return undefined
    },
  },
  'item-opened': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { item }, moment) => openItem(draft, item, moment),
  },
  'item-closed': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { item }, moment) => {
      if (!itemOf(draft.state, item)) return 'unknown'
      if (draft.state.current !== item) return 'no-effect'
      if (isVoting(draft.state)) return 'rules-forbid'
      endCurrent(draft, 'done', moment)
      return undefined
    },
  },
  'item-deferred': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { item }, moment) => dropItem(draft, item, 'deferred', moment),
  },
  'item-withdrawn': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { item }, moment) => dropItem(draft, item, 'withdrawn', moment),
  },
  'item-added': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { entry, before, vote }) => addItem(draft, entry, before, vote),
  },
  'item-moved': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { item, before, vote }) => moveItem(draft, item, before, vote),
  },
  'part-closed': {
    phases: running,
    may: byPresidents,
    effect: (draft, { vote }, moment) => {
      // Without a vote too: the vote on it is itself held in the closed part (GemO RLP §35 (1)), and closing is safe.
      if (vote !== undefined && !wasAccepted(draft.state, vote, ['publicity'])) return 'needs-a-vote'
      if (!draft.state.public) return 'no-effect'
      changePart(draft, false, moment)
      return undefined
    },
  },
  'part-opened': {
    phases: running,
    may: byPresidents,
    effect: (draft, _deed, moment) => {
      const { state } = draft
      if (state.public) return 'no-effect'
      if (state.current !== undefined && itemOf(state, state.current)?.public !== true) return 'public-is-in'
      changePart(draft, true, moment)
      return undefined
    },
  },
  'note-added': {
    phases: ['prepared', 'open', 'paused', 'closed'],
    may: byPresidents,
    effect: (draft, { text, item }, { event, at }) => {
      if (item !== undefined && !itemOf(draft.state, item)) return 'unknown'
      draft.append('notes', { event, at, ...(item === undefined ? {} : { item }), text })
      return undefined
    },
  },
}
