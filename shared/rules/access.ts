import { canonical } from '../canonical.ts'
import { hubAccount, parseMeetingEventId, readMeetingEvent } from '../council/meeting-event.ts'
import { administeredFields } from '../council/records/resolution.ts'
import { roles, type Role } from '../council/role.ts'
import { boardOfRoom, isTextUpdate, parseTextUpdateId, readTextUpdate } from '../council/text-update.ts'
import { isRecordType, readRecord, type AnyRecord } from '../council/records/index.ts'
import type { RecordFault } from '../oparl/index.ts'
import { typeOfId, type Publication } from '../oparl/record.ts'
import {
  circleAudience,
  factionAudience,
  organizationAudience,
  partsOf,
  userAudience,
  type Audience,
} from './audience.ts'

import { isRemains, type Remains } from './remains/doors.ts'

export { roles, type Role }

/** Who asks: nobody (`account` null) or an account, with the memberships that run today. */
export interface Principal {
  readonly account: string | null
  /** Record id of the person that the account belongs to. */
  readonly person: string | null
  readonly roles: readonly Role[]
  /** Record ids of organizations other than factions, with a running membership. */
  readonly organizations: readonly string[]
  /** Record ids of factions with a running membership. */
  readonly factions: readonly string[]
  /** Record ids of all bodies that meet, for who may run any of their meetings; absent for everybody else. */
  readonly runs?: readonly string[]
  /** Record ids of closed items of their organizations whose circle takes the place of the organization's audience. */
  readonly circles?: readonly string[]
}

export const nobody: Principal = { account: null, person: null, roles: [], organizations: [], factions: [] }

/** Whether the principal runs the hub: accounts, invitations, devices. */
export const isAdministrator = (principal: Principal): boolean => principal.roles.includes('administrator')

/** Whether the principal belongs to the administration, which prepares meetings and reads every organization. */
export const isAdministration = (principal: Principal): boolean =>
  principal.roles.some((role) => role === 'administrator' || role === 'clerk' || role === 'staff')

/** Whether the principal edits everything in `office` and decides what is published; staff only hands in drafts. */
export const preparesMeetings = (principal: Principal): boolean =>
  principal.roles.some((role) => role === 'administrator' || role === 'clerk')

/** Whether a principal may read an audience. The hub answers everything else as if it did not exist. */
export function canRead(principal: Principal, audience: Audience): boolean {
  const { kind } = partsOf(audience)
  switch (kind) {
    case 'public':
      return true
    case 'office':
      return isAdministration(principal)
    case 'org':
      return isAdministration(principal) || principal.organizations.some((id) => organizationAudience(id) === audience)
    case 'faction':
      return principal.factions.some((id) => factionAudience(id) === audience)
    case 'user':
      return principal.account !== null && userAudience(principal.account) === audience
    case 'circle':
      return isInCircle(principal, audience)
    case 'box':
      return false
  }
}

const isInCircle = (principal: Principal, audience: Audience): boolean =>
  (principal.circles ?? []).some((item) => circleAudience(item) === audience)

/**
 * The audiences that a device of the principal keeps a copy of. The administration works in `office`, which holds
 * the source of everything that the publisher shows in `public`; who may run meetings also keeps every organization's
 * events, so that any meeting can be run without a network.
 */
export function audiencesOf(principal: Principal): Audience[] {
  if (principal.account === null) return ['public']
  const own: Audience[] = [
    ...[...principal.organizations, ...(principal.runs ?? [])].map(organizationAudience),
    ...(principal.circles ?? []).map(circleAudience),
    ...principal.factions.map(factionAudience),
    userAudience(principal.account),
  ]
  return [isAdministration(principal) ? 'office' : 'public', ...new Set(own)]
}

export type RefusalReason =
  | 'not-signed-in'
  | 'no-such-audience'
  | 'read-only'
  | 'role'
  | 'not-the-author'
  | 'append-only'
  | 'invalid'
  | 'deletion-is-a-state'
  | 'publication-goes-back'
  | 'no-code'
  /** An event is not where its chain ends at the hub; a fault names the place from which on to send. */
  | 'chain'
  /** An event is not signed under a certificate of this hub for its author. */
  | 'signature'
  /** An event comes from the future, or late without saying so. */
  | 'clock'
  /** A board rests while an item is on from which somebody is kept out who would see what is drawn. */
  | 'at-rest'

/** Why a write is refused, in terms that the client can put into a sentence. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly faults?: readonly RecordFault[]
}
export type Verdict = { readonly allowed: true } | ({ readonly allowed: false } & Refusal)

/** A document on its way into an audience, and what the store holds of it. */
export interface Write {
  readonly audience: Audience
  /** Without `_revisions`, `_attachments` and other replication fields; `_id` and `_deleted` are read. */
  readonly document: Readonly<Record<string, unknown>>
  /** The winning revision in the store, when there is one that is not deleted. */
  readonly stored?: Readonly<Record<string, unknown>> | undefined
  /** Leaves in the store that are not deleted. */
  readonly liveLeaves: number
}

const allowed: Verdict = { allowed: true }
const refused = (reason: RefusalReason, faults?: readonly RecordFault[]): Verdict =>
  faults ? { allowed: false, reason, faults } : { allowed: false, reason }

/** Whether a principal may write a document into an audience; the hub and every client ask the same function. */
export function judgeWrite(principal: Principal, write: Write): Verdict {
  const id = typeof write.document['_id'] === 'string' ? write.document['_id'] : ''
  if (id.startsWith('_')) return refused('no-code')
  if (!canRead(principal, write.audience))
    return refused(principal.account === null ? 'not-signed-in' : 'no-such-audience')
  switch (partsOf(write.audience).kind) {
    case 'office':
      return isTextUpdate(id) ? judgeOfficeText(principal, write) : judgeOfficeWrite(principal, write)
    case 'org':
    case 'circle':
      return isTextUpdate(id) ? judgeDrawing(principal, write, id) : judgeEventWrite(principal, write, id)
    case 'faction':
    case 'user':
      // An official record comes from the publisher alone: a forged one would pass for it, and open files it names.
      return isRecordType(typeOfId(id)) ? refused('read-only') : allowed
    default:
      return refused('read-only')
  }
}

function judgeEventWrite(principal: Principal, write: Write, id: string): Verdict {
  const named = parseMeetingEventId(id)
  if (!named) return refused('read-only')
  if (named.author !== principal.account || named.author === hubAccount) return refused('not-the-author')
  if (write.liveLeaves > 0 || write.document['_deleted']) return refused('append-only')
  const event = readMeetingEvent(write.document)
  if (!event.ok) return refused('invalid', event.failure)
  const { author } = event.value
  if (author.account !== principal.account || author.person !== principal.person) return refused('not-the-author')
  return isSameSet(author.roles, principal.roles) ? allowed : refused('role')
}

/** An event's author names each of their roles once, and no other. */
const isSameSet = (named: readonly string[], held: readonly string[]): boolean =>
  named.length === new Set(named).size &&
  named.length === new Set(held).size &&
  named.every((one) => held.includes(one))

function judgeOfficeText(principal: Principal, write: Write): Verdict {
  return preparesMeetings(principal) ? judgeTextUpdate(principal, write) : refused('role')
}

/** Those who meet draw on boards, and those who prepare meetings; nothing else is written together there. */
function judgeDrawing(principal: Principal, write: Write, id: string): Verdict {
  const room = parseTextUpdateId(id)?.room
  if (!room || !boardOfRoom(room)) return refused('read-only')
  return mayDraw(principal, write.audience) ? judgeTextUpdate(principal, write) : refused('role')
}

/** Whether a principal draws on the boards of an audience that shows them. */
export const mayDraw = (principal: Principal, audience: Audience): boolean =>
  preparesMeetings(principal) ||
  isInCircle(principal, audience) ||
  principal.organizations.some((id) => organizationAudience(id) === audience)

/** What several people write together only grows; the hub folds it, and asks nobody. */
function judgeTextUpdate(principal: Principal, { document, liveLeaves }: Write): Verdict {
  if (liveLeaves > 0 || document['_deleted']) return refused('append-only')
  const update = readTextUpdate(document)
  if (!update.ok) return refused('invalid', update.failure)
  return update.value.author === principal.account ? allowed : refused('not-the-author')
}

function judgeOfficeWrite(principal: Principal, write: Write): Verdict {
  const mayEdit = preparesMeetings(principal)
  if (write.document['_deleted']) {
    if (!mayEdit) return refused('role')
    // Settling a conflict ends the losing branch; the last living one stays.
    return write.liveLeaves > 1 ? allowed : refused('deletion-is-a-state')
  }
  const outcome = readRecord(write.document)
  if (!outcome.ok) return refused('invalid', outcome.failure)
  const record = outcome.value
  const moved = movedField(record, write.stored)
  if (moved) return refused('invalid', [{ field: moved, message: 'must stay as it was' }])
  if (isRemains(record)) return judgeRemains(principal, record, write.stored)
  const before = publicationOf(write.stored)
  const isTheClerks = before !== undefined && before.state !== 'draft'
  if (!mayEdit && (isTheClerks || !isStaffDraft(record))) return refused('role')
  const after = publicationOf(record)
  if (before && after && after.step < before.step) return refused('publication-goes-back')
  return allowed
}

/**
 * Minutes, their sections and objections are the hub's alone. Of a resolution the administration says what becomes of it;
 * who sends an older state may not know yet of the file that the hub made of it.
 */
function judgeRemains(principal: Principal, record: Remains, stored: Write['stored']): Verdict {
  if (record.type !== 'resolution' || !stored) return refused('read-only')
  const before: Readonly<Record<string, unknown>> = stored
  const after = record as unknown as Readonly<Record<string, unknown>>
  const changed = Object.keys({ ...before, ...after })
    .filter((field) => canonical(before[field]) !== canonical(after[field]))
    .filter((field) => !field.startsWith('_') && !(field === 'file' && after[field] === undefined))
  const own: ReadonlySet<string> = new Set([...administeredFields, 'modified', 'versions'])
  if (!changed.every((field) => own.has(field))) return refused('read-only')
  const versions = Object.keys(record.versions ?? {})
  if (!versions.every((field) => own.has(field))) return refused('read-only')
  return [...changed, ...versions].includes('announced') && !preparesMeetings(principal) ? refused('role') : allowed
}

/** Staff of other offices hand in papers; what becomes of them is the clerk's decision. */
const isStaffDraft = (record: AnyRecord): boolean =>
  record.type === 'file' ||
  record.type === 'consultation' ||
  (record.type === 'paper' && record.publication.state === 'draft')

/** A board stays where it was opened, over what it was: who may see what is drawn on it follows from there. */
function movedField(record: AnyRecord, stored: Write['stored']): string | undefined {
  if (record.type !== 'board' || !stored) return undefined
  return (['meeting', 'agendaItem', 'file', 'sha512'] as const).find((field) => record[field] !== stored[field])
}

const publicationOf = (record: object | undefined): Publication | undefined =>
  record && 'publication' in record ? (record.publication as Publication) : undefined
