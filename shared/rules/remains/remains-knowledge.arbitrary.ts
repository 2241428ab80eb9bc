import type { AnyRecord, Minutes, MinutesSection, Objection, Resolution } from '../../council/records/index.ts'
import type { AgendaItem, Meeting, OparlFile } from '../../oparl/index.ts'
import { circleAudience, organizationAudience, type Audience } from '../audience.ts'
import { secretOf } from '../town.arbitrary.ts'

/**
 * The words that an audience may know at most of what remains of a random town's meetings, written down independently
 * of the rule: plain lists of who may know what.
 */
export function* remainsKnownTo(town: readonly AnyRecord[], audience: Audience): Iterable<string> {
  for (const record of town)
    if (!record.deleted) {
      if (record.type === 'minutes') yield* minutesWords(record, town, audience)
      if (record.type === 'minutes-section') yield* sectionWords(record, town, audience)
      if (record.type === 'objection') yield* objectionWords(record, town, audience)
      if (record.type === 'resolution') yield* resolutionWords(record, town, audience)
    }
}

const isOpen = (record: Meeting | AgendaItem): boolean =>
  record.public && !(record.versions?.['public'] ?? []).includes(false)

const meetingOf = (record: { meeting: string }, town: readonly AnyRecord[]): Meeting | undefined =>
  town.find(
    (other): other is Meeting =>
      other._id === record.meeting &&
      other.type === 'meeting' &&
      !other.deleted &&
      other.publication.state === 'published',
  )

const itemOf = (id: string | undefined, town: readonly AnyRecord[]): AgendaItem | undefined =>
  town.find((other): other is AgendaItem => other._id === id && other.type === 'agenda-item' && !other.deleted)

const isOfBody = ({ organization }: Meeting, audience: Audience): boolean =>
  organization.some((id) => organizationAudience(id) === audience)

/** Closed items of a meeting that keep somebody of the body out. */
const guarded = ({ _id }: Meeting, town: readonly AnyRecord[]): AgendaItem[] =>
  town
    .filter((item): item is AgendaItem => item.type === 'agenda-item' && item.meeting === _id && !item.deleted)
    .filter((item) => !isOpen(item) && (item.excluded?.length ?? 0) > 0)

const isHandedOut = ({ state }: Minutes): boolean => state === 'signed' || state === 'published'

/** Of each section: whether the audience may know it. */
function mayKnowSection(
  { key, public: isPublic }: { key: string; public: boolean },
  meeting: Meeting,
  town: readonly AnyRecord[],
  audience: Audience,
): boolean {
  const item = itemOf(`agenda-item:${key.split(':')[1]}`, town)
  if (audience === 'public') return isPublic && (!key.startsWith('item:') || (item !== undefined && isOpen(item)))
  if (!isOfBody(meeting, audience)) return false
  const kept = guarded(meeting, town)
  if (isPublic || kept.length === 0) return true
  return key.startsWith('item:') && !kept.some(({ _id }) => key.split(':')[1] === _id.split(':')[1])
}

const wordsOfSection = (id: string, { heading, blocks }: { heading: string; blocks: readonly unknown[] }): string[] =>
  `${heading} ${JSON.stringify(blocks)}`.match(/Q[0-9A-Za-z]+?Q/g)?.filter((word) => word.includes(plain(id))) ?? []
const plain = (id: string): string => id.replaceAll(/[:-]/g, '')

function* minutesWords(minutes: Minutes, town: readonly AnyRecord[], audience: Audience): Iterable<string> {
  const meeting = meetingOf(minutes, town)
  if (!meeting || !isHandedOut(minutes)) return
  const isEverybodys = audience === 'public' && minutes.state === 'published' && isOpen(meeting)
  if (!isEverybodys && !isOfBody(meeting, audience)) return
  for (const field of ['title', 'body', 'signed', 'decidedIn']) yield secretOf(minutes._id, field)
  const sections = minutes.document?.sections ?? []
  const known = sections.filter((section) => mayKnowSection(section, meeting, town, audience))
  for (const section of known) yield* wordsOfSection(minutes._id, section)
  for (const { section, correction, public: isPublic } of minutes.annotations)
    if (known.some(({ key }) => key === section) && (isPublic || audience !== 'public')) yield correction ?? ''
  // The file was made of all that was public when it was made.
  const wasPublic = sections.filter((section) => section.public)
  if (audience !== 'public' || wasPublic.every((section) => known.includes(section)))
    yield* fileWords(minutes.publicFile, town)
}

function* sectionWords(record: MinutesSection, town: readonly AnyRecord[], audience: Audience): Iterable<string> {
  const meeting = meetingOf(record, town)
  const minutes = town.find((other): other is Minutes => other._id === record.minutes && other.type === 'minutes')
  if (!meeting || !minutes || !isHandedOut(minutes)) return
  const isIn = guarded(meeting, town).some(
    (item) => item._id === record.agendaItem && circleAudience(item._id) === audience,
  )
  if (isIn) yield* wordsOfSection(record._id, record.section)
}

function* objectionWords(record: Objection, town: readonly AnyRecord[], audience: Audience): Iterable<string> {
  const meeting = meetingOf(record, town)
  const minutes = town.find((other): other is Minutes => other._id === record.minutes && other.type === 'minutes')
  const section = minutes?.document?.sections.find(({ key }) => key === record.section)
  if (!meeting || !minutes || !section || !isHandedOut(minutes) || audience === 'public') return
  const circle = guarded(meeting, town).find((item) => item._id === record.agendaItem)
  const isIn = mayKnowSection(section, meeting, town, audience)
    ? true
    : circle !== undefined && circleAudience(circle._id) === audience
  if (isIn) for (const field of ['name', 'wished']) yield secretOf(record._id, field)
}

function* resolutionWords(record: Resolution, town: readonly AnyRecord[], audience: Audience): Iterable<string> {
  const meeting = meetingOf(record, town)
  if (!meeting) return
  const item = itemOf(record.agendaItem, town)
  const wasOpen = record.public && isOpen(meeting) && (record.agendaItem === undefined || (item && isOpen(item)))
  const secret = (...fields: string[]) => fields.map((field) => secretOf(record._id, field))
  if (audience === 'public' && record.announced && isOpen(meeting)) yield* secret('announced')
  if (wasOpen && audience === 'public') {
    yield* secret('question', 'wording')
    yield* fileWords(record.file, town)
  }
  const kept = guarded(meeting, town)
  const circle = kept.find(({ _id }) => _id === record.agendaItem)
  const isIn = circle
    ? circleAudience(circle._id) === audience
    : isOfBody(meeting, audience) && (record.agendaItem === undefined ? kept.length === 0 : item !== undefined)
  if (!wasOpen && isIn) {
    yield* secret('question', 'wording', 'announced')
    yield* fileWords(record.file, town)
  }
}

function* fileWords(id: string | undefined, town: readonly AnyRecord[]): Iterable<string> {
  const file = town.find((other): other is OparlFile => other._id === id && other.type === 'file' && !other.deleted)
  if (file) for (const field of ['name', 'fileName']) yield secretOf(file._id, field)
}
