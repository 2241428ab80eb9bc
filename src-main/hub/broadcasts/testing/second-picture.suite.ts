import { secondRendition } from '../../../../shared/council/broadcast.ts'
import type { Announcement } from '../../../../shared/hub-api/broadcast.ts'
import { meetingId } from '../../meetings/council.suite.ts'
import { Capture } from './capture.suite.ts'
import { meetingKey, type Room } from './room.suite.ts'
import { Watcher } from './watcher.suite.ts'

/** Somebody who sends the second picture, and somebody who watches it. */
export interface SecondRoom extends Room {
  readonly second: Capture
  readonly secondWatcher: Watcher
}

export const secondAnnouncement = (init: Buffer, interpreters: readonly string[] = []): Announcement => ({
  renditions: [
    {
      ...{ rendition: secondRendition, codecs: 'avc1.42c01e', bandwidth: 300_000 },
      ...{ picture: { width: 160, height: 90 }, init: init.toString('base64') },
    },
  ],
  interpreters: [...interpreters],
})

/** Another client in a room, of the same account or another device of it. */
export const captureIn = ({ hub, council, clock }: Room): Capture =>
  new Capture({ origin: hub.origin, caller: council.administrator, meeting: meetingId, clock })

/** Announces the second picture beside what goes on in a room. */
export async function openSecond(room: Room, init: Buffer, interpreters?: readonly string[]): Promise<SecondRoom> {
  const second = captureIn(room)
  await second.announce(secondAnnouncement(init, interpreters))
  const secondWatcher = new Watcher(room.hub.origin, meetingKey, secondRendition)
  return { ...room, second, secondWatcher }
}

/** Sends parts of both pictures in real order; returns what the hub said to each. */
export async function transmitBoth(
  { capture, second, pass }: SecondRoom,
  main: readonly Buffer[],
  beside: readonly Buffer[],
): Promise<(number | string)[][]> {
  const answers: (number | string)[][] = []
  for (const [place, part] of main.entries()) {
    pass()
    await Promise.all([capture.renew(), second.renew()])
    const head = second.next({ rendition: secondRendition })
    answers.push([await capture.send(capture.next(), part), await second.send(head, beside[place]!)])
  }
  return answers
}
