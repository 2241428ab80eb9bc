import type { FastifyInstance } from 'fastify'
import type { MeetingProgress } from '../../../../shared/council/meeting-progress.ts'
import { numberAgenda } from '../../../../shared/rules/numbering.ts'
import type { PublicCatalogue } from '../../public-catalogue.ts'
import type { StreamEvent } from '../../event-stream.ts'
import { streamProgress } from './progress-stream.ts'

/**
 * `GET /meeting/:key/signals`: what other systems follow (microphones, cameras, OBS), as JSON; README.md describes it.
 * Who comes is told how everything is, then what changes, whether the public is in before anything else.
 */
export function serveSignals(app: FastifyInstance, catalogue: PublicCatalogue): void {
  streamProgress(
    app,
    '/meeting/:key/signals',
    () => catalogue,
    () => {
      let told: ReadonlyMap<string, string> = new Map()
      return (progress) => {
        const now = signalsOf(progress, catalogue)
        const changed = [...now].filter(([event, data]) => told.get(event) !== data)
        told = now
        return changed.map(([event, data]): StreamEvent => ({ event, data }))
      }
    },
  )
}

/** Every signal with how it stands, in the order in which they are told. */
function signalsOf(progress: MeetingProgress, catalogue: PublicCatalogue): Map<string, string> {
  const { phase, current, speaker, votes, meeting } = progress
  const signals = {
    part: { public: progress.public },
    phase: { phase },
    item: { item: current === undefined ? null : itemOf(current, meeting, catalogue) },
    speaker: { speaker: speaker ?? null },
    vote: { vote: lastOf(votes) },
  }
  return new Map(Object.entries(signals).map(([event, data]) => [event, JSON.stringify(data)]))
}

function itemOf(id: string, meeting: string, catalogue: PublicCatalogue) {
  const items = catalogue.naming('agenda-item', meeting)
  const name = items.find(({ _id }) => _id === id)?.name
  const number = numberAgenda(items).get(id)
  return { id, ...(number === undefined ? {} : { number }), ...(name === undefined ? {} : { name }) }
}

/** The vote that was opened last. */
function lastOf(votes: MeetingProgress['votes']) {
  const last = votes.toSorted((a, b) => (a.opened < b.opened ? -1 : 1)).at(-1)
  if (!last) return null
  const { vote, item, question, status, received, entitled, tally, finding } = last
  return { vote, item, question, status, received, entitled, ...(finding ? { tally, outcome: finding.outcome } : {}) }
}
