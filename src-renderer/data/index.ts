export { createData } from './data.svelte.ts'
export type * from './contract.ts'
