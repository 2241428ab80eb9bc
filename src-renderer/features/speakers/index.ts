/** Who speaks, who wants to, and for how long. */
export { default as FactionTimes } from './time/FactionTimes.svelte'
export { default as SpeakerClock } from './time/SpeakerClock.svelte'
export { default as SpeakerList } from './SpeakerList.svelte'
export { pauseSpeech, resumeSpeech, startSpeech, stopSpeech } from './speaker-commands.ts'
export { factionName, factionOf, speakerBoard } from './speaker-list.ts'
export { describeForm, nameOfSpeaker } from './speaker-words.ts'
export { clockText } from './time/speaking-time.ts'
