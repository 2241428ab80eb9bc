import type { AnyRecord, Board } from '../council/records/index.ts'
import type { AgendaItem, Consultation, Meeting, Paper } from '../oparl/index.ts'
import { circleAudience, organizationAudience, type Audience } from './audience.ts'
import { remainsKnownTo } from './remains/remains-knowledge.arbitrary.ts'
import { secretOf } from './town.arbitrary.ts'

/**
 * The words of a random town that an audience may know at most, written down once more and independently of the rule:
 * plain lists of who may know what, without its bookkeeping. The rule may show less, never more.
 */
export function wordsKnownTo(town: readonly AnyRecord[], audience: Audience): Set<string> {
  const words = new Set<string>()
  const know = (record: AnyRecord, ...fields: string[]): void => {
    for (const field of fields) words.add(secretOf(record._id, field))
  }
  for (const word of remainsKnownTo(town, audience)) words.add(word)
  const known = town.filter((record) => mayKnow(record, town, audience))
  for (const record of known) know(record, ...fieldsOf(record, audience))
  const named = JSON.stringify(known.map((record) => pickReferences(record, fieldsOf(record, audience))))
  for (const record of town)
    if ((record.type === 'file' || record.type === 'location') && !record.deleted && named.includes(`"${record._id}"`))
      know(record, 'name', 'fileName', 'description', 'room')
  return words
}

const ofOrganizations = (ids: readonly string[], audience: Audience): boolean =>
  ids.some((id) => organizationAudience(id) === audience)
/** What is public in every reading of two people who disagree. */
const isOpen = (record: Meeting | AgendaItem | Paper): boolean =>
  record.public && !(record.versions?.['public'] ?? []).includes(false)
const isPublished = (record: Meeting | Paper | undefined): boolean =>
  record !== undefined && !record.deleted && record.publication.state === 'published'

function mayKnow(record: AnyRecord, town: readonly AnyRecord[], audience: Audience): boolean {
  const everybody = audience === 'public'
  if (record.deleted) return false
  switch (record.type) {
    case 'body':
    case 'legislative-term':
    case 'organization':
    case 'membership':
      return everybody
    case 'person':
      return everybody && town.some((other) => other.type === 'membership' && other.person === record._id)
    case 'meeting':
      return isPublished(record) && (isOpen(record) ? everybody : ofOrganizations(record.organization, audience))
    case 'agenda-item':
      return mayKnowItem(record, town, audience)
    case 'paper':
      return mayKnowPaper(record, town, audience)
    case 'consultation':
      return mayKnowConsultation(record, town, audience)
    case 'minutes':
    case 'minutes-section':
    case 'objection':
    case 'resolution':
    case 'file':
    case 'location':
    case 'passage':
      return false
    case 'board':
      return mayKnowBoard(record, town, audience)
  }
}

const find = <Kind extends AnyRecord>(town: readonly AnyRecord[], id: string | undefined): Kind | undefined =>
  town.find((record) => record._id === id && !record.deleted) as Kind | undefined

function mayKnowItem(item: AgendaItem, town: readonly AnyRecord[], audience: Audience): boolean {
  const meeting = find<Meeting>(town, item.meeting)
  if (!meeting || !isPublished(meeting)) return false
  if (audience === 'public') return isOpen(meeting) && (isOpen(item) || hasNeutralTitle(item))
  if (keptOut(item).length > 0) return circleAudience(item._id) === audience
  return ofOrganizations(meeting.organization, audience) && !(isOpen(meeting) && isOpen(item))
}

function mayKnowBoard(board: Board, town: readonly AnyRecord[], audience: Audience): boolean {
  const meeting = find<Meeting>(town, board.meeting)
  const item = find<AgendaItem>(town, board.agendaItem)
  if (!meeting || !isPublished(meeting) || (board.agendaItem && item?.meeting !== meeting._id)) return false
  if (board.file !== undefined && !readsVersion(board, town, audience)) return false
  if (item && keptOut(item).length > 0) return circleAudience(item._id) === audience
  return ofOrganizations(meeting.organization, audience)
}

/** Whether the very version that a board lies over is read by an audience, by everybody, or by each body of a circle. */
function readsVersion({ file, sha512 }: Board, town: readonly AnyRecord[], audience: Audience): boolean {
  if (town.find(({ _id }) => _id === file)?.['sha512' as never] !== sha512) return false
  const others = town.filter(({ type }) => type !== 'board')
  const reads = (one: Audience): boolean => wordsKnownTo(others, one).has(secretOf(file!, 'name'))
  const circled = town.find((other) => other.type === 'agenda-item' && circleAudience(other._id) === audience)
  const bodies = circled?.type === 'agenda-item' ? bodiesAt(circled, town).map(organizationAudience) : []
  return reads('public') || reads(audience) || (bodies.length > 0 && bodies.every(reads))
}

/** Persons whom a conflict of interest keeps out of an item. */
const keptOut = (item: AgendaItem): readonly string[] => (isOpen(item) ? [] : (item.excluded ?? []))

/** Bodies that meet at an item. */
const bodiesAt = (item: AgendaItem, town: readonly AnyRecord[]): readonly string[] =>
  (town.find((other): other is Meeting => other._id === item.meeting)?.organization ?? []).filter((id) =>
    find(town, id),
  )

/** Whether a meeting lets an audience in: one of its bodies, or a circle whose readers all belong to bodies of it. */
function letsIn(meeting: Meeting, town: readonly AnyRecord[], audience: Audience): boolean {
  const item = town.find((other) => other.type === 'agenda-item' && circleAudience(other._id) === audience)
  const bodies = item?.type === 'agenda-item' ? bodiesAt(item, town) : []
  const isOfBodies = bodies.length > 0 && bodies.every((body) => meeting.organization.includes(body))
  return isOfBodies || ofOrganizations(meeting.organization, audience)
}

/** Items that deal with a paper, deleted ones too: their doors stay closed. */
const itemsAbout = (paper: Paper, town: readonly AnyRecord[]): AgendaItem[] =>
  town.filter(
    (item): item is AgendaItem =>
      item.type === 'agenda-item' &&
      town.some(
        (other) =>
          other.type === 'consultation' &&
          !other.deleted &&
          other.paper === paper._id &&
          (other.agendaItem === item._id || item.consultation === other._id),
      ),
  )

function mayKnowPaper(paper: Paper, town: readonly AnyRecord[], audience: Audience): boolean {
  if (!isPublished(paper)) return false
  if (isOpen(paper)) return audience === 'public'
  const items = itemsAbout(paper, town).filter((item) => keptOut(item).length > 0)
  const guarded = items.filter((item) => !item.deleted)
  const own = items.find((item) => circleAudience(item._id) === audience)
  // A circle must not read what another circle of the same body keeps from one of its persons.
  if (own)
    return guarded
      .filter((item) => bodiesAt(item, town).some((body) => bodiesAt(own, town).includes(body)))
      .every((item) => keptOut(item).every((person) => keptOut(own).includes(person)))
  return town.some(
    (other) =>
      other.type === 'consultation' &&
      other.paper === paper._id &&
      ofOrganizations(other.organization, audience) &&
      !guarded.some((item) => ofOrganizations(bodiesAt(item, town), audience)),
  )
}

function mayKnowConsultation(consultation: Consultation, town: readonly AnyRecord[], audience: Audience): boolean {
  const paper = find<Paper>(town, consultation.paper)
  if (!paper) return false
  const items = town.filter(
    (other): other is AgendaItem =>
      other.type === 'agenda-item' &&
      !other.deleted &&
      (other._id === consultation.agendaItem || other.consultation === consultation._id),
  )
  const meetings = [consultation.meeting, ...items.map((item) => item.meeting)]
    .map((id) => find<Meeting>(town, id))
    .filter((meeting) => meeting !== undefined)
  const isBehindDoors = !items.every(isOpen) || !meetings.every(isOpen)
  if (!isBehindDoors && mayKnowPaper(paper, town, audience)) return true
  const guarded = items.filter((item) => keptOut(item).length > 0)
  // Whoever was let into the meeting of an item that is deleted now knew of the consultation, and may.
  const before = town
    .filter((other): other is AgendaItem => other.type === 'agenda-item' && other.deleted === true)
    .filter((item) => item._id === consultation.agendaItem || item.consultation === consultation._id)
    .flatMap((item) => find<Meeting>(town, item.meeting) ?? [])
  const isInside =
    guarded.length > 0
      ? guarded.some((item) => circleAudience(item._id) === audience)
      : [...meetings, ...before].some((meeting) => letsIn(meeting, town, audience))
  return isInside && (isOpen(paper) ? isPublished(paper) : mayKnowPaper(paper, town, audience))
}

const hasNeutralTitle = (item: AgendaItem): boolean =>
  item.publicTitle !== undefined && item.versions?.['publicTitle'] === undefined

const nameFields = ['name', 'familyName']
function fieldsOf(record: AnyRecord, audience: Audience): string[] {
  if (record.type === 'agenda-item' && !isOpen(record) && audience === 'public') return ['publicTitle']
  if (record.type === 'person') return [...nameFields, ...(record.versions?.['released'] ? [] : record.released)]
  // What is drawn over a file opens it to nobody.
  return Object.keys(record).filter((field) => record.type !== 'board' || field !== 'file')
}

const pickReferences = (record: AnyRecord, fields: readonly string[]): unknown[] =>
  fields.map((field) => (record as unknown as Record<string, unknown>)[field])
