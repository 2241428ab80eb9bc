import {
  progressId,
  type MeetingProgress,
  type PublicElection,
  type PublicScreen,
  type PublicSpeech,
  type PublicVote,
} from '../../council/meeting-progress.ts'
import type { VoteFinding } from '../majority.ts'
import { projectionOf, type Projection } from './projection.ts'
import {
  seatOf,
  type Election,
  type Instant,
  type ItemState,
  type MeetingState,
  type Span,
  type Speech,
  type Vote,
} from './state.ts'

/** Everything of a meeting's progress but the stamps, which the publisher gives. */
export type ProgressImage = Omit<MeetingProgress, 'created' | 'modified' | '_rev'>

const at = (instant: Instant): string => new Date(instant).toISOString()

/**
 * What everybody may see of a meeting's course (GemO RLP §35): public items and what happened about them while the
 * public was in, the quorum while it is, and that the closed part is on while it is. Undefined before the opening.
 *
 * @param isShown whether everybody may read an agenda item in full; the publication rule answers it
 */
export function progressOf(state: MeetingState, isShown: (item: string) => boolean): ProgressImage | undefined {
  const { phase, opened } = state
  if (opened === undefined || phase === 'unprepared' || phase === 'prepared') return undefined
  const shown = new Map(state.agenda.filter(({ item, public: open }) => open && isShown(item)).map((i) => [i.item, i]))
  const speaker = state.public && phase === 'open' ? speakerOf(state, shown) : undefined
  const screens = screensOf(state, shown)
  const speeches = speechesOf(state, shown)
  return {
    ...{ _id: progressId(state.meeting), type: 'progress', schema: 1, meeting: state.meeting },
    phase,
    opened: at(opened),
    ...(state.closed === undefined ? {} : { closed: at(state.closed) }),
    public: state.public && phase !== 'closed',
    ...(state.public && state.current !== undefined && shown.has(state.current) ? { current: state.current } : {}),
    items: [...shown.values()].map((item) => itemOf(item)),
    ...(speaker ? { speaker } : {}),
    ...(speeches.length > 0 ? { speeches } : {}),
    ...(state.public && phase !== 'closed' ? presenceOf(state) : {}),
    ...(screens.length > 0 ? { screens } : {}),
    votes: [...state.votes.values()].flatMap((vote) => (isPublicVote(vote, shown) ? publicVoteOf(vote, state) : [])),
    elections: [...state.elections.values()].flatMap((election) =>
      isPublicElection(election, shown) ? publicElectionOf(election) : [],
    ),
  }
}

const itemOf = ({ item, status, spans }: ItemState): MeetingProgress['items'][number] => ({
  item,
  status,
  spans: spans.map(spanOf),
})

const spanOf = ({ from, to }: Span): PublicSpeech['spans'][number] => ({
  from: at(from),
  ...(to === undefined ? {} : { to: at(to) }),
})

/**
 * Who spoke while the public was in, and when: by what was believed when they spoke, and by the times that hold now; of
 * items that everybody may read, and never while another one was on.
 */
function speechesOf(state: MeetingState, shown: ReadonlyMap<string, ItemState>): PublicSpeech[] {
  const open = state.parts.filter((part) => part.public)
  const isOpen = ({ from, to = Infinity }: Span): boolean =>
    open.some((part) => part.from <= from && to <= (part.to ?? Infinity))
  const hidden = state.agenda.filter(({ item }) => !shown.has(item)).flatMap(({ spans }) => spans)
  const isHidden = ({ from, to = Infinity }: Span): boolean =>
    hidden.some((other) => other.from < to && from < (other.to ?? Infinity))
  return [...state.speeches.values()]
    .filter(
      ({ inPublic, item, heardOn }) =>
        inPublic && [...heardOn, ...(item === null ? [] : [item])].every((one) => shown.has(one)),
    )
    .map((speech) => ({ speech, spans: speech.spans.filter((span) => isOpen(span) && !isHidden(span)) }))
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => (a.spans[0]?.from ?? 0) - (b.spans[0]?.from ?? 0))
    .map(({ speech, spans }) => ({ item: speech.item, ...namesOf(speech, state), spans: spans.map(spanOf) }))
}

function speakerOf(state: MeetingState, shown: ReadonlyMap<string, ItemState>): MeetingProgress['speaker'] {
  const speech = state.speeches.get(state.floor[0] ?? '')
  if (!speech || speech.status !== 'speaking' || (speech.item !== null && !shown.has(speech.item))) return undefined
  const since = speech.spans.at(-1)?.from
  return since === undefined ? undefined : { ...namesOf(speech, state), form: speech.form, since: at(since) }
}

function namesOf({ speaker }: Speech, state: MeetingState): { name: string; faction?: string } {
  if ('guest' in speaker) return { name: speaker.guest }
  const seat = seatOf(state, speaker.person)
  const faction = state.constitution?.factions.find(({ organization }) => organization === seat?.faction)?.name
  return { name: seat?.name ?? speaker.person, ...(faction === undefined ? {} : { faction }) }
}

/** What is read in the room can be read by everybody: the same on several screens is told once, with all of them. */
function screensOf(state: MeetingState, shown: ReadonlyMap<string, ItemState>): PublicScreen[] {
  const screens = new Map<string, PublicScreen & { projectors: string[] }>()
  for (const projector of state.projections.keys()) {
    const screen = screenOf(projectionOf(state, projector, true), shown)
    const key = JSON.stringify(screen)
    if (screen) screens.set(key, { ...screen, projectors: [...(screens.get(key)?.projectors ?? []), projector] })
  }
  return [...screens.values()]
}

function screenOf(seen: Projection, shown: ReadonlyMap<string, ItemState>): PublicScreen | undefined {
  if (seen.show === 'text' || seen.show === 'slate') return seen
  if (seen.show === 'paper' && shown.has(seen.item)) return { show: 'paper', item: seen.item, page: seen.page }
  return seen.show === 'board' && shown.has(seen.item) ? { show: 'board', item: seen.item } : undefined
}

function presenceOf({ attendance, quorum }: MeetingState): Pick<MeetingProgress, 'present' | 'quorum'> {
  const here = [...attendance.values()].filter((entry) => entry.here && !entry.cutOff)
  const room = here.filter(({ mode }) => mode === 'room').length
  const present = { room, remote: here.length - room }
  if (!quorum) return { present }
  const { met, needed, counted, source } = quorum
  return { present, quorum: { met, needed, counted, source } }
}

/** The vote on closing the part is itself closed (GemO RLP §35 (1)). */
const isPublicVote = (
  { inPublic, status, subject, item, about }: Vote,
  shown: ReadonlyMap<string, ItemState>,
): boolean =>
  inPublic &&
  status !== 'cancelled' &&
  subject !== 'publicity' &&
  [...about, ...(item === null ? [] : [item])].every((one) => shown.has(one))

const isPublicElection = (
  { inPublic, status, item, about }: Election,
  shown: ReadonlyMap<string, ItemState>,
): boolean => inPublic && status !== 'cancelled' && [item, ...about].every((one) => shown.has(one))

function publicVoteOf(vote: Vote, state: MeetingState): PublicVote {
  const { tally, finding, factions } = vote
  const nameOfFaction = (id: string | null): { name?: string } => {
    const name = state.constitution?.factions.find(({ organization }) => organization === id)?.name
    return name === undefined ? {} : { name }
  }
  const received = vote.mode === 'roll-call' ? vote.called.size : vote.received.size
  return {
    ...{ vote: vote.vote, item: vote.item, question: vote.question, subject: vote.subject, majority: vote.majority },
    secret: vote.secret,
    opened: at(vote.opened),
    status: vote.status as PublicVote['status'],
    entitled: vote.entitled.length,
    received,
    ...(tally && finding ? { tally, finding: findingOf(finding) } : {}),
    ...(tally && factions && !vote.secret
      ? { factions: factions.map((entry) => ({ ...entry, ...nameOfFaction(entry.faction) })) }
      : {}),
    ...(vote.mode === 'roll-call' && vote.status === 'decided' ? { named: namedOf(vote, state) } : {}),
  }
}

const findingOf = ({ outcome, needed, of, base, tie, source }: VoteFinding): PublicVote['finding'] => ({
  ...{ outcome, needed, of, base, tie },
  source,
})

const namedOf = (vote: Vote, state: MeetingState): NonNullable<PublicVote['named']> =>
  [...vote.called].map(([person, choice]) => ({ person, name: seatOf(state, person)?.name ?? person, choice }))

function publicElectionOf(election: Election): PublicElection {
  const { finding } = election
  const isDecided = election.status === 'decided' && finding?.outcome === 'elected'
  return {
    ...{ election: election.election, item: election.item, office: election.office },
    status: election.status as PublicElection['status'],
    candidates: election.candidates.filter(({ candidate }) => !election.withdrawn.includes(candidate)),
    rounds: election.rounds.flatMap(({ round, count }) =>
      count
        ? {
            round,
            votes: [...count.votes].map(([candidate, votes]) => ({ candidate, votes })),
            ...{ against: count.against, abstain: count.abstain, invalid: count.invalid },
          }
        : [],
    ),
    elected: isDecided ? [...finding.candidates] : [],
    byLot: isDecided && finding.byLot,
  }
}
