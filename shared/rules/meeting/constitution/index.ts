/** What a meeting is judged by, drafted from the records of the office. */
export { constitutionOf, type ConstitutionDraft, type ConstitutionFault } from './constitution.ts'
