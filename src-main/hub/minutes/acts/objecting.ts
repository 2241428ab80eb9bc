import { dayIn } from '../../../../shared/calendar-day.ts'
import { ulid } from 'ulid'
import type { MinutesSection, Objection } from '../../../../shared/council/records/index.ts'
import { objection as objectionRecord } from '../../../../shared/council/records/objection.ts'
import type { Annotation } from '../../../../shared/council/records/minutes.ts'
import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import { organizationAudience, type Audience } from '../../../../shared/rules/audience.ts'
import { ruleSet } from '../../../../shared/rules/law/index.ts'
import { seatOf } from '../../../../shared/rules/meeting/state.ts'
import { imagesOf } from '../../../../shared/rules/publication.ts'
import { handedOutAt, isTooLate, objectionLimit } from '../../../../shared/rules/remains/objecting.ts'
import { itemOfSection } from '../../../../shared/rules/remains/reading.ts'
import { success, type Result } from '../../../../shared/result.ts'
import { changed, type Matter } from '../matter.ts'
import { minutesIn, refuse, unknown, type ActOf, type Actor, type Outcome } from './act.ts'
import { printed, type Publication } from './publishing.ts'

/**
 * A member of a body that met, or who had a seat in the meeting, finds a section wrong that they may read.
 *
 * @param over for when later meetings of the body that are over had been called
 */
export function object(matter: Matter, actor: Actor, act: ActOf<'object'>, over: readonly string[]): Outcome {
  const { minutes, meeting, log } = matter
  const { person, organizations } = actor.principal
  if (person === null || !minutes) return unknown()
  const seat = seatOf(log.state, person)
  if (!seat && !meeting.organization.some((id) => organizations.includes(id))) return unknown()
  if (!sectionsKnownTo(matter, actor).has(act.section)) return unknown()
  const handedOut = handedOutAt(minutes)
  const limit = objectionLimit(ruleSet(log.state.constitution?.rules ?? ''), minutes)
  const today = dayIn(matter.source.zone, actor.at)
  if (handedOut === undefined || isTooLate(limit, { handedOut, over, today }))
    return refuse('too-late', 'The time for objections is over.')
  // As everybody knows the person: what an account is called is nobody else's business.
  const name = seat?.name ?? matter.records.get('person', person)?.name
  if (name === undefined) return unknown()
  const agendaItem = matter.records.get('agenda-item', itemOfSection(act.section))?._id
  const objection: Objection = {
    ...{ _id: `objection:${ulid()}`, type: 'objection', schema: objectionRecord.version },
    ...{ created: actor.at, modified: actor.at, minutes: minutes._id, meeting: meeting._id, term: meeting.term },
    ...{ section: act.section, person, name, wished: act.wished, raised: actor.at },
    ...{ state: 'raised', ...(agendaItem === undefined ? {} : { agendaItem }) },
    ...(act.reason === undefined ? {} : { reason: act.reason }),
  }
  return success([objection])
}

/** Keys of the sections that the actor may read, through their bodies, their circles or with everybody. */
function sectionsKnownTo({ records, minutes }: Matter, { principal }: Actor): ReadonlySet<string> {
  const images = minutes ? imagesOf(minutes, records.graph) : new Map<Audience, never>()
  const audiences: readonly Audience[] = ['public', ...principal.organizations.map(organizationAudience)]
  const read = audiences.flatMap((audience) => {
    const image = images.get(audience)
    return image?.type === 'minutes' ? (image.document?.sections ?? []).map(({ key }) => key) : []
  })
  const isHandedOut = images.size > 0
  const circles = (principal.circles ?? []).map((item) => `item:${item.slice(item.indexOf(':') + 1)}:closed`)
  const known: readonly string[] =
    minutes?.document?.sections.map((section: MinutesSection['section']) => section.key) ?? []
  return new Set([...read, ...(isHandedOut ? circles.filter((key) => known.includes(key)) : [])])
}

/** Puts an objection before a later meeting of a body that met. */
export function table(matter: Matter, actor: Actor, act: ActOf<'table'>): Outcome {
  const found = openObjection(matter, act.objection)
  if (!found.ok) return found
  const item = matter.records.get('agenda-item', act.agendaItem)
  const later = matter.records.get('meeting', item?.meeting)
  if (!item || !later || Date.parse(later.start) <= Date.parse(matter.meeting.start))
    return refuse('bad-request', 'It is no item of a later meeting.')
  if (!later.organization.some((id) => matter.meeting.organization.includes(id)))
    return refuse('bad-request', 'Another body meets there.')
  return success([changed(found.value, actor.at, { state: 'tabled', tabled: item._id })])
}

/** The later meeting in which an objection is decided. */
export interface Deciding {
  readonly matter: Matter
  /** Whether everybody may know of the vote. */
  readonly isPublic: (vote: string) => boolean
}

/**
 * Enters what a vote of the later meeting decided. The minutes carry it beside the text that was signed, and are
 * printed anew when everybody may read it.
 */
export function decide(
  matter: Matter,
  actor: Actor,
  act: ActOf<'decide'>,
  later: Deciding | undefined,
): Result<Publication, ApiFailure> {
  const found = openObjection(matter, act.objection)
  if (!found.ok) return found
  const { minutes } = matter
  const vote = later?.matter.log.state.votes.get(act.vote)
  if (!minutes || !later || !vote || vote.item !== found.value.tabled)
    return refuse('bad-request', 'It is no vote about the item before which the objection was put.')
  if (vote.status !== 'decided' || !vote.finding) return refuse('conflict', 'The vote is not decided.')
  const rule = ruleSet(later.matter.log.state.constitution?.rules ?? '')?.minutes.objections
  if (rule && vote.majority !== rule.majority) return refuse('bad-request', 'The law asks for another majority.')
  const accepted = vote.finding.outcome === 'accepted'
  const correction = accepted ? (act.correction ?? found.value.wished) : undefined
  const decided = new Date(vote.opened).toISOString()
  const { section: key, _id: objection } = found.value
  const section = minutes.document?.sections.find((one) => one.key === key)
  const annotation: Annotation = {
    ...{ objection, section: key, public: section?.public === true && later.isPublic(act.vote), accepted, decided },
    ...{ decidedIn: later.matter.meeting.name, vote: act.vote, ...(correction === undefined ? {} : { correction }) },
  }
  const settled = changed(found.value, actor.at, {
    ...{ state: accepted ? 'accepted' : 'rejected', vote: act.vote, decided },
    ...(correction === undefined ? {} : { correction }),
  })
  const annotated = changed(minutes, actor.at, { annotations: [...minutes.annotations, annotation] })
  const publication =
    annotated.state === 'published' && annotation.public
      ? printed(matter, annotated, actor.at)
      : { records: [annotated], jobs: [] }
  return success({ ...publication, records: [settled, ...publication.records] })
}

function openObjection(matter: Matter, id: string): Result<Objection, ApiFailure> {
  const minutes = minutesIn(matter, ['signed', 'published'])
  if (!minutes.ok) return minutes
  const objection = matter.records.get('objection', id)
  if (objection?.minutes !== minutes.value._id) return refuse('not-found', 'There is no such objection.')
  if (objection.state !== 'raised' && objection.state !== 'tabled')
    return refuse('conflict', 'The objection was decided.')
  return success(objection)
}
