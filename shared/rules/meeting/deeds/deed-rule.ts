import { hubAccount, type Author, type DeedKind, type DeedOf } from '../../../council/meeting-event.ts'
import type { Instant, MeetingState, RefusalCause } from '../state.ts'
import type { Draft } from './draft.ts'

/** By whom, when and by which event something is done. */
export interface Moment {
  readonly event: string
  readonly at: Instant
  readonly author: Author
  readonly late: boolean
  /** Whether the public is in, nothing that was said later casts a doubt on it, and what was written may be read by all. */
  readonly inPublic: boolean
  /** The item that the event was about as it was written, or that was on. */
  readonly about: string | undefined
}

/** Undefined: it may be so. */
export type Judgement = RefusalCause | undefined

export interface DeedRule<Kind extends DeedKind> {
  /** Phases of the meeting in which it can happen. */
  readonly phases: readonly MeetingState['phase'][]
  /** Whether the author may do this at all. */
  readonly may: (state: MeetingState, author: Author, deed: DeedOf<Kind>) => Judgement
  /** Judges the deed against what happened so far, and writes only when nothing speaks against it. */
  readonly effect: (draft: Draft, deed: DeedOf<Kind>, moment: Moment) => Judgement
}
export type DeedRules<Kinds extends DeedKind> = { readonly [Kind in Kinds]: DeedRule<Kind> }

export const running: DeedRule<DeedKind>['phases'] = ['open', 'paused']
export const inSession: DeedRule<DeedKind>['phases'] = ['open']
export const fromPrepared: DeedRule<DeedKind>['phases'] = ['prepared', 'open', 'paused']

/** Whether an author is the hub itself. */
export const isHub = (author: Author): boolean => author.account === hubAccount

/** Whether an author prepares meetings by office. */
export const prepares = (author: Author): boolean =>
  !isHub(author) && author.roles.some((role) => role === 'chair' || role === 'clerk' || role === 'administrator')

/** Whether an author runs this meeting: by office, or as one of those who may preside. */
export const presides = (state: MeetingState, author: Author): boolean =>
  prepares(author) ||
  (!isHub(author) && author.person !== null && state.constitution?.presidents.includes(author.person) === true)

export const byPresidents = (state: MeetingState, author: Author): Judgement =>
  presides(state, author) ? undefined : 'not-allowed'

export const byHub = (_state: MeetingState, author: Author): Judgement => (isHub(author) ? undefined : 'not-allowed')

/** Persons for themselves, presidents for everybody; whose deed it is is undefined for what concerns no person. */
export const byPerson =
  <Deed>(personOf: (deed: Deed, state: MeetingState) => string | undefined) =>
  (state: MeetingState, author: Author, deed: Deed): Judgement => {
    if (presides(state, author)) return undefined
    if (isHub(author) || author.person === null) return 'not-allowed'
    const person = personOf(deed, state)
    if (person === undefined) return 'not-allowed'
    return person === author.person ? undefined : 'not-yours'
  }
