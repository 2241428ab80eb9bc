import type { InvitationFinding } from '../rules/deadline.ts'
import type { ElectionFinding } from '../rules/election.ts'
import type { Assumption, LegalSource, RuleSet } from '../rules/law/rule-set.ts'
import type { VoteFinding } from '../rules/majority.ts'
import type { VotingRight } from '../rules/meeting/state.ts'
import type { QuorumFinding } from '../rules/quorum.ts'
import { getLocale, m, type Locale } from './index.ts'

/** The language of a sentence; the current one where it is left out. */
export interface InLocale {
  readonly locale?: Locale
}

/** As a lawyer cites it, in every language: "§ 39 Abs. 1 Satz 1 GemO". */
export const sourceWords = ({ law, place }: LegalSource, options: InLocale = {}): string =>
  m.law_source({ law, place }, options)

/** A calendar day `yyyy-mm-dd` as people say it. */
const dayWords = (day: string, { locale = getLocale() }: InLocale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

const neededForQuorum = {
  ordinary: m.law_quorum_needed,
  'with-conflicts': m.law_quorum_needed_conflicts,
  'second-call': m.law_quorum_needed_second,
} as const

/** Whether the body can decide, as the chair establishes it. */
export function quorumSentence(finding: QuorumFinding, options: InLocale = {}): string {
  const { counted, room, remote, of, needed, rule, met } = finding
  const present = m.law_quorum_present({ count: counted, of }, options)
  const counts = counted === room + remote
  const remotely = counts ? m.law_quorum_remote : m.law_quorum_remote_uncounted
  const words = {
    present: remote > 0 ? remotely({ present, remote }, options) : present,
    needed: neededForQuorum[rule]({ count: needed }, options),
    source: sourceWords(finding.source, options),
  }
  return met ? m.law_quorum_met(words, options) : m.law_quorum_missed(words, options)
}

const neededInVote = {
  votes: m.law_needed_votes,
  present: m.law_needed_present,
  statutory: m.law_needed_statutory,
} as const

/** Abstentions and invalid votes, where there are any. */
function besides({ abstain, invalid }: VoteFinding['tally'], options: InLocale): string {
  const parts = [
    ...(abstain > 0 ? [m.law_abstentions({ count: abstain }, options)] : []),
    ...(invalid > 0 ? [m.law_invalid({ count: invalid }, options)] : []),
  ]
  const [one, other] = parts
  if (one === undefined) return ''
  return other === undefined ? m.law_besides_one({ one }, options) : m.law_besides_two({ one, other }, options)
}

function voteVerdict({ outcome, tie, tally }: VoteFinding) {
  if (outcome === 'not-quorate') return m.law_vote_not_quorate
  if (outcome === 'accepted') return m.law_vote_accepted
  return tie && tally.yes > 0 ? m.law_vote_tie : m.law_vote_rejected
}

/** Of how many votes it takes how many; by circulation those whom a conflict keeps out are not among them. */
const neededFor = ({ base, majority }: VoteFinding) =>
  majority === 'unanimous-statutory' ? m.law_needed_everybody : neededInVote[base]

/** What a vote decided, as the chair announces it. */
export function voteSentence(finding: VoteFinding, options: InLocale = {}): string {
  const { tally, needed, of, irregular, source } = finding
  const votes = m.law_yes_votes({ count: needed }, options)
  const words = {
    yes: tally.yes,
    no: tally.no,
    besides: besides(tally, options),
    needed: neededFor(finding)({ count: needed, votes, of }, options),
    source: sourceWords(source, options),
  }
  const sentence = voteVerdict(finding)(words, options)
  return irregular === undefined ? sentence : `${sentence} ${m.law_vote_abstention({}, options)}`
}

function electionVerdict({ outcome, byLot, lotFor, repeated }: ElectionFinding) {
  if (repeated === 'quorum') return m.law_election_repeat_quorum
  if (repeated !== undefined) return repeated === 'invalid' ? m.law_election_repeat_invalid : m.law_election_repeat_tie
  if (outcome === 'lot') return lotFor === 'office' ? m.law_election_lot : m.law_election_lot_run_off
  if (outcome === 'elected') return byLot ? m.law_election_elected_lot : m.law_election_elected
  if (outcome === 'run-off') return byLot ? m.law_election_run_off_lot : m.law_election_run_off
  return outcome === 'next-round' ? m.law_election_next : m.law_election_not_elected
}

/** Where an election stands; `names` by candidate, who is called by the id where a name is missing. */
export function electionSentence(
  finding: ElectionFinding,
  names: ReadonlyMap<string, string>,
  options: InLocale = {},
): string {
  const { candidates, needed, of, most, source } = finding
  const list = new Intl.ListFormat(options.locale ?? getLocale(), { type: 'conjunction' })
  const words = {
    names: list.format(candidates.map((candidate) => names.get(candidate) ?? candidate)),
    needed,
    of,
    most,
    source: sourceWords(source, options),
  }
  return electionVerdict(finding)(words, options)
}

const invitationVerdict = {
  'in-time': m.law_invitation_in_time,
  shortened: m.law_invitation_shortened,
  unreasoned: m.law_invitation_unreasoned,
  late: m.law_invitation_late,
} as const

/** Whether an invitation leaves the members their time. */
export function invitationSentence(finding: InvitationFinding, options: InLocale = {}): string {
  // Sent on the day of the meeting or after it: no day lies between.
  const count = Math.max(0, finding.clearDays)
  const words = {
    between: m.law_invitation_between({ count, days: m.law_days({ count }, options) }, options),
    needed: m.law_invitation_needed({ count: finding.needed }, options),
    latest: dayWords(finding.latest, options),
    source: sourceWords(finding.source, options),
  }
  const sentence = invitationVerdict[finding.outcome](words, options)
  return finding.confirm ? `${sentence} ${m.law_invitation_confirm({}, options)}` : sentence
}

const whyNoVote = {
  'no-vote': m.law_right_no_vote,
  absent: m.law_right_absent,
  'cut-off': m.law_right_cut_off,
  conflict: m.law_right_conflict,
  'excluded-from-meeting': m.law_right_excluded,
  'remote-does-not-count': m.law_right_remote,
  'chair-without-vote': m.law_right_chair,
} as const

function sourceOfRight(right: VotingRight, { membership, votes, hybrid, conflict, order }: RuleSet): LegalSource {
  if (right.kind === 'entitled') return votes.majorities.simple.source
  switch (right.because) {
    case 'no-vote':
      return membership.source
    case 'absent':
      return votes.majorities.simple.source
    case 'conflict':
      return conflict.source
    case 'excluded-from-meeting':
      return order.source
    case 'chair-without-vote':
      return votes.chairWithoutVote.source
    case 'cut-off':
    case 'remote-does-not-count':
      return hybrid?.source ?? votes.majorities.simple.source
  }
}

/** Whether a person may vote, and why not. */
export function votingRightSentence(right: VotingRight, rules: RuleSet, options: InLocale = {}): string {
  const source = sourceWords(sourceOfRight(right, rules), options)
  return (right.kind === 'entitled' ? m.law_right_entitled : whyNoVote[right.because])({ source }, options)
}

/** What calls to order allow by now. */
export function orderSentence(callsToOrder: number, { order }: RuleSet, options: InLocale = {}): string {
  const words = {
    calls: m.law_order_calls({ count: callsToOrder }, options),
    needed: order.callsBeforeExclusion,
    source: sourceWords(order.source, options),
  }
  if (callsToOrder < order.callsBeforeExclusion) return m.law_order_not_yet(words, options)
  return order.excludedBy === 'chair' ? m.law_order_chair(words, options) : m.law_order_body(words, options)
}

/** How many members the law gives the council of a town. */
export const membersSentence = (
  inhabitants: number,
  members: number,
  { membership }: RuleSet,
  options: InLocale = {},
): string =>
  m.law_members(
    {
      inhabitants: new Intl.NumberFormat(options.locale ?? getLocale()).format(inhabitants),
      members,
      source: sourceWords(membership.source, options),
    },
    options,
  )

/** Until when the members should have the minutes; `latest` as `latestMinutesDay` says. */
export function minutesSentence(latest: string | undefined, { minutes }: RuleSet, options: InLocale = {}): string {
  const source = sourceWords(minutes.source, options)
  if (latest === undefined) return m.law_minutes_open({ source }, options)
  return m.law_minutes_latest({ latest: dayWords(latest, options), source }, options)
}

/** Says by which law the numbers were computed, and that a lawyer has to confirm it; for wherever findings are shown. */
export const disclaimerSentence = ({ name, unconfirmed }: RuleSet, options: InLocale = {}): string =>
  m.law_disclaimer(
    {
      law: name,
      places: new Intl.ListFormat(options.locale ?? getLocale()).format(unconfirmed.map(({ source }) => source.place)),
    },
    options,
  )

const assumptions = {
  'abstaining-is-present': m.law_assumed_abstaining_is_present,
  'asked-by-circulation': m.law_assumed_asked_by_circulation,
  'chair-rests-in-elections': m.law_assumed_chair_rests_in_elections,
  'empty-seats': m.law_assumed_empty_seats,
  'first-mayor-votes': m.law_assumed_first_mayor_votes,
  'invitation-days': m.law_assumed_invitation_days,
  'kept-out': m.law_assumed_kept_out,
  'large-towns': m.law_assumed_large_towns,
  'member-numbers': m.law_assumed_member_numbers,
  'never-secret': m.law_assumed_never_secret,
  'objections-after-minutes': m.law_assumed_objections_after_minutes,
  'order-by-majority': m.law_assumed_order_by_majority,
  'order-of-agenda': m.law_assumed_order_of_agenda,
  'order-of-requests': m.law_assumed_order_of_requests,
  'recording-consent': m.law_assumed_recording_consent,
  'run-off-by-lot': m.law_assumed_run_off_by_lot,
  'second-call': m.law_assumed_second_call,
  'silence-is-no-consent': m.law_assumed_silence_is_no_consent,
  'single-candidate': m.law_assumed_single_candidate,
  'two-calls-to-order': m.law_assumed_two_calls_to_order,
  'urgent-notice': m.law_assumed_urgent_notice,
} satisfies Record<Assumption, unknown>

/** How a rule set reads a place of the law that no stored source confirmed. */
export const assumptionSentence = (assumed: Assumption, options: InLocale = {}): string =>
  assumptions[assumed]({}, options)
