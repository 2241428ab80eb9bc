import { dayIn } from '../../../../shared/calendar-day.ts'
import { canonical } from '../../../../shared/canonical.ts'
import type { MinutesDocument } from '../../../../shared/council/minutes.ts'
import type { AnyRecord, Minutes, MinutesSection } from '../../../../shared/council/records/index.ts'
import type { SignOff } from '../../../../shared/council/records/minutes.ts'
import { minutesSection } from '../../../../shared/council/records/minutes-section.ts'
import { preparesMeetings } from '../../../../shared/rules/access.ts'
import { lastObjectionDay } from '../../../../shared/rules/deadline.ts'
import { ruleSet } from '../../../../shared/rules/law/index.ts'
import { seatOf } from '../../../../shared/rules/meeting/state.ts'
import { closedSections } from '../../../../shared/rules/remains/reading.ts'
import { success } from '../../../../shared/result.ts'
import { digestOf } from '../../signing.ts'
import { changed, type Matter } from '../matter.ts'
import { minutesIn, refuse, unknown, type ActOf, type Actor, type Outcome } from './act.ts'

/**
 * Freezes a document to be signed. What the log does not prove public cannot be presented as public, whatever the text
 * says; a document that differs from the one before is to be signed anew.
 */
export function present(matter: Matter, actor: Actor, { document }: ActOf<'present'>): Outcome {
  const minutes = minutesIn(matter, ['draft', 'presented'])
  if (!minutes.ok) return minutes
  const proven = new Set(matter.draft?.sections.filter((section) => section.public).map(({ key }) => key))
  const faults = document.sections.flatMap((section, index) =>
    section.public && !proven.has(section.key)
      ? [{ field: `document.sections.${index}.public`, message: 'is not proven by the log' }]
      : [],
  )
  if (faults.length > 0) return refuse('bad-request', 'Some sections are not public.', faults)
  const frozen = unsigned(document)
  const digest = digestOf(canonical(frozen))
  const signOffs = minutes.value.signOffs.filter((signOff) => signOff.digest === digest)
  const state = { state: 'presented', document: frozen, digest, presented: actor.at, signOffs } as const
  return success([changed(minutes.value, actor.at, state)])
}

/** Who signed says the record, and nobody before it. */
const unsigned = (document: MinutesDocument): MinutesDocument => ({
  ...document,
  signatures: document.signatures.map(({ signed: _, ...signature }) => signature),
})

/** Back to the draft, as long as not both have signed. */
export function takeBack(matter: Matter, actor: Actor): Outcome {
  const minutes = minutesIn(matter, ['presented'])
  if (!minutes.ok) return minutes
  const { document: _, digest: __, presented: ___, ...rest } = minutes.value
  return success([changed(rest, actor.at, { state: 'draft', signOffs: [] })])
}

/** One of two signatures under exactly the document that was read; with both the bodies that met have the minutes. */
export function sign(
  matter: Matter,
  actor: Actor,
  { by, digest }: ActOf<'sign'>,
  objectionDays: number | undefined,
): Outcome {
  const { minutes } = matter
  if (!mayKnow(actor, matter)) return unknown()
  if (!maySign(matter, actor, by)) return refuse('forbidden', 'Somebody else signs here.')
  if (minutes?.state !== 'presented') return refuse('conflict', 'There is nothing to sign.')
  if (minutes.digest !== digest) return refuse('conflict', 'Another document was presented meanwhile.')
  const others = minutes.signOffs.filter((signOff) => signOff.by !== by)
  if (others.some(({ account, person }) => account === actor.account || isSame(person, actor.principal.person)))
    return refuse('forbidden', 'Two people sign.')
  const signOffs = [...others, signOffOf(matter, actor, { by, digest })]
  const isComplete = signOffs.length === 2
  const handedOut = isComplete ? { state: 'signed' as const, ...objectionsUntil(matter, actor.at, objectionDays) } : {}
  const signed = changed(minutes, actor.at, { signOffs, ...handedOut })
  return success<readonly AnyRecord[]>(isComplete ? [signed, ...sectionsOf(signed, actor.at)] : [signed])
}

/** The last day for objections by the town's rules of procedure, where they are what holds. */
function objectionsUntil(
  { log, source }: Matter,
  at: string,
  days: number | undefined,
): Pick<Minutes, 'objectionsUntil'> {
  const until = lastObjectionDay(ruleSet(log.state.constitution?.rules ?? ''), dayIn(source.zone, at), days)
  return until === undefined ? {} : { objectionsUntil: until }
}

const isSame = (a: string | undefined, b: string | null): boolean => a !== undefined && a === b

const mayKnow = ({ principal }: Actor, { log }: Matter): boolean =>
  preparesMeetings(principal) || (principal.person !== null && seatOf(log.state, principal.person) !== undefined)

/**
 * What somebody who presided reads before they sign: all of it, as they answer for all. Who was kept out of an item by a
 * conflict of interest (GemO RLP §22) may not read that, and so somebody else signs.
 */
export function presentedTo(matter: Matter, principal: Actor['principal']): Minutes | undefined {
  const { minutes, log } = matter
  if (minutes?.state !== 'presented' || !presidedBy(matter, principal)) return undefined
  const { person, organizations } = principal
  if (!matter.meeting.organization.some((id) => organizations.includes(id))) return undefined
  const isConflicted = log.state.agenda.some(({ conflicts }) => conflicts.some((one) => one.person === person))
  if (isConflicted || isExcluded(matter, person)) return undefined
  return { ...minutes, signOffs: minutes.signOffs.map(({ by, name, at }) => ({ by, name, at })) }
}

const isExcluded = ({ records, meeting }: Matter, person: string | null): boolean =>
  [...records.graph.referrers(meeting._id)].some(
    (record) => record.type === 'agenda-item' && person !== null && record.excluded?.includes(person) === true,
  )

const maySign = (matter: Matter, { principal }: Actor, by: SignOff['by']): boolean =>
  by === 'clerk' ? preparesMeetings(principal) : presidedBy(matter, principal)

function presidedBy({ log }: Matter, { person }: Actor['principal']): boolean {
  const { presiding, constitution } = log.state
  return person !== null && (person === presiding || constitution?.presidents.includes(person) === true)
}

function signOffOf(
  { log, records }: Matter,
  { principal, account, name, at }: Actor,
  { by, digest }: Pick<SignOff, 'by'> & { digest: string },
): SignOff {
  const { person } = principal
  const seat = person === null ? undefined : seatOf(log.state, person)
  const known = seat?.name ?? records.get('person', person ?? undefined)?.name
  return { by, name: known ?? name, at, account, ...(person === null ? {} : { person }), digest }
}

/** What the circles of closed items get, once somebody is kept out of them. */
function sectionsOf(minutes: Minutes, at: string): MinutesSection[] {
  const { _id, meeting, term, document } = minutes
  const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)
  return closedSections(document!).map(({ agendaItem, section, after }) => ({
    ...{ _id: `minutes-section:${keyOf(_id)}-${keyOf(agendaItem)}`, type: 'minutes-section' },
    ...{ schema: minutesSection.version, created: at, modified: at, minutes: _id, meeting, term },
    ...{ agendaItem, section, after },
  }))
}
