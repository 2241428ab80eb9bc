/** Who is there, who counts, who is kept out, and what disturbed the meeting. */
export { default as AttendancePanel } from './AttendancePanel.svelte'
export { default as Conflicts } from './Conflicts.svelte'
export { OpenDisturbances } from './disturbances/index.ts'
export { arrive } from './attendance-commands.ts'
export { countingFor } from './counting.ts'
export { nameFits } from './roster.ts'
