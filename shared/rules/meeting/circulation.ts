import type { DeedOf } from '../../council/meeting-event.ts'
import type { RuleSet } from '../law/rule-set.ts'
import type { Instant, MeetingState, RefusalCause, Vote } from './state.ts'

type Opening = DeedOf<'vote-opened'>

/** Whether a vote is a decision by circulation: without a meeting, answered at home until a deadline. */
export const isCirculation = (vote: Pick<Vote, 'until'>): vote is { readonly until: Instant } =>
  vote.until !== undefined

/** The circulation that members can answer, or that is being counted. */
export const runningCirculation = ({ votes }: Pick<MeetingState, 'votes'>): (Vote & { until: Instant }) | undefined =>
  [...votes.values()].find(
    (vote): vote is Vote & { until: Instant } =>
      isCirculation(vote) && (vote.status === 'open' || vote.status === 'counting'),
  )

/** Whether members were asked by what was frozen, or have answered: it stays, unless the vote was cancelled. */
export const hasBeenAsked = ({ votes }: Pick<MeetingState, 'votes'>): boolean =>
  [...votes.values()].some(({ status }) => status !== 'cancelled')

/** Whether an answer that came in at some time is in time; votes in a meeting have no deadline. */
export const isInTime = ({ until }: Pick<Vote, 'until'>, at: Instant | undefined): boolean =>
  until === undefined || (at !== undefined && at <= until)

/** Whether a vote may be closed: a circulation when everybody has answered, or when its deadline has passed. */
export const mayClose = ({ until, entitled, received }: Vote, at: Instant): boolean =>
  until === undefined || at > until || entitled.every((person) => received.has(person))

/**
 * Why a circulation may not be opened like this; undefined where it may. It runs while nobody meets: in a log that is
 * prepared and not opened, from the members' own devices, never secret, on an item that exists.
 */
export function causeAgainstCirculation(
  { phase, agenda }: MeetingState,
  { votes }: RuleSet,
  { item, mode, secret, until }: Pick<Opening, 'item' | 'mode' | 'secret' | 'until'>,
  at: Instant,
): RefusalCause | undefined {
  if (votes.circular === null || phase !== 'prepared' || mode !== 'devices' || secret) return 'rules-forbid'
  if (!agenda.some((entry) => entry.item === item)) return 'unknown'
  return until === undefined || until <= at ? 'implausible' : undefined
}
