import { m } from '../../../../shared/i18n/index.ts'
import { exactTime } from '../../../ui/format/clock-time.ts'
import type { Deed, DeedKind, DeedOf, EventBody } from '../../../../shared/council/meeting-event.ts'
import {
  awayWords,
  choiceWords,
  consequenceWords,
  formWords,
  modeWords,
  sphereWords,
  stanceWords,
} from './choice-words.ts'
import type { Names } from './names.ts'

/** A sentence about a deed, without who and when. */
type Words = { readonly [Kind in DeedKind]: (deed: DeedOf<Kind>, names: Names) => string }

/** "…: reason" where there is one. */
const withReason = (text: string, reason: string | undefined): string =>
  reason ? m.cockpit_event_with_reason({ text, reason }) : text

const minutes = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

const budgetWords = ({ budget }: DeedOf<'speaking-time-set'>, names: Names): string =>
  budget.per === 'faction'
    ? names.faction(budget.faction)
    : { speech: m.cockpit_per_speech, person: m.cockpit_per_person }[budget.per]()

const projectedWords = ({ projector, show }: DeedOf<'scene-projected'>): string => {
  const number = projector.slice('projector:'.length)
  if (show.scene === 'paper') return m.cockpit_event_projected_paper({ number, page: show.page })
  if (show.scene === 'board') return m.cockpit_event_projected_board({ number, page: show.page })
  if (show.scene === 'text') return m.cockpit_event_projected_text({ number, text: show.text })
  return { meeting: m.cockpit_event_projected_meeting, slate: m.cockpit_event_projected_slate }[show.scene]({ number })
}

const words: Words = {
  'meeting-prepared': (d) =>
    m.cockpit_event_prepared({ seats: d.constitution.seats.length, items: d.constitution.agenda.length }),
  'meeting-opened': () => m.cockpit_event_opened(),
  'meeting-paused': (d) => withReason(m.cockpit_event_paused(), d.reason),
  'meeting-resumed': () => m.cockpit_event_resumed(),
  'meeting-closed': () => m.cockpit_event_closed(),
  'presidency-handed': (d, n) => withReason(m.cockpit_event_presidency({ name: n.person(d.person) }), d.reason),
  'item-opened': (d, n) => m.cockpit_event_item_opened({ item: n.item(d.item) }),
  'item-closed': (d, n) => m.cockpit_event_item_closed({ item: n.item(d.item) }),
  'item-deferred': (d, n) => withReason(m.cockpit_event_item_deferred({ item: n.item(d.item) }), d.reason),
  'item-withdrawn': (d, n) => withReason(m.cockpit_event_item_withdrawn({ item: n.item(d.item) }), d.reason),
  'item-added': (d, n) => m.cockpit_event_item_added({ item: n.item(d.entry.item) }),
  'item-moved': (d, n) =>
    d.before === null
      ? m.cockpit_event_item_moved_end({ item: n.item(d.item) })
      : m.cockpit_event_item_moved({ item: n.item(d.item), before: n.item(d.before) }),
  'part-closed': (d) => withReason(m.cockpit_event_part_closed(), d.reason),
  'part-opened': () => m.cockpit_event_part_opened(),
  'note-added': (d) => m.cockpit_event_note({ text: d.text }),
  'person-arrived': (d, n) => m.cockpit_event_arrived({ name: n.person(d.person), mode: modeWords[d.mode]() }),
  'person-left': (d, n) => m.cockpit_event_left({ name: n.person(d.person) }),
  'connection-lost': (d, n) => m.cockpit_event_lost({ name: n.person(d.person) }),
  'connection-restored': (d, n) => m.cockpit_event_restored({ name: n.person(d.person) }),
  'conflict-declared': (d, n) =>
    withReason(
      m.cockpit_event_conflict({ name: n.person(d.person), item: n.item(d.item), away: awayWords[d.away]() }),
      d.reason,
    ),
  'conflict-lifted': (d, n) =>
    withReason(m.cockpit_event_conflict_lifted({ name: n.person(d.person), item: n.item(d.item) }), d.reason),
  'called-to-order': (d, n) => withReason(m.cockpit_event_order({ name: n.person(d.person) }), d.reason),
  'person-excluded': (d, n) => withReason(m.cockpit_event_excluded({ name: n.person(d.person) }), d.reason),
  'disturbance-began': (d) => m.cockpit_event_disturbance({ what: d.what, sphere: sphereWords[d.sphere]() }),
  'disturbance-ended': (d, n) =>
    withReason(
      m.cockpit_event_disturbance_ended({
        what: n.disturbance(d.disturbance),
        consequence: consequenceWords[d.consequence](),
      }),
      d.reason,
    ),
  'speech-requested': (d, n) =>
    m.cockpit_event_requested({
      name: n.speaker(d.speaker),
      form: [formWords[d.form](), d.stance && stanceWords[d.stance]()].filter(Boolean).join(', '),
    }),
  'speech-withdrawn': (d, n) => m.cockpit_event_speech_withdrawn({ name: n.speech(d.speech) }),
  'speech-started': (d, n) => m.cockpit_event_speech_started({ name: n.speech(d.speech) }),
  'speech-paused': (d, n) => m.cockpit_event_speech_paused({ name: n.speech(d.speech) }),
  'speech-resumed': (d, n) => m.cockpit_event_speech_resumed({ name: n.speech(d.speech) }),
  'speech-stopped': (d, n) => m.cockpit_event_speech_stopped({ name: n.speech(d.speech) }),
  'speakers-closed': (d, n) => m.cockpit_event_speakers_closed({ item: n.item(d.item) }),
  'speakers-reopened': (d, n) => m.cockpit_event_speakers_reopened({ item: n.item(d.item) }),
  'speakers-ordered': (d, n) =>
    m.cockpit_event_speakers_ordered({ names: d.order.map((id) => n.speech(id)).join(', ') }),
  'speaking-time-set': (d, n) =>
    d.seconds === null
      ? m.cockpit_event_time_lifted({ whose: budgetWords(d, n) })
      : m.cockpit_event_time_set({ whose: budgetWords(d, n), time: minutes(d.seconds) }),
  'motion-put': (d, n) => m.cockpit_event_motion({ title: d.title, item: n.item(d.item) }),
  'motion-withdrawn': (d, n) => m.cockpit_event_motion_withdrawn({ title: n.motion(d.motion) }),
  'motions-ordered': (d, n) =>
    m.cockpit_event_motions_ordered({ titles: d.order.map((id) => n.motion(id)).join(', ') }),
  'vote-opened': (d) => m.cockpit_event_vote_opened({ question: d.question }),
  'ballots-received': (d, n) => m.cockpit_event_ballots({ question: n.vote(d.vote), count: d.ballots.length }),
  'vote-closed': (d, n) => m.cockpit_event_vote_closed({ question: n.vote(d.vote) }),
  'vote-sealed': (d, n) => m.cockpit_event_vote_sealed({ question: n.vote(d.vote), count: d.ballots.length }),
  'roll-called': (d, n) => m.cockpit_event_roll({ name: n.person(d.person), choice: choiceWords[d.choice]() }),
  'votes-counted': (d, n) =>
    m.cockpit_event_counted({ question: n.vote(d.vote), yes: d.tally.yes, no: d.tally.no, abstain: d.tally.abstain }),
  'objection-raised': (d, n) => m.cockpit_event_objection({ name: n.person(d.person) }),
  'vote-cancelled': (d, n) => withReason(m.cockpit_event_vote_cancelled({ question: n.vote(d.vote) }), d.reason),
  'election-opened': (d) => m.cockpit_event_election({ office: d.office }),
  'candidate-nominated': (d, n) =>
    m.cockpit_event_nominated({ name: d.candidate.name, office: n.election(d.election) }),
  'candidate-withdrawn': (d, n) =>
    m.cockpit_event_candidate_withdrawn({ name: n.candidate(d.election, d.candidate), office: n.election(d.election) }),
  'round-opened': (d, n) => m.cockpit_event_round({ round: d.round, office: n.election(d.election) }),
  'round-counted': (d, n) => m.cockpit_event_round_counted({ round: d.round, office: n.election(d.election) }),
  'lot-drawn': (d, n) =>
    m.cockpit_event_lot({ name: n.candidate(d.election, d.candidate), office: n.election(d.election) }),
  'election-cancelled': (d, n) =>
    withReason(m.cockpit_event_election_cancelled({ office: n.election(d.election) }), d.reason),
  'scene-projected': projectedWords,
}

/** What happened, as one sentence. */
export function deedWords(deed: Deed, names: Names): string {
  const say = words[deed.kind] as (deed: Deed, names: Names) => string
  return say(deed, names)
}

/** What an event says; a correction says what holds instead. */
export function eventWords(body: EventBody, names: Names): string {
  if (body.kind !== 'corrected') return deedWords(body, names)
  const instead = body.instead && deedWords(body.instead, names)
  const text = instead === undefined ? m.cockpit_event_taken_back() : m.cockpit_event_corrected({ instead })
  if (body.at !== undefined)
    return withReason(m.cockpit_event_corrected_time({ text, time: exactTime(body.at) }), body.reason)
  return withReason(text, body.reason)
}
