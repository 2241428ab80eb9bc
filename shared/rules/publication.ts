import {
  definitions,
  type AgendaItem,
  type AnyRecord,
  type Consultation,
  type Meeting,
  type Paper,
  type Person,
} from '../oparl/index.ts'
import { referencesIn } from '../oparl/record.ts'
import { organizationAudience, type Audience } from './audience.ts'

/** The working state that a publication is decided from. */
export interface PublicationContext {
  get(id: string): AnyRecord | undefined
  /** Records that name the id in one of their reference fields. */
  referrers(id: string): Iterable<AnyRecord>
}

/**
 * The audiences that see a record, other than the administration, and what each of them sees of it.
 * The publisher writes exactly these images; nothing else enters `public`, and nothing but events enters `org-*`.
 * Images are valid records: references to what the audience may not see are left out.
 */
export function imagesOf(record: AnyRecord, context: PublicationContext): Map<Audience, AnyRecord> {
  const images = new Map<Audience, AnyRecord>()
  for (const audience of audiencesSeeing(record, context)) images.set(audience, imageFor(record, audience, context))
  return images
}

/** Audiences that may know of a record, in full or as a stub. */
function audiencesSeeing(record: AnyRecord, context: PublicationContext): Set<Audience> {
  if (record.deleted) return new Set()
  switch (record.type) {
    case 'body':
    case 'legislative-term':
    case 'organization':
    case 'membership':
      return new Set(['public'])
    case 'person':
      return new Set(hasMembership(record, context) ? ['public'] : [])
    case 'meeting':
      return meetingAudiences(record)
    case 'agenda-item':
      return agendaItemAudiences(record, context)
    case 'paper':
      return paperAudiences(record, context)
    case 'consultation':
      return consultationAudiences(record, context)
    case 'file':
    case 'location':
      return namedAudiences(record, context)
  }
}

function hasMembership(person: Person, context: PublicationContext): boolean {
  for (const referrer of context.referrers(person._id))
    if (referrer.type === 'membership' && !referrer.deleted) return true
  return false
}

const organizationAudiences = (record: Pick<Meeting, 'organization'>): Audience[] =>
  record.organization.map(organizationAudience)

function meetingAudiences(meeting: Meeting): Set<Audience> {
  if (meeting.publication.state !== 'published') return new Set()
  return new Set(meeting.public ? ['public'] : organizationAudiences(meeting))
}

/** GemO RLP §35 (1): a closed item is for the bodies that meet; others at most learn its neutral title. */
function agendaItemAudiences(item: AgendaItem, context: PublicationContext): Set<Audience> {
  const meeting = meetingOf(item.meeting, context)
  if (!meeting || meeting.publication.state !== 'published') return new Set()
  if (item.public) return meetingAudiences(meeting)
  const audiences = new Set(organizationAudiences(meeting))
  if (item.publicTitle && meeting.public) audiences.add('public')
  return audiences
}

function paperAudiences(paper: Paper, context: PublicationContext): Set<Audience> {
  if (paper.publication.state !== 'published') return new Set()
  if (paper.public) return new Set(['public'])
  const audiences = new Set<Audience>()
  for (const referrer of context.referrers(paper._id))
    if (referrer.type === 'consultation' && !referrer.deleted)
      for (const audience of organizationAudiences(referrer)) audiences.add(audience)
  return audiences
}

function consultationAudiences(consultation: Consultation, context: PublicationContext): Set<Audience> {
  const paper = context.get(consultation.paper)
  return paper?.type === 'paper' && !paper.deleted ? paperAudiences(paper, context) : new Set()
}

/** Files and places are seen by whoever sees a record that names them. */
function namedAudiences(record: AnyRecord, context: PublicationContext): Set<Audience> {
  const audiences = new Set<Audience>()
  for (const referrer of context.referrers(record._id))
    for (const audience of audiencesSeeing(referrer, context))
      if (visibleFields(referrer, audience).some((field) => referencesIn(referrer, field).includes(record._id)))
        audiences.add(audience)
  return audiences
}

function meetingOf(id: string, context: PublicationContext): Meeting | undefined {
  const meeting = context.get(id)
  return meeting?.type === 'meeting' && !meeting.deleted ? meeting : undefined
}

const isStub = (record: AnyRecord, audience: Audience): boolean =>
  record.type === 'agenda-item' && !record.public && audience === 'public'

/** Of a closed item everybody learns its place in the agenda and its neutral title, nothing else. */
const stubFields = ['_id', 'type', 'schema', 'created', 'modified', 'meeting', 'term', 'order', 'public', 'publicTitle']
const personFields = [
  '_id',
  'type',
  'schema',
  'created',
  'modified',
  'body',
  'name',
  'familyName',
  'givenName',
  'formOfAddress',
  'affix',
  'title',
  'released',
]
const neverPublished = new Set(['_rev', 'versions'])

function visibleFields(record: AnyRecord, audience: Audience): string[] {
  if (isStub(record, audience)) return Object.keys(record).filter((field) => stubFields.includes(field))
  if (record.type === 'person')
    return Object.keys(record).filter(
      (field) => personFields.includes(field) || (record.released as readonly string[]).includes(field),
    )
  return Object.keys(record).filter((field) => !neverPublished.has(field))
}

function imageFor(record: AnyRecord, audience: Audience, context: PublicationContext): AnyRecord {
  const source = record as unknown as Record<string, unknown>
  const references = definitions[record.type].references
  const image: Record<string, unknown> = {}
  for (const field of visibleFields(record, audience)) {
    const value = field in references ? visibleReferences(source[field], audience, context) : source[field]
    if (value !== undefined) image[field] = value
  }
  if (isStub(record, audience)) image['name'] = image['publicTitle']
  if ('publication' in image) image['publication'] = { state: 'published', step: 0 }
  return image as unknown as AnyRecord
}

function visibleReferences(value: unknown, audience: Audience, context: PublicationContext): unknown {
  const visible = (id: unknown): boolean => {
    const target = typeof id === 'string' ? context.get(id) : undefined
    if (!target || isStub(target, audience)) return false
    const audiences = audiencesSeeing(target, context)
    return audiences.has('public') ? !isStub(target, 'public') || audiences.has(audience) : audiences.has(audience)
  }
  if (!Array.isArray(value)) return visible(value) ? value : undefined
  const kept = value.filter(visible)
  return kept.length > 0 ? kept : undefined
}
