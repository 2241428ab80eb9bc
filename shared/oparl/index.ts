import { agendaItem, type AgendaItem } from './agenda-item.ts'
import { body, type Body } from './body.ts'
import { consultation, type Consultation } from './consultation.ts'
import { file, type OparlFile } from './file.ts'
import { legislativeTerm, type LegislativeTerm } from './legislative-term.ts'
import { location, type OparlLocation } from './location.ts'
import { meeting, type Meeting } from './meeting.ts'
import { membership, type Membership } from './membership.ts'
import { organization, type Organization } from './organization.ts'
import { paper, type Paper } from './paper.ts'
import { person, type Person } from './person.ts'

/** OParl's record types by name. Its twelfth type, System, describes a hub and is no stored record. */
export interface OparlRecords {
  body: Body
  'legislative-term': LegislativeTerm
  organization: Organization
  person: Person
  membership: Membership
  meeting: Meeting
  'agenda-item': AgendaItem
  paper: Paper
  consultation: Consultation
  file: OparlFile
  location: OparlLocation
}
export type OparlType = keyof OparlRecords
export type OparlRecord = OparlRecords[OparlType]

export const oparlDefinitions = {
  body,
  'legislative-term': legislativeTerm,
  organization,
  person,
  membership,
  meeting,
  'agenda-item': agendaItem,
  paper,
  consultation,
  file,
  location,
} as const

export const isOparlType = (type: string | undefined): type is OparlType =>
  type !== undefined && Object.hasOwn(oparlDefinitions, type)

export type {
  AgendaItem,
  Body,
  Consultation,
  LegislativeTerm,
  Meeting,
  Membership,
  OparlFile,
  OparlLocation,
  Organization,
  Paper,
  Person,
}
export type { RecordFault } from './record.ts'
