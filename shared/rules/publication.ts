import { definitions, readRecord, type AnyRecord, type Board, type RecordType } from '../council/records/index.ts'
import type { AgendaItem, Consultation, Meeting, Paper, Person } from '../oparl/index.ts'
import { referencesIn } from '../oparl/record.ts'
import { circleAudience, organizationAudience, partsOf, type Audience } from './audience.ts'
import { circledItems, closedRooms, isCircled, itemsOf, recordOf } from './closed-rooms.ts'
import type { PublicationContext } from './record-graph.ts'
import {
  audiencesOfRemains,
  insteadFor,
  isShownField,
  isRemains,
  opennessOf,
  type Doors,
  type Remains,
} from './remains/doors.ts'
import { mostReserved } from './reservation.ts'

/** Raised with every change of this rule, so that a hub that was updated publishes anew what it shows. */
export const publicationRuleVersion = 4

/**
 * The audiences that see a record, other than the administration, and what each of them sees of it.
 * The publisher writes exactly these images; nothing else enters `public`, and nothing but events enters `org-*` and
 * `circle-*`.
 * Every image is a valid record (`readRecord`): references to what the audience may not see are left out, and a record
 * that cannot do without such a reference has no image. What two people left undecided is read as reserved as possible.
 */
export function imagesOf(record: AnyRecord, context: PublicationContext): Map<Audience, AnyRecord> {
  const decided = decidedContext(context)
  const source = mostReserved([record])
  const images = new Map<Audience, AnyRecord>()
  for (const audience of audiencesSeeing(source, decided)) {
    const image = imageFor(source, audience, decided)
    if (image) images.set(audience, image)
  }
  return images
}

/**
 * Everything about a record on which the images of its neighbours can depend, other than its own fields: who sees it,
 * behind which doors it is, which of its organizations exist. As long as this text stays the same, a change further
 * away does not reach past the record.
 */
export function visibilityOf(record: AnyRecord, context: PublicationContext): string {
  const decided = decidedContext(context)
  const source = mostReserved([record])
  const audiences = [...audiencesSeeing(source, decided)].sort()
  const meeting = source.type === 'agenda-item' ? recordOf(source.meeting, 'meeting', decided) : undefined
  const bodies =
    source.type === 'meeting' || source.type === 'consultation'
      ? organizationAudiences(source.organization, decided)
      : []
  const circles =
    source.type === 'consultation' ? circledItems(source, decided) : source.type === 'agenda-item' ? [source] : []
  const kept = circles.map(({ _id, excluded }) => [_id, excluded, bodiesOf(circleAudience(_id), decided)])
  const readers = audiences.map((audience) => bodiesOf(audience, decided))
  return JSON.stringify([audiences, bodies, meeting?.public, kept, readers, opennessWithin(source, decided)])
}

/** What of a meeting's items decides who reads what remains of it, and what of that decides who reads its files. */
function opennessWithin(record: AnyRecord, context: PublicationContext): unknown {
  if (record.type === 'meeting') {
    const items = itemsOf(record, context).map((item) => [item._id, item.public, isCircled(item)])
    return items.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  }
  const doors = isRemains(record) ? doorsOf(record, context) : undefined
  return isRemains(record) && doors && opennessOf(record, doors)
}

/**
 * What remains of an image that an audience already has, while the record behind it is in dispute: nothing that the
 * record as now reserved would not show, and nothing new. Undefined when nothing valid remains.
 */
export function frozenImage(
  image: AnyRecord,
  reserved: AnyRecord,
  audience: Audience,
  context: PublicationContext,
): AnyRecord | undefined {
  const allowed = imagesOf(reserved, context).get(audience)
  if (!allowed || ('public' in image && 'public' in allowed && image.public !== allowed.public)) return undefined
  const kept = Object.fromEntries(Object.entries(image).filter(([field]) => field in allowed))
  if ('released' in allowed) kept['released'] = allowed.released
  return imageFor(kept as unknown as AnyRecord, audience, decidedContext(context))
}

const decidedContext = (context: PublicationContext): PublicationContext => ({
  get(id) {
    const record = context.get(id)
    return record && mostReserved([record])
  },
  *referrers(id) {
    for (const record of context.referrers(id)) yield mostReserved([record])
  },
})

/** Reference fields that a record of a type cannot do without. */
const requiredReferences = Object.fromEntries(
  Object.values(definitions).map(({ type, references, schema }) => {
    const entries = schema.entries as Record<string, { type: string }>
    return [type, Object.keys(references).filter((field) => entries[field]?.type !== 'optional')]
  }),
) as Record<RecordType, string[]>

/** Those who may know of a record and see everything that the record cannot do without. */
function audiencesSeeing(record: AnyRecord, context: PublicationContext): Set<Audience> {
  const audiences = audiencesEntitled(record, context)
  for (const audience of audiences)
    for (const field of requiredReferences[record.type])
      if (!referencesIn(record, field).some((id) => isSeen(id, audience, context))) audiences.delete(audience)
  return audiences
}

/** Whether an audience sees a record in full; what everybody sees, every audience sees. */
function isSeen(id: string, audience: Audience, context: PublicationContext): boolean {
  const record = context.get(id)
  if (!record) return false
  const audiences = audiencesSeeing(record, context)
  if ((['public', audience] as const).some((entry) => audiences.has(entry) && !isStub(record, entry))) return true
  const bodies = bodiesOf(audience, context)
  return bodies.length > 0 && bodies.every((body) => audiences.has(body))
}

/** Who reads a circle belongs to one of the bodies that meet, whichever: it knows what every one of them knows. */
function bodiesOf(audience: Audience, context: PublicationContext): Audience[] {
  const { kind, key } = partsOf(audience)
  if (kind !== 'circle') return []
  const item = recordOf(`agenda-item:${key}`, 'agenda-item', context)
  const meeting = recordOf(item?.meeting, 'meeting', context)
  return meeting ? organizationAudiences(meeting.organization, context) : []
}

/** Audiences that may know of a record by its own nature, in full or as a stub. */
function audiencesEntitled(record: AnyRecord, context: PublicationContext): Set<Audience> {
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
      return meetingAudiences(record, context)
    case 'agenda-item':
      return agendaItemAudiences(record, context)
    case 'paper':
      return paperAudiences(record, context)
    case 'consultation':
      return consultationAudiences(record, context)
    case 'file':
    case 'location':
      return namedAudiences(record, context)
    case 'minutes':
    case 'minutes-section':
    case 'objection':
    case 'resolution':
      return remainsAudiences(record, context)
    case 'board':
      return boardAudiences(record, context)
    case 'passage':
      // What the administration writes with is nobody else's; what was written with it follows the minutes.
      return new Set()
  }
}

/** People are public by their office: whoever never belonged to an organization is nobody's business. */
function hasMembership(person: Person, context: PublicationContext): boolean {
  for (const referrer of context.referrers(person._id))
    if (referrer.type === 'membership' && !referrer.deleted && isSeen(referrer.organization, 'public', context))
      return true
  return false
}

const organizationAudiences = (ids: readonly string[], context: PublicationContext): Audience[] =>
  ids.filter((id) => isSeen(id, 'public', context)).map(organizationAudience)

function meetingAudiences(meeting: Meeting, context: PublicationContext): Set<Audience> {
  if (meeting.publication.state !== 'published') return new Set()
  return new Set(meeting.public ? ['public'] : organizationAudiences(meeting.organization, context))
}

/** GemO RLP §35 (1): a closed item is for the bodies that meet; others at most learn its neutral title. */
function agendaItemAudiences(item: AgendaItem, context: PublicationContext): Set<Audience> {
  const meeting = recordOf(item.meeting, 'meeting', context)
  if (!meeting || meeting.deleted || meeting.publication.state !== 'published') return new Set()
  if (item.public) return meetingAudiences(meeting, context)
  const bodies = organizationAudiences(meeting.organization, context)
  const audiences = new Set(isCircled(item) && bodies.length > 0 ? [circleAudience(item._id)] : bodies)
  if (item.publicTitle && meeting.public) audiences.add('public')
  return audiences
}

/**
 * What is drawn in a meeting is for those who meet, whoever may watch them, until it is added to the record; at an item
 * from which somebody is kept out, for the others. Over a file, only for those of them who read that version of it.
 */
function boardAudiences(board: Board, context: PublicationContext): Set<Audience> {
  const { file, sha512 } = board
  const audiences = drawingAudiences(board, context)
  if (file === undefined) return audiences
  const isThatVersion = recordOf(file, 'file', context)?.sha512 === sha512
  return new Set([...audiences].filter((audience) => isThatVersion && isSeen(file, audience, context)))
}

function drawingAudiences(board: Board, context: PublicationContext): Set<Audience> {
  const meeting = recordOf(board.meeting, 'meeting', context)
  if (!meeting || meeting.deleted || meeting.publication.state !== 'published') return new Set()
  const bodies = organizationAudiences(meeting.organization, context)
  if (board.agendaItem === undefined || bodies.length === 0) return new Set(bodies)
  const item = recordOf(board.agendaItem, 'agenda-item', context)
  if (!item || item.deleted || item.meeting !== meeting._id) return new Set()
  return new Set(isCircled(item) ? [circleAudience(item._id)] : bodies)
}

function paperAudiences(paper: Paper, context: PublicationContext): Set<Audience> {
  if (paper.publication.state !== 'published') return new Set()
  if (paper.public) return new Set(['public'])
  const audiences = new Set<Audience>()
  const circled = new Map<string, AgendaItem>()
  for (const referrer of context.referrers(paper._id))
    if (referrer.type === 'consultation' && !referrer.deleted) {
      for (const audience of organizationAudiences(referrer.organization, context)) audiences.add(audience)
      for (const item of circledItems(referrer, context)) circled.set(item._id, item)
    }
  keepOut([...circled.values()], audiences, context)
  return audiences
}

/**
 * Takes a paper from the bodies in whose closed items somebody is kept out of it, and gives it to the circles instead:
 * to each that lets nobody in whom the circle of another item about the same paper in the same body keeps out.
 */
function keepOut(items: readonly AgendaItem[], audiences: Set<Audience>, context: PublicationContext): void {
  const bodiesAt = new Map(items.map((item) => [item, new Set(bodiesOf(circleAudience(item._id), context))]))
  const isKeptOut = (item: AgendaItem, person: string): boolean => item.excluded?.includes(person) === true
  for (const [item, bodies] of bodiesAt) {
    for (const body of bodies) audiences.delete(body)
    const others = items.filter((other) => [...(bodiesAt.get(other) ?? [])].some((body) => bodies.has(body)))
    if (bodies.size > 0 && others.every(({ excluded }) => excluded?.every((person) => isKeptOut(item, person))))
      audiences.add(circleAudience(item._id))
  }
}

/**
 * A consultation is seen with its paper. Where it happens behind closed doors, only by those who are let in: else the
 * paper of a public chain of consultations would tell what a closed item is about.
 */
function consultationAudiences(consultation: Consultation, context: PublicationContext): Set<Audience> {
  const paper = recordOf(consultation.paper, 'paper', context)
  if (!paper || paper.deleted) return new Set()
  let audiences = paperAudiences(paper, context)
  for (const room of closedRooms(consultation, context)) {
    const inside = new Set([...audiencesSeeing(room, context)].filter((entry) => !isStub(room, entry)))
    audiences = inBoth(audiences, inside, context)
  }
  return audiences
}

/** The widest audiences all of whose readers are readers of both sides. */
function inBoth(a: ReadonlySet<Audience>, b: ReadonlySet<Audience>, context: PublicationContext): Set<Audience> {
  const isWithin = (audience: Audience, side: ReadonlySet<Audience>): boolean => {
    const bodies = bodiesOf(audience, context)
    const isOfBodies = bodies.length > 0 && bodies.every((body) => side.has(body))
    return side.has('public') || side.has(audience) || isOfBodies
  }
  return new Set([...[...a].filter((one) => isWithin(one, b)), ...[...b].filter((one) => isWithin(one, a))])
}

/** Who was behind the doors of the meeting that a record remains of; undefined while nobody may know of the meeting. */
function doorsOf(record: Remains, context: PublicationContext): Doors | undefined {
  const meeting = recordOf(record.meeting, 'meeting', context)
  if (!meeting || meeting.deleted || meeting.publication.state !== 'published') return undefined
  return {
    meeting,
    bodies: organizationAudiences(meeting.organization, context),
    circled: new Set(
      itemsOf(meeting, context)
        .filter(isCircled)
        .map(({ _id }) => _id),
    ),
    item(id) {
      const item = recordOf(id, 'agenda-item', context)
      return item && !item.deleted && item.meeting === meeting._id ? item : undefined
    },
    minutes: (id) => recordOf(id, 'minutes', context),
  }
}

function remainsAudiences(record: Remains, context: PublicationContext): Set<Audience> {
  const doors = doorsOf(record, context)
  return doors ? audiencesOfRemains(record, doors) : new Set()
}

/** Files and places are seen by whoever sees a record that names them, other than what is drawn over them. */
function namedAudiences(record: AnyRecord, context: PublicationContext): Set<Audience> {
  const audiences = new Set<Audience>()
  const named = [...context.referrers(record._id)].filter(({ type }) => type !== 'board')
  for (const referrer of named)
    for (const audience of audiencesSeeing(referrer, context))
      if (visibleFields(referrer, audience, context).some((field) => namesIn(referrer, field, record._id)))
        audiences.add(audience)
  return audiences
}

const namesIn = (record: AnyRecord, field: string, id: string): boolean =>
  field in definitions[record.type].references && referencesIn(record, field).includes(id)

const isStub = (record: AnyRecord, audience: Audience): boolean =>
  record.type === 'agenda-item' && !record.public && audience === 'public'

const envelopeFields = ['_id', 'type', 'schema', 'created', 'modified']
/** Of a closed item everybody learns its place in the agenda and its neutral title, nothing else. */
const stubFields = new Set([...envelopeFields, 'meeting', 'term', 'order', 'public', 'publicTitle'])
const personFields = new Set([
  ...envelopeFields,
  ...['body', 'name', 'familyName', 'givenName', 'formOfAddress', 'affix', 'title', 'released'],
])
const neverPublished = new Set(['_rev', 'versions', 'deleted', 'excluded', 'digest'])

function visibleFields(record: AnyRecord, audience: Audience, context: PublicationContext): string[] {
  const known = Object.keys(record).filter(
    (field) => field in definitions[record.type].schema.entries && !neverPublished.has(field),
  )
  if (isStub(record, audience)) return known.filter((field) => stubFields.has(field))
  if (isRemains(record)) {
    const doors = doorsOf(record, context)
    return doors ? known.filter((field) => isShownField(field, record, audience, doors)) : []
  }
  if (record.type !== 'person') return known
  return known.filter((field) => personFields.has(field) || (record.released as readonly string[]).includes(field))
}

function imageFor(record: AnyRecord, audience: Audience, context: PublicationContext): AnyRecord | undefined {
  const source = record as unknown as Record<string, unknown>
  const references = definitions[record.type].references
  const image: Record<string, unknown> = {}
  for (const field of visibleFields(record, audience, context)) {
    const value = field in references ? seenReferences(record, field, audience, context) : source[field]
    if (value !== undefined) image[field] = value
  }
  if (isStub(record, audience)) image['name'] = image['publicTitle']
  const doors = isRemains(record) ? doorsOf(record, context) : undefined
  if (isRemains(record) && doors) Object.assign(image, insteadFor(record, audience, doors))
  if ('publication' in image) image['publication'] = { state: 'published', step: 0 }
  const outcome = readRecord(image)
  return outcome.ok ? outcome.value : undefined
}

function seenReferences(record: AnyRecord, field: string, audience: Audience, context: PublicationContext): unknown {
  const value = (record as unknown as Record<string, unknown>)[field]
  const seen = (id: unknown): boolean =>
    typeof id === 'string' && (isShownBy(record._id, field, id, context) || isSeen(id, audience, context))
  if (!Array.isArray(value)) return seen(value) ? value : undefined
  const kept = value.filter(seen)
  return kept.length > 0 ? kept : undefined
}

/**
 * Files and places are seen by whoever sees a record that names them, so this very record already answers it; to ask
 * all others that name a place as well would make a town's publication quadratic.
 */
function isShownBy(id: string, field: string, named: string, context: PublicationContext): boolean {
  const target = context.get(named)
  if (!target || target.deleted || (target.type !== 'file' && target.type !== 'location')) return false
  const record = context.get(id)
  return record !== undefined && record.type !== 'board' && namesIn(record, field, named)
}
