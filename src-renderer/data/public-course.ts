import { broadcastPaths, type WatchedMeeting } from '../../shared/hub-api/broadcast.ts'
import { failed, success } from '../../shared/result.ts'
import type { PublicCourse } from './contract.ts'
import { readFailure } from './hub/index.ts'

const keyOf = (meeting: string): string => meeting.slice('meeting:'.length)

/** Asks the town's site as anybody does: without the rights of whoever is signed in. */
export const publicCourse = (origin: string, meeting: string): PublicCourse => ({
  read: async () => {
    try {
      const path = broadcastPaths.watched(keyOf(meeting))
      const answer = await fetch(`${origin}${path}`, { credentials: 'omit', cache: 'no-store' })
      return answer.ok ? success((await answer.json()) as WatchedMeeting) : failed(await readFailure(answer))
    } catch {
      return failed('unreachable')
    }
  },
})
