import { recordingPaths, type CorrectionRefusal, type RecordingDesk } from '../../shared/hub-api/recording.ts'
import { failed, type Result } from '../../shared/result.ts'
import type { RecordingFailure, RecordingLink } from './contract.ts'
import type { HubClient } from './hub/index.ts'

type Answer = ReturnType<typeof HubClient.prototype.ask<RecordingDesk>>

/** Speaks of the recording of one meeting to the hub. */
export const recordingLink = (hub: HubClient, meeting: string): RecordingLink => ({
  desk: () => told(hub.ask('GET', recordingPaths.desk(meeting))),
  cut: (request) => told(hub.ask('POST', recordingPaths.cuts(meeting), request)),
  undo: (cut) => told(hub.ask('DELETE', recordingPaths.cut(meeting, cut))),
  makeFinal: (cut) => told(hub.ask('POST', recordingPaths.final(meeting, cut))),
  move: (request) => told(hub.ask('PUT', recordingPaths.chapters(meeting), request)),
  async piece(time) {
    const response = await hub.request(recordingPaths.piece(meeting, time))
    // A connection that breaks on the way gives no sound either.
    return response?.ok ? response.arrayBuffer().catch(() => undefined) : undefined
  },
})

async function told(answer: Answer): Promise<Result<RecordingDesk, RecordingFailure>> {
  const outcome = await answer
  if (outcome.ok) return outcome
  const { failure } = outcome
  if (failure === 'unreachable') return failed(failure)
  if ('reason' in failure) return failed((failure as CorrectionRefusal).reason)
  return failed(failure.error === 'not-found' ? 'missing' : 'refused')
}
