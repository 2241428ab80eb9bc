import { expect, it } from 'vitest'
import { leaseMs, silenceMs } from '../../../shared/council/broadcast.ts'
import { broadcastPaths, type PublicBroadcast } from '../../../shared/hub-api/broadcast.ts'
import { say } from '../meetings/council.suite.ts'
import { plainInit, plainPart } from './testing/plain-media.suite.ts'
import { announcementOf, meetingKey, openRoom, transmit, type Room } from './testing/room.suite.ts'
import { Watcher } from './testing/watcher.suite.ts'

const both = () => {
  const announcement = announcementOf(plainInit)
  const [high] = announcement.renditions
  return { ...announcement, renditions: [high!, { ...high!, rendition: 'low' }] }
}

/** Address of the initialization segment of what is shown last. */
const mapOf = (playlist: string): string | undefined => playlist.match(/(?<=#EXT-X-MAP:URI=")[^"]*/g)?.at(-1)

async function sendBoth({ capture, pass }: Room, places: readonly number[], renditions: readonly string[]) {
  for (const place of places) {
    pass()
    await capture.renew()
    for (const rendition of renditions)
      expect(await capture.send(capture.next({ rendition, sequence: place }), plainPart(`${rendition} ${place}`))).toBe(
        204,
      )
  }
}

it('a rendition that stalls alone has the slate, while the others go on', async () => {
  const room = await openRoom(plainInit)
  await room.capture.announce(both())
  const [high, low] = [
    new Watcher(room.hub.origin, meetingKey, 'high'),
    new Watcher(room.hub.origin, meetingKey, 'low'),
  ]
  const init = `init-${room.capture.lease.stream.slice('stream:'.length)}.mp4`
  const maps = async () => [mapOf(await high.playlist()), mapOf(await low.playlist())]
  await sendBoth(room, [0, 1, 2], ['high', 'low'])
  expect(await maps()).toEqual([init, init])
  await sendBoth(room, [3, 4, 5, 6, 7], ['high'])
  await expect.poll(maps).toEqual([init, 'init-slate.mp4'])
  const state = await fetch(room.hub.origin + broadcastPaths.state(meetingKey))
  expect(((await state.json()) as PublicBroadcast).status).toBe('live')
  await sendBoth(room, [8, 9, 10, 11, 12], ['high'])
  await sendBoth(room, [12], ['low'])
  expect(await maps()).toEqual([init, init])
})

it('what a late close takes back is gone though the room was silent meanwhile, and the rest of its segment stays', async () => {
  const room = await openRoom(plainInit)
  const { capture, clock, watcher, hub } = room
  await transmit(
    room,
    [0, 1, 2].map((place) => plainPart(`public ${place}`)),
  )
  const closedAt = clock.now
  await transmit(
    room,
    [3, 4].map((place) => plainPart(`secret ${place}`)),
  )
  const published = [...(await watcher.playlist()).matchAll(/PART:[^\n]*URI="([^"]+)"/g)].map(([, uri]) => uri!)
  const bodies = () =>
    Promise.all(
      published.map(async (uri) => {
        const answer = await fetch(`${hub.origin}/broadcast/${meetingKey}/high/${uri}`)
        return answer.ok ? Buffer.from(await answer.arrayBuffer()).toString('latin1') : ''
      }),
    )
  const countOf = async (word: string) => (await bodies()).filter((body) => body.includes(word)).length
  expect([await countOf('public'), await countOf('secret')]).toEqual([3, 2])
  clock.now += silenceMs + leaseMs
  await expect.poll(async () => mapOf(await watcher.playlist())).toBe('init-slate.mp4')
  await say(room.council.chair, [{ kind: 'part-closed', reason: 'Personal' }], { at: closedAt })
  await expect.poll(() => countOf('secret')).toBe(0)
  expect(await countOf('public')).toBe(3)
  const playlist = await watcher.playlist()
  expect(playlist.match(/GAP=YES/g)).toHaveLength(2)
  expect(mapOf(playlist)).toBe('init-slate.mp4')
  expect((await capture.renew()).key).toBeUndefined()
})

it('a client that begins anew while the slate is on leaves it a slate', async () => {
  const room = await openRoom(plainInit)
  const { capture, pass, watcher } = room
  await transmit(room, [plainPart('public')])
  await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
  pass(4)
  await expect.poll(async () => mapOf(await watcher.playlist())).toBe('init-slate.mp4')
  await capture.announce(announcementOf(plainInit))
  const before = (await watcher.playlist()).split('#EXT-X-PART:').length
  pass(3)
  await expect.poll(async () => (await watcher.playlist()).split('#EXT-X-PART:').length).toBeGreaterThan(before)
  expect((await watcher.playlist()).match(/MAP:URI="(?!init-)/g)).toBeNull()
})
