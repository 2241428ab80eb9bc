import { beforeAll, describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { broadcastPaths, type BroadcastStatus, type ReportEntry } from '../../../shared/hub-api/broadcast.ts'
import { partSeconds } from '../../../shared/council/broadcast.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import { meetingId, say, send } from '../meetings/council.suite.ts'
import { decodeAt, makeMarked, type MarkedMedia } from './testing/marked-media.suite.ts'
import { meetingKey, openRoom, transmit, type Room } from './testing/room.suite.ts'

const isHere = findFfmpeg()
if (!isHere) console.warn('There is no ffmpeg: what is transmitted is not decoded.')
const partMs = partSeconds * 1000

let open: MarkedMedia
let closed: MarkedMedia
beforeAll(async () => {
  if (!isHere) return
  open = await makeMarked('open', 12)
  closed = await makeMarked('closed', 12)
})

/** Lets time pass with the slate on until the playlist shows so many of its parts. */
async function watchSlate(room: Room, parts: number): Promise<void> {
  room.pass()
  for (let part = 0; part < parts; part += 1) {
    room.pass()
    await expect.poll(() => room.watcher.collect()).toContain('init-slate.mp4')
  }
}

const playable = (room: Room, name: string): string => `${room.hub.origin}/broadcast/${meetingKey}/${name}`

describe.skipIf(!isHere)('nothing of a closed part is ever published', () => {
  it('though the capture client goes on, sends late, guesses epochs and claims other times', async () => {
    const room = await openRoom(open.init)
    const { capture, watcher, chairSays, pass } = room
    expect(await transmit(room, open.parts.slice(0, 6))).toEqual(Array.from({ length: 6 }, () => 204))
    await watcher.collect()
    const before = { ...capture.lease }

    await chairSays({ kind: 'part-closed', reason: 'Grundstück' })
    // It knows nothing of the close, or does not care.
    for (const part of closed.parts.slice(0, 4)) {
      pass()
      expect(await capture.send(capture.next({ independent: true }), part)).toBe('epoch')
    }
    const guessed = capture.next({ epoch: before.epoch + 1, independent: true })
    expect(await capture.send(guessed, closed.parts[4]!)).toBe('mac')
    const earlier = capture.next({ captured: { from: room.clock.now - 3000, to: room.clock.now - 2700 } })
    expect(await capture.send(earlier, closed.parts[5]!)).toBe('epoch')
    expect((await capture.renew()).key).toBeUndefined()
    expect(await capture.send(capture.next({ independent: true }), closed.parts[6]!, { key: before.key! })).toBe('mac')
    await watchSlate(room, 4)

    await chairSays({ kind: 'part-opened' })
    await expect.poll(async () => (await capture.renew()).key).toBeDefined()
    // What it kept from behind closed doors, with the right key and its true or an invented time.
    const kept = capture.next({ sequence: 30, captured: { from: room.clock.now - partMs, to: room.clock.now } })
    expect(await capture.send(kept, closed.parts[7]!)).toBe('interval')
    const ahead = capture.next({ sequence: 31, captured: { from: room.clock.now + 100, to: room.clock.now + 420 } })
    expect(await capture.send({ ...ahead, independent: true }, closed.parts[8]!)).toBe('interval')
    expect(await capture.send({ ...capture.next({ independent: true }), epoch: before.epoch }, closed.parts[9]!)).toBe(
      'epoch',
    )
    pass()
    expect(await capture.send(capture.next({ sequence: 36 }), open.parts[6]!)).toBe(204)
    expect(await transmit(room, open.parts.slice(7, 12))).toEqual(Array.from({ length: 5 }, () => 204))

    await watcher.collect()
    const seen = await watcher.decoded()
    // Each once as parts, once as a segment.
    expect(seen).toMatchObject({ open: 2 * 12 * 8, closed: 0, tones: { closed: 0 } })
    expect(seen.slate).toBeGreaterThan(8)
    expect(seen.tones.open).toBeGreaterThan(2 * 34)

    expect((await fetch(playable(room, 'high/download/1'))).status).toBe(404)
    const { administrator } = room.council
    expect((await administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))).status).toBe(204)
    const recorded = await decodeAt(playable(room, 'high/recording.m3u8'))
    expect(recorded).toMatchObject({ open: 12 * 8, closed: 0, slate: 0, tones: { closed: 0 } })
    expect((await decodeAt(playable(room, 'live.m3u8'))).closed).toBe(0)
    expect((await fetch(playable(room, 'high/download/2'))).status).toBe(404)
    const report = (await administrator.tell<ReportEntry[]>('GET', broadcastPaths.report(meetingId))).body
    const told = report.filter(({ what }) => what !== 'slate' && what !== 'resumed')
    expect(told.map(({ what, because }) => [what, ...(because ?? [])].join(' '))).toEqual([
      ...['opened', 'announced', 'closed log', 'refused epoch', 'refused mac', 'opened', 'refused interval'],
      ...['closed ended', 'ended'],
    ])
  })

  it('though an upload had begun before the close', async () => {
    const room = await openRoom(open.init)
    await transmit(room, open.parts.slice(0, 2))
    room.pass()
    const upload = room.capture.begin(room.capture.next(), closed.parts[2]!)
    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    const status = async () =>
      (await room.council.administrator.tell<BroadcastStatus>('GET', broadcastPaths.broadcast(meetingId))).body
    await expect.poll(async () => (await status()).open).toBe(false)
    expect(await upload.finish()).toBe('epoch')
    await watchSlate(room, 1)
    expect(await room.watcher.decoded()).toMatchObject({ closed: 0, tones: { closed: 0 } })
  })

  it('though the hub hears late of a close: what was captured after it is taken back, and overwritten', async () => {
    const room = await openRoom(open.init)
    await transmit(room, open.parts.slice(0, 6))
    const closedAt = room.clock.now
    // The chair’s device has no network for a second, and the room is closed already.
    const published = await transmit(room, closed.parts.slice(0, 3))
    expect(published).toEqual([204, 204, 204])
    await say(room.council.chair, [{ kind: 'part-closed', reason: 'Personal' }], { at: closedAt })
    await watchSlate(room, 1)
    expect(await room.watcher.decoded()).toMatchObject({ closed: 0, tones: { closed: 0 } })
    await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    expect(await decodeAt(playable(room, 'high/recording.m3u8'))).toMatchObject({
      open: 48,
      closed: 0,
      tones: { closed: 0 },
    })
    const closedMedia = closed.parts[1]!.subarray(-200)
    for (const name of ['recording.mp4', 'download/1'])
      expect((await room.watcher.fetch(name)).includes(closedMedia), name).toBe(false)
    expect(await decodeAt(playable(room, 'high/download/1'))).toMatchObject({
      ...{ open: 48, closed: 0, slate: 0, tones: { closed: 0 } },
    })
  })

  it('though the hub hears of close and opening together, once both are over', async () => {
    const room = await openRoom(open.init)
    await transmit(room, open.parts.slice(0, 6))
    const from = room.clock.now
    await transmit(room, closed.parts.slice(0, 6))
    const to = room.clock.now
    await transmit(room, open.parts.slice(6, 8))
    // The chair’s device had no network all the while.
    const { device, caller } = room.council.chair
    const write = (body: EventBody, at: number) => device.write(meetingId, body, { at, audience: 'org-council' })
    const docs = [write({ kind: 'part-closed', reason: 'Personal' }, from), write({ kind: 'part-opened' }, to)]
    expect(await send(caller, 'org-council', docs)).toEqual([])
    await expect
      .poll(async () => (await room.watcher.fetch('recording.mp4')).includes(closed.parts[1]!.subarray(-200)))
      .toBe(false)
    await expect.poll(() => room.watcher.playlist()).toContain('GAP=YES')
    await room.watcher.collect()
    expect(await room.watcher.decoded()).toMatchObject({ closed: 0, tones: { closed: 0 } })
    expect(await transmit(room, open.parts.slice(8, 12))).toEqual([204, 204, 204, 204])
    await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    expect(await decodeAt(playable(room, 'high/recording.m3u8'))).toMatchObject({ closed: 0, tones: { closed: 0 } })
  })
})
