import * as v from 'valibot'
import { day, defineRecord, envelope, idOf, instant, line } from '../../oparl/record.ts'
import { longText, voteId } from '../events/event-body.ts'
import { minutesDocumentSchema, signatories } from '../minutes.ts'

/**
 * `draft`: written by the administration, nobody else sees it; `presented`: frozen, to be signed; `signed`: by both, and
 * with the members of the body; `published`: everybody reads its public part. It only rises, but that what is presented
 * is taken back before both have signed.
 */
export const minutesStates = ['draft', 'presented', 'signed', 'published'] as const
export type MinutesState = (typeof minutesStates)[number]

/** SHA-256 in hexadecimal digits. */
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

const signOffSchema = v.strictObject({
  by: v.picklist(signatories),
  name: line,
  at: instant,
  /** Whose account it was; known to the administration alone. */
  account: v.optional(line),
  person: v.optional(idOf('person')),
  /** Of the canonical form of the whole document that was signed; known to the administration, as `account` is. */
  digest: v.optional(sha256),
})
export type SignOff = v.InferOutput<typeof signOffSchema>

/** What the body decided about an objection. It stands beside the text that was signed, and never changes it. */
const annotationSchema = v.strictObject({
  objection: idOf('objection'),
  /** Key of the section that was objected to. */
  section: line,
  /** Whether everybody may read it: the section is public, and so was the vote. */
  public: v.boolean(),
  accepted: v.boolean(),
  /** How the section should read, where the body agreed. */
  correction: v.optional(longText),
  decided: instant,
  /** The meeting that decided, as it is called. */
  decidedIn: line,
  vote: voteId,
})
export type Annotation = v.InferOutput<typeof annotationSchema>

export const minutesSchema = v.strictObject({
  ...envelope('minutes', 1),
  meeting: idOf('meeting'),
  term: idOf('legislative-term'),
  state: v.picklist(minutesStates),
  /** The last day on which the members should have it, where the law names one (GemO RLP §41 (1)). */
  due: v.optional(day),
  /** The last day for objections, where the town's rules of procedure name one and the law does not. */
  objectionsUntil: v.optional(day),
  /** Day of the meeting, in the town's time zone. */
  day: v.optional(day),
  /** Frozen as it was presented, with both parts; each audience has its own part of it. */
  document: v.optional(minutesDocumentSchema),
  /** Of the canonical form of the whole document: what a sign-off names. */
  digest: v.optional(sha256),
  presented: v.optional(instant),
  signOffs: v.array(signOffSchema),
  published: v.optional(instant),
  annotations: v.array(annotationSchema),
  /** The public minutes as PDF/UA-1, and as PDF/A-2a for archives. */
  publicFile: v.optional(idOf('file')),
  archiveFile: v.optional(idOf('file')),
})
/** What remains of a meeting: one record per meeting, written by the hub alone. */
export type Minutes = v.InferOutput<typeof minutesSchema>

export const minutes = defineRecord({
  type: 'minutes',
  version: 1,
  schema: minutesSchema,
  references: {
    meeting: ['meeting'],
    term: ['legislative-term'],
    publicFile: ['file'],
    archiveFile: ['file'],
  },
  migrations: [],
})

/** The id of the minutes of a meeting. */
export const minutesId = (meeting: string): `minutes:${string}` => `minutes:${meeting.slice(meeting.indexOf(':') + 1)}`
