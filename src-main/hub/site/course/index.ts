/** How a meeting goes, told while it goes: to its page and to other systems. */
export { serveProgress } from './live.ts'
export { serveSignals } from './signals.ts'
