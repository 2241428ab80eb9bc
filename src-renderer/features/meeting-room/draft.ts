import * as v from 'valibot'
import { constitutionSchema, type Constitution, type Seat } from '../../../shared/council/events/constitution.ts'
import { ruleSet } from '../../../shared/rules/law/index.ts'
import type { ConstitutionFault } from '../../../shared/rules/meeting/constitution/index.ts'
import { failed, success, type Result } from '../../../shared/result.ts'

/** A constitution while somebody works on it: numbers and days as they are typed. */
export interface Draft {
  rules: string
  statutoryNumber: string
  call: Constitution['call']
  constituent: boolean
  hybrid: boolean
  recording: Constitution['recording']
  sent: string
  urgent: boolean
  urgency: string
  presidents: string[]
  seats: { -readonly [Field in keyof Seat]: Seat[Field] }[]
  agenda: { -readonly [Field in keyof Constitution['agenda'][number]]: Constitution['agenda'][number][Field] }[]
}

export function draftOf(constitution: Constitution): Draft {
  const { rules, statutoryNumber, call, constituent, hybrid, recording, invitation } = constitution
  return {
    ...{ rules, call, constituent, hybrid, recording },
    statutoryNumber: String(statutoryNumber),
    sent: invitation?.sent ?? '',
    urgent: invitation?.urgent ?? false,
    urgency: invitation?.urgency ?? '',
    presidents: [...constitution.presidents],
    seats: constitution.seats.map((seat) => ({ ...seat })),
    agenda: constitution.agenda.map((entry) => ({ ...entry })),
  }
}

/** What has to be mended before the draft can be frozen. */
export type DraftFault = 'number' | 'presidents' | 'rules' | 'invalid'

/**
 * The constitution that a draft is.
 *
 * @param base where bodies and factions stand
 * @param day of the meeting, `yyyy-mm-dd`
 */
export function constitutionFrom(draft: Draft, base: Constitution, day: string): Result<Constitution, DraftFault[]> {
  const faults: DraftFault[] = []
  const number = /^\d{1,3}$/.test(draft.statutoryNumber.trim()) ? Number(draft.statutoryNumber) : 0
  if (number < 1) faults.push('number')
  if (draft.presidents.length === 0) faults.push('presidents')
  const rules = ruleSet(draft.rules)
  if (!rules) faults.push('rules')
  if (faults.length > 0) return failed(faults)
  const urgency = draft.urgency.trim()
  const outcome = v.safeParse(constitutionSchema, {
    organizations: base.organizations,
    rules: draft.rules,
    statutoryNumber: number,
    seats: draft.seats,
    factions: base.factions.filter(({ organization }) => draft.seats.some(({ faction }) => faction === organization)),
    presidents: draft.presidents,
    agenda: draft.agenda,
    call: draft.call,
    constituent: draft.constituent,
    hybrid: draft.hybrid && (rules?.hybrid?.allowed ?? false),
    recording: draft.recording,
    ...(draft.sent
      ? {
          invitation: {
            ...{ sent: draft.sent, meeting: day, urgent: draft.urgent },
            ...(draft.urgent && urgency ? { urgency } : {}),
          },
        }
      : {}),
  })
  return outcome.success ? success(outcome.output) : failed(['invalid'])
}

/** Faults of the registers that the draft has not mended. */
export function openFaults(faults: readonly ConstitutionFault[], draft: Draft): ConstitutionFault[] {
  const [chair, deputy] = draft.presidents
  return faults.filter(({ kind }) => {
    switch (kind) {
      case 'no-chair':
      case 'several-chairs':
        return chair === undefined
      case 'no-deputy':
        return deputy === undefined
      case 'no-votes':
        return !draft.seats.some(({ votes }) => votes)
      default:
        return true
    }
  })
}
