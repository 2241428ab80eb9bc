import type { AgendaItem, Consultation, Meeting, Organization } from '../../../shared/oparl/index.ts'

/** One station of a paper's way through the committees. */
export interface ChainStep {
  readonly consultation: Consultation
  readonly organizations: readonly Organization[]
  readonly meeting: Meeting | undefined
  readonly item: AgendaItem | undefined
  /** `held`: the meeting has begun; `planned`: its date is known; `open`: no date yet. */
  readonly state: 'held' | 'planned' | 'open'
}

export interface ChainContext {
  meeting(id: string | undefined): Meeting | undefined
  item(id: string | undefined): AgendaItem | undefined
  organizations(ids: readonly string[]): readonly Organization[]
  /** Instant, RFC 3339 in UTC. */
  readonly now: string
}

/** The way of a paper in the order of its meetings; stations without a date stand last, the deciding one at the end. */
export function chainOf(consultations: readonly Consultation[], context: ChainContext): ChainStep[] {
  return consultations
    .filter((consultation) => !consultation.deleted)
    .map((consultation) => stepOf(consultation, context))
    .sort(compareSteps)
}

function stepOf(consultation: Consultation, context: ChainContext): ChainStep {
  const item = context.item(consultation.agendaItem)
  const meeting = context.meeting(consultation.meeting ?? item?.meeting)
  const state = !meeting ? 'open' : Date.parse(meeting.start) <= Date.parse(context.now) ? 'held' : 'planned'
  return { consultation, organizations: context.organizations(consultation.organization), meeting, item, state }
}

const startOf = (step: ChainStep): number => (step.meeting ? Date.parse(step.meeting.start) : Infinity)

function compareSteps(a: ChainStep, b: ChainStep): number {
  const [one, other] = [startOf(a), startOf(b)]
  if (one !== other) return one < other ? -1 : 1
  return Number(a.consultation.authoritative ?? false) - Number(b.consultation.authoritative ?? false)
}
