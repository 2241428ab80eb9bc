import { m } from '../../../../shared/i18n/index.ts'
import type { consequences, spheres } from '../../../../shared/council/events/attendance.ts'
import type { SpeechForm } from '../../../../shared/council/events/speech.ts'
import type { Role } from '../../../../shared/council/role.ts'
import type { Choice } from '../../../../shared/council/events/vote.ts'

export const modeWords = { room: m.cockpit_in_room, remote: m.cockpit_remote } as const
export const awayWords = { table: m.cockpit_away_table, room: m.cockpit_away_room } as const
export const stanceWords = { pro: m.speakers_pro, contra: m.speakers_contra } as const

export const formWords: Readonly<Record<SpeechForm, () => string>> = {
  speech: m.speakers_form_speech,
  'point-of-order': m.speakers_form_point,
  question: m.speakers_form_question,
  intervention: m.speakers_form_intervention,
  reply: m.speakers_form_reply,
}
export const sphereWords: Readonly<Record<(typeof spheres)[number], () => string>> = {
  town: m.cockpit_sphere_town,
  member: m.cockpit_sphere_member,
  unclear: m.cockpit_sphere_unclear,
}
export const consequenceWords: Readonly<Record<(typeof consequences)[number], () => string>> = {
  none: m.cockpit_consequence_none,
  interrupted: m.cockpit_consequence_interrupted,
  repeated: m.cockpit_consequence_repeated,
  adjourned: m.cockpit_consequence_adjourned,
}
export const choiceWords: Readonly<Record<Choice, () => string>> = {
  yes: m.cockpit_choice_yes,
  no: m.cockpit_choice_no,
  abstain: m.cockpit_choice_abstain,
}

const roles: Readonly<Record<Role, () => string>> = {
  administrator: m.account_role_administrator,
  clerk: m.account_role_clerk,
  chair: m.account_role_chair,
  member: m.account_role_member,
  staff: m.account_role_staff,
  guest: m.account_role_guest,
}
/** Roles of an account whose name is not known here. */
export const roleWords = (held: readonly Role[]): string =>
  held.map((role) => roles[role]()).join(', ') || m.cockpit_unknown()
