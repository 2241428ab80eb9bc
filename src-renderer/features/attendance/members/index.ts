export { default as MemberDialog } from './MemberDialog.svelte'
export { default as RosterRow } from './RosterRow.svelte'
