import type { Principal } from '../../shared/rules/access.ts'
import type { MeetingState } from '../../shared/rules/meeting/state.ts'

/** Whether somebody runs a meeting: by office, or as one of those who may preside over it. */
export const presides = ({ person, roles }: Principal, { constitution }: MeetingState): boolean =>
  roles.some((role) => role === 'chair' || role === 'clerk' || role === 'administrator') ||
  (person !== null && constitution?.presidents.includes(person) === true)
