/** Who agreed to be filmed and heard: one's own in the settings, all of a meeting at the broadcast desk. */
export { default as ConsentCard } from './ConsentCard.svelte'
export { default as OwnConsentCard } from './OwnConsentCard.svelte'
export { silencedOf } from './speakers.ts'
