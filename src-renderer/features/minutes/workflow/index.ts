/** What happens with minutes: presented, signed, published, objected to. */
export { default as Workflow } from './Workflow.svelte'
export { default as SignAsChair } from './SignAsChair.svelte'
export { default as ObjectionList } from './ObjectionList.svelte'
export { default as RaiseObjection } from './RaiseObjection.svelte'
