/** What the page of the bench can be asked. */
export interface DayPage {
  /** Two people work at a board for so many minutes; answers with the document as it is then. */
  live(minutes: number): Promise<number[]>
  /** Shows a document as a device does that has just come. */
  load(update: readonly number[]): Promise<void>
  elements(): number
}
