/** The course of a meeting: its phases, its agenda, its public and its closed part. */
export { default as CoursePanel } from './CoursePanel.svelte'
export { default as PartDialog } from './PartDialog.svelte'
export { default as PhaseMenu } from './PhaseMenu.svelte'
export { addNote, closeItem, openItem, openMeeting, resumeMeeting } from './course-commands.ts'
export {
  absentChair,
  chairOf,
  currentItem,
  nextItem,
  nextStep,
  timeOnItem,
  type NextStep,
  type ProcedureTopic,
} from './course.ts'
export { itemLabel, itemTitle } from './course-words.ts'
