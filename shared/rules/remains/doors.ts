import type { Section } from '../../council/minutes.ts'
import type { Minutes, MinutesSection, Objection, Resolution } from '../../council/records/index.ts'
import type { AgendaItem, Meeting } from '../../oparl/index.ts'
import { circleAudience, type Audience } from '../audience.ts'
import { isForBody, itemOfSection } from './reading.ts'

/** What remains of a meeting, and is read behind its doors. */
export type Remains = Minutes | MinutesSection | Objection | Resolution

/** Who was behind the doors of the meeting that a record remains of. */
export interface Doors {
  readonly meeting: Meeting
  /** Audiences of the bodies that met. */
  readonly bodies: readonly Audience[]
  /** Closed items from which a conflict of interest keeps somebody out. */
  readonly circled: ReadonlySet<string>
  /** An item of the meeting that was not deleted. */
  item(id: string | undefined): AgendaItem | undefined
  minutes(id: string): Minutes | undefined
}

/** The audiences that may know of what remains of a published meeting, in full or as far as it was announced. */
export function audiencesOfRemains(record: Remains, doors: Doors): Set<Audience> {
  switch (record.type) {
    case 'minutes':
      return minutesAudiences(record, doors)
    case 'minutes-section':
      return isHandedOut(doors.minutes(record.minutes)) ? circleOf(record.agendaItem, doors) : new Set()
    case 'objection':
      return objectionAudiences(record, doors)
    case 'resolution':
      return resolutionAudiences(record, doors)
  }
}

/** The bodies that met have minutes once both have signed. */
const isHandedOut = (minutes: Minutes | undefined): boolean =>
  minutes?.state === 'signed' || minutes?.state === 'published'

function minutesAudiences(minutes: Minutes, { meeting, bodies }: Doors): Set<Audience> {
  if (!isHandedOut(minutes)) return new Set()
  return new Set([...bodies, ...(minutes.state === 'published' && meeting.public ? (['public'] as const) : [])])
}

/** The circle of a closed item, where it has one. */
function circleOf(item: string | undefined, { circled, bodies }: Doors): Set<Audience> {
  return new Set(item !== undefined && circled.has(item) && bodies.length > 0 ? [circleAudience(item)] : [])
}

/** An objection is read by whoever of the body reads what it objects to. */
function objectionAudiences({ minutes: id, section: key, agendaItem }: Objection, doors: Doors): Set<Audience> {
  const minutes = doors.minutes(id)
  const section = minutes?.document?.sections.find((one) => one.key === key)
  if (!section || !isHandedOut(minutes)) return new Set()
  return isForBody(section, doors.circled) ? new Set(doors.bodies) : circleOf(agendaItem, doors)
}

/** Whether everybody may read a resolution: it was made in public, about an item that everybody may read. */
const isOpen = ({ public: isPublic, agendaItem }: Resolution, doors: Doors): boolean =>
  isPublic && doors.meeting.public && (agendaItem === undefined || doors.item(agendaItem)?.public === true)

/** GemO RLP §35 (1): what was decided behind closed doors is for the body, until it is announced. */
function resolutionAudiences(resolution: Resolution, doors: Doors): Set<Audience> {
  if (isOpen(resolution, doors)) return new Set(['public'])
  const audiences = closedAudiences(resolution, doors)
  if (resolution.announced && doors.meeting.public) audiences.add('public')
  return audiences
}

function closedAudiences({ agendaItem }: Resolution, doors: Doors): Set<Audience> {
  const { bodies, circled } = doors
  if (agendaItem === undefined) return new Set(circled.size > 0 ? [] : bodies)
  if (!doors.item(agendaItem)) return new Set()
  return circled.has(agendaItem) ? circleOf(agendaItem, doors) : new Set(bodies)
}

/** Whether everybody may read a section: its item may have been closed, or deleted, since the minutes were signed. */
function isForAll(section: Section, doors: Doors): boolean {
  const item = itemOfSection(section.key)
  return section.public && (item === undefined || doors.item(item)?.public === true)
}

/** Whether everybody may read all that was public when the minutes were signed, and so the file that was made of it. */
const isStillPublic = ({ document }: Minutes, doors: Doors): boolean =>
  (document?.sections ?? []).every((section) => !section.public || isForAll(section, doors))

/** What an audience reads of minutes: its sections, who signed when, and what was decided about these sections. */
function minutesFor(
  minutes: Minutes,
  audience: Audience,
  doors: Doors,
): Pick<Minutes, 'document' | 'signOffs' | 'annotations'> {
  const isFor = (section: Section): boolean =>
    audience === 'public' ? isForAll(section, doors) : isForBody(section, doors.circled)
  const sections = (minutes.document?.sections ?? []).filter(isFor)
  const keys = new Set(sections.map(({ key }) => key))
  return {
    ...(minutes.document ? { document: { ...minutes.document, sections } } : {}),
    signOffs: minutes.signOffs.map(({ by, name, at }) => ({ by, name, at })),
    annotations: minutes.annotations.filter(
      (annotation) => keys.has(annotation.section) && (annotation.public || audience !== 'public'),
    ),
  }
}

/** Of a resolution that was announced everybody learns what the announcement says. */
const announcedFields: ReadonlySet<string> = new Set([
  ...['_id', 'type', 'schema', 'created', 'modified', 'meeting', 'term', 'vote', 'decided'],
  ...['wording', 'outcome', 'public', 'state', 'announced'],
])
/** Who sees to a resolution until when is the administration's matter. */
const internalFields: ReadonlySet<string> = new Set(['due', 'responsible'])

const minutesFiles: ReadonlySet<string> = new Set(['publicFile', 'archiveFile'])

/** Whether an audience may learn of a field of what remains of a meeting. */
export function isShownField(field: string, record: Remains, audience: Audience, doors: Doors): boolean {
  if (record.type === 'minutes')
    return audience !== 'public' || !minutesFiles.has(field) || isStillPublic(record, doors)
  if (record.type !== 'resolution') return true
  const isWhole = audience !== 'public' || isOpen(record, doors)
  return isWhole ? !internalFields.has(field) : announcedFields.has(field)
}

/** Fields that read otherwise for an audience than for the administration. */
export function insteadFor(record: Remains, audience: Audience, doors: Doors): object {
  if (record.type === 'minutes') return minutesFor(record, audience, doors)
  if (record.type !== 'resolution' || audience !== 'public' || isOpen(record, doors)) return {}
  return { wording: record.announced?.wording, state: 'none' }
}

/** What of the record and its doors decides who sees the files that it names. */
export function opennessOf(record: Remains, doors: Doors): boolean {
  if (record.type === 'minutes') return isStillPublic(record, doors)
  return record.type === 'resolution' && isOpen(record, doors)
}

export const isRemains = (record: { readonly type: string }): record is Remains =>
  ['minutes', 'minutes-section', 'objection', 'resolution'].includes(record.type)
