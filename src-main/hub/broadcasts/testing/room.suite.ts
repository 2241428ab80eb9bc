import type { Announcement } from '../../../../shared/hub-api/broadcast.ts'
import { partSeconds } from '../../../../shared/council/broadcast.ts'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import type { HubConfigInput } from '../../config.ts'
import { makeCouncil, meetingId, openMeeting, say, type Council } from '../../meetings/council.suite.ts'
import { startTestHub, type TestHub } from '../../testing/hub.ts'
import { Capture, type TestClock } from './capture.suite.ts'
import { Watcher } from './watcher.suite.ts'

export const meetingKey = meetingId.slice('meeting:'.length)
const partMs = partSeconds * 1000

/** A hub with a meeting that is on, somebody who transmits it and somebody who watches. */
export interface Room {
  readonly hub: TestHub
  readonly council: Council
  readonly capture: Capture
  readonly watcher: Watcher
  readonly clock: TestClock
  /** Lets the chair put something on record, now by the clock. */
  readonly chairSays: (...bodies: readonly EventBody[]) => Promise<void>
  /** Moves the clock by so many parts. */
  readonly pass: (parts?: number) => void
}

/** A clock that goes on by itself, and can be moved besides. */
export function runningClock(): TestClock {
  let ahead = 0
  return {
    get now() {
      return Date.now() + ahead
    },
    set now(time) {
      ahead = time - Date.now()
    },
  }
}

/** What a room's hub is like. */
export type RoomConfig = Pick<HubConfigInput, 'recordingDays' | 'recordings'> & {
  readonly delay?: number
  readonly clock?: TestClock
}

/** Announces one rendition with the given initialization segment, in a meeting that was opened a second ago. */
export async function openRoom(
  init: Buffer,
  { delay = 0, clock = { now: Date.parse('2026-12-01T17:00:00Z') }, ...config }: RoomConfig = {},
): Promise<Room> {
  const hub = await startTestHub({ now: () => clock.now, ...config })
  const council = await makeCouncil(hub, { size: 1 })
  await openMeeting(council, { at: clock.now })
  const capture = new Capture({ origin: hub.origin, caller: council.administrator, meeting: meetingId, clock })
  await capture.announce(announcementOf(init, delay))
  clock.now += 1000
  await capture.renew()
  return {
    ...{ hub, council, capture, clock, watcher: new Watcher(hub.origin, meetingKey) },
    chairSays: async (...bodies) => void (await say(council.chair, bodies, { at: clock.now })),
    pass: (parts = 1) => void (clock.now += parts * partMs),
  }
}

export const announcementOf = (init: Buffer, delay = 0): Announcement => ({
  renditions: [
    {
      ...{ rendition: 'high', codecs: 'avc1.42c01f,mp4a.40.2', bandwidth: 300_000 },
      ...{ picture: { width: 160, height: 90 }, init: init.toString('base64') },
    },
  ],
  delay,
})

/** Sends parts in real order, each as soon as it was captured; returns what the hub said to each. */
export async function transmit({ capture, pass }: Room, parts: readonly Buffer[]): Promise<(number | string)[]> {
  const answers: (number | string)[] = []
  for (const part of parts) {
    pass()
    await capture.renew()
    answers.push(await capture.send(capture.next(), part))
  }
  return answers
}
