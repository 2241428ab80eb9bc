/** From the log of a meeting to its minutes, and what is judged about them. */
export { draftMinutes } from './draft.ts'
export { closedMinutes, excerptOf, publicMinutes } from './parts.ts'
export type { MinutesItem, MinutesSource } from './source.ts'
export { textOf } from './text.ts'
