export { minutesPdf, type MinutesPdfOptions } from './minutes-pdf.ts'
export type { MissingLetters } from './typesetter.ts'
