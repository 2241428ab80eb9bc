/** What corrections make of the events that they replace. */
export { earliestTime, isPlausibleTime } from './corrected-time.ts'
export { Corrections, isCorrection, type Reading } from './corrections.ts'
