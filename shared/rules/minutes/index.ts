/** From the log of a meeting to its minutes, and what is judged about them. */
export { allowanceRows, demoAllowance, type AllowanceRow, type AllowanceRules } from './allowance/allowance.ts'
export { allowanceCsv } from './allowance/csv.ts'
export { checkMinutes, minutesDue, type ContentFinding } from './completeness.ts'
export { draftMinutes } from './draft.ts'
export { membersAway } from './frame/attendance.ts'
export { closedMinutes, excerptOf, publicMinutes } from './parts.ts'
export { fillPassage, passageFiller, type PassageFiller, type PassageInputs } from './passages/inputs.ts'
export {
  offeredPassages,
  sortPassages,
  type OfferedPassage,
  type PassageOrigin,
  type PassageReader,
} from './passages/offered.ts'
export { paragraphsOf, passagePlaceOf, templateAfter, templateOf } from './passages/template.ts'
export { readableMinutes } from './readable.ts'
export type { MinutesItem, MinutesSource } from './source.ts'
export { minutesOf, statisticCsv } from './statistics/csv.ts'
export { figuresOf, type MeetingFigures } from './statistics/figures.ts'
export { termStatistic, type TermStatistic } from './statistics/term.ts'
export { textOf, textOfBlocks } from './text.ts'
export {
  arrange,
  writtenMinutes,
  type ArrangedSection,
  type LeftPiece,
  type LoggedPiece,
  type OwnPiece,
  type Piece,
} from './writing/arrange.ts'
export { fingerprintOf, type OwnText, type Wording, type Written } from './writing/written.ts'
