import type { Speaker, SpeechForm } from '../../../council/events/speech.ts'
import type { DeedOf } from '../../../council/meeting-event.ts'
import type { MeetingState, Speech } from '../state.ts'
import {
  byPerson,
  byPresidents,
  fromPrepared,
  inSession,
  presides,
  running,
  type DeedRules,
  type Judgement,
  type Moment,
} from './deed-rule.ts'
import { itemOf, seatsOf, type Draft } from './draft.ts'
import { giveFloor, pauseSpeech, resumeSpeech, stopSpeech } from './floor.ts'

const personOf = (speaker: Speaker | undefined): string | undefined =>
  speaker && 'person' in speaker ? speaker.person : undefined

/** What may come between: it interrupts who speaks. */
const interrupts = (form: SpeechForm): boolean => form !== 'speech'

const ownSpeech = byPerson<{ readonly speech: string }>(({ speech }, state) =>
  personOf(state.speeches.get(speech)?.speaker),
)

/** Whether a person may speak on an item: there, and not kept out of it. */
export function maySpeak(state: MeetingState, speaker: Speaker, item: string | null): Judgement {
  const person = personOf(speaker)
  if (person === undefined) return undefined
  if (!seatsOf(state).has(person)) return 'unknown'
  if (!state.attendance.get(person)?.here) return 'not-entitled'
  const conflicts = item === null ? undefined : itemOf(state, item)?.conflicts
  return conflicts?.some((conflict) => conflict.person === person) ? 'not-entitled' : undefined
}

const isClosed = (state: MeetingState, item: string | null): boolean =>
  (item === null ? state.openFloor : itemOf(state, item))?.speakersClosed === true

const sameSpeaker = (a: Speaker, b: Speaker): boolean =>
  'person' in a ? 'person' in b && a.person === b.person : 'guest' in b && a.guest === b.guest

const waitsAlready = (state: MeetingState, deed: DeedOf<'speech-requested'>): boolean => {
  for (const { status, item, form, speaker } of state.speeches.values())
    if (status === 'waiting' && item === deed.item && form === deed.form && sameSpeaker(speaker, deed.speaker))
      return true
  return false
}

function request(draft: Draft, deed: DeedOf<'speech-requested'>, moment: Moment): Judgement {
  const { state } = draft
  const { at, late, author } = moment
  const { speech, item, speaker, form, stance, about } = deed
  if (state.speeches.has(speech)) return 'exists-already'
  const entry = item === null ? undefined : itemOf(state, item)
  if (item !== null && !entry) return 'unknown'
  const cause = maySpeak(state, speaker, item)
  if (cause) return cause
  if (entry && entry.status !== 'waiting' && entry.status !== 'open') return 'not-open'
  if (form !== 'point-of-order' && isClosed(state, item) && !presides(state, author)) return 'closed-already'
  if (waitsAlready(state, deed)) return 'no-effect'
  draft.put('speeches', speech, {
    speech,
    item,
    speaker,
    form,
    ...(stance === undefined ? {} : { stance }),
    ...(about === undefined ? {} : { about }),
    requested: at,
    late,
    status: 'waiting',
    spans: [],
    inPublic: moment.inPublic,
    heardOn: moment.about === undefined ? [] : [moment.about],
  })
  return undefined
}

function start(draft: Draft, speech: Speech, { at, inPublic, about }: Moment): Judgement {
  const { state } = draft
  if (speech.status !== 'waiting') return 'no-effect'
  if (speech.item !== null && speech.item !== state.current) return 'not-open'
  const cause = maySpeak(state, speech.speaker, speech.item)
  if (cause) return cause
  const heardOn = about === undefined ? speech.heardOn : [...new Set([...speech.heardOn, about])]
  draft.put('speeches', speech.speech, { ...speech, inPublic: speech.inPublic && inPublic, heardOn })
  giveFloor(draft, speech.speech, interrupts(speech.form), at)
  return undefined
}

function closeList(draft: Draft, item: string | null, speakersClosed: boolean): Judgement {
  const { state } = draft
  if (item !== null && !itemOf(state, item)) return 'unknown'
  if (isClosed(state, item) === speakersClosed) return 'no-effect'
  if (item === null) draft.set('openFloor', { ...state.openFloor, speakersClosed })
  else draft.changeItem(item, { speakersClosed })
  return undefined
}

function orderList(draft: Draft, item: string | null, named: readonly string[]): Judgement {
  const { state } = draft
  const order = [...new Set(named)]
  const list = item === null ? state.openFloor : itemOf(state, item)
  if (!list || order.some((id) => state.speeches.get(id)?.item !== item)) return 'unknown'
  if (order.length === list.order.length && order.every((id, place) => list.order[place] === id)) return 'no-effect'
  if (item === null) draft.set('openFloor', { ...state.openFloor, order })
  else draft.changeItem(item, { order })
  return undefined
}

function setTime(draft: Draft, { item, budget, seconds }: DeedOf<'speaking-time-set'>): Judgement {
  const { state } = draft
  const faction = budget.per === 'faction' ? budget.faction : undefined
  if (item !== null && !itemOf(state, item)) return 'unknown'
  if (faction !== undefined && !state.constitution?.factions.some(({ organization }) => organization === faction))
    return 'unknown'
  const before = state.budgets.find(
    (other) => other.item === item && other.per === budget.per && other.faction === faction,
  )
  if (before?.seconds === (seconds ?? undefined)) return 'no-effect'
  const others = state.budgets.filter((other) => other !== before)
  const added =
    seconds === null ? [] : [{ item, per: budget.per, ...(faction === undefined ? {} : { faction }), seconds }]
  draft.set('budgets', [...others, ...added])
  return undefined
}

type SpeechKind =
  | 'speech-requested'
  | 'speech-withdrawn'
  | 'speech-started'
  | 'speech-paused'
  | 'speech-resumed'
  | 'speech-stopped'
  | 'speakers-closed'
  | 'speakers-reopened'
  | 'speakers-ordered'
  | 'speaking-time-set'

/** Who wants to speak, who speaks, for how long. */
export const speechRules: DeedRules<SpeechKind> = {
  'speech-requested': {
    phases: running,
    may: byPerson(({ speaker }) => personOf(speaker)),
    effect: request,
  },
  'speech-withdrawn': {
    phases: running,
    may: ownSpeech,
    effect: (draft, { speech }) => {
      const before = draft.state.speeches.get(speech)
      if (!before) return 'unknown'
      if (before.status !== 'waiting') return 'no-effect'
      draft.put('speeches', speech, { ...before, status: 'withdrawn' })
      return undefined
    },
  },
  'speech-started': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { speech }, moment) => {
      const before = draft.state.speeches.get(speech)
      return before ? start(draft, before, moment) : 'unknown'
    },
  },
  'speech-paused': {
    phases: running,
    may: byPresidents,
    effect: (draft, { speech }, { at }) => {
      const before = draft.state.speeches.get(speech)
      if (!before) return 'unknown'
      if (before.status !== 'speaking') return 'no-effect'
      pauseSpeech(draft, speech, at)
      return undefined
    },
  },
  'speech-resumed': {
    phases: inSession,
    may: byPresidents,
    effect: (draft, { speech }, { at }) => {
      const before = draft.state.speeches.get(speech)
      if (!before) return 'unknown'
      if (before.status !== 'paused') return 'no-effect'
      resumeSpeech(draft, speech, at)
      return undefined
    },
  },
  'speech-stopped': {
    phases: running,
    may: ownSpeech,
    effect: (draft, { speech }, { at }) => {
      const before = draft.state.speeches.get(speech)
      if (!before) return 'unknown'
      if (before.status !== 'speaking' && before.status !== 'paused') return 'no-effect'
      stopSpeech(draft, speech, at)
      return undefined
    },
  },
  'speakers-closed': {
    phases: running,
    may: byPresidents,
    effect: (draft, { item }) => closeList(draft, item, true),
  },
  'speakers-reopened': {
    phases: running,
    may: byPresidents,
    effect: (draft, { item }) => closeList(draft, item, false),
  },
  'speakers-ordered': {
    phases: running,
    may: byPresidents,
    effect: (draft, { item, order }) => orderList(draft, item, order),
  },
  'speaking-time-set': { phases: fromPrepared, may: byPresidents, effect: setTime },
}
