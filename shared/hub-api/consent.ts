import * as v from 'valibot'
import { consentUses, type ConsentAct, type ConsentUse } from '../council/consent.ts'
import { speakerSchema, type Speaker } from '../council/events/speech.ts'
import { day } from '../oparl/record.ts'
import type { Clearance, ConsentStanding } from '../rules/broadcast/consent.ts'

/** The register of consent to be filmed and heard: one’s own for everybody, all of a meeting for whoever transmits it. */
export const consentPaths = {
  /** `GET` one’s own (`OwnConsent`); `PUT` a `ConsentChange`, get it anew. */
  own: '/api/consents',
  /** `GET` of everybody who may get the floor, as `SpeakerConsent[]`; `POST` a `ConsentForm`, get them anew. */
  meeting: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/consents`,
} as const

const uses = v.pipe(v.array(v.picklist(consentUses)), v.minLength(1), v.maxLength(consentUses.length))

export const consentChangeSchema = v.strictObject({ uses, given: v.boolean() })
export type ConsentChange = v.InferOutput<typeof consentChangeSchema>

/** What somebody signed on paper, entered by whoever prepares meetings. */
export const consentFormSchema = v.strictObject({
  speaker: speakerSchema,
  /** All that is agreed to; what is not named is not. */
  uses: v.pipe(v.array(v.picklist(consentUses)), v.maxLength(consentUses.length)),
  signed: day,
})
export type ConsentForm = v.InferOutput<typeof consentFormSchema>

type Standings = Readonly<Record<ConsentUse, ConsentStanding>>

export interface OwnConsent {
  /** Null: the account belongs to no person of the council, and has nothing to agree to. */
  readonly person: string | null
  readonly standings: Standings
  /** The oldest first. */
  readonly acts: readonly ConsentAct[]
  /** Version of the rules. */
  readonly rules: string
}

export interface SpeakerConsent extends Clearance {
  readonly speaker: Speaker
  readonly standings: Standings
  readonly acts: readonly ConsentAct[]
}
