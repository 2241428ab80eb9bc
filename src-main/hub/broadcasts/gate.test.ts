import { readFile, truncate, appendFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leaseMs, partSeconds } from '../../../shared/council/broadcast.ts'
import { broadcastPaths, type BroadcastStatus, type ReportEntry } from '../../../shared/hub-api/broadcast.ts'
import { meetingId } from '../meetings/council.suite.ts'
import { Caller, startTestHub, welcome } from '../testing/hub.ts'
import { plainInit, plainPart } from './testing/plain-media.suite.ts'
import { announcementOf, meetingKey, openRoom, transmit, type Room } from './testing/room.suite.ts'
import { Watcher } from './testing/watcher.suite.ts'

const partMs = partSeconds * 1000
const parts = (count: number, word = 'public'): Buffer[] =>
  Array.from({ length: count }, (_, place) => plainPart(`${word} ${place}`))

const statusOf = async ({ council }: Pick<Room, 'council'>, origin?: string): Promise<BroadcastStatus> => {
  const caller = origin ? new Caller(origin, council.administrator.session) : council.administrator
  return (await caller.tell<BroadcastStatus>('GET', broadcastPaths.broadcast(meetingId))).body
}
const setGate = ({ council }: Room, body: object) =>
  council.chair.caller.tell<BroadcastStatus>('PUT', broadcastPaths.gate(meetingId), body)

describe('a part is refused', () => {
  it('when it is signed wrongly, is there already, is no media, or of another stream', async () => {
    const room = await openRoom(plainInit)
    const { capture, pass } = room
    await transmit(room, parts(1))
    pass()
    const head = capture.next()
    const [media] = parts(1, 'next')
    expect(await capture.send(head, media!, { key: Buffer.alloc(32).toString('base64') })).toBe('mac')
    expect(await capture.send(head, Buffer.from('no boxes'))).toBe('malformed')
    expect(await capture.send(head, Buffer.concat([media!, plainInit]))).toBe('malformed')
    expect(await capture.send({ ...head, rendition: 'other' }, media!)).toBe('stream')
    expect(await capture.send(head, media!)).toBe(204)
    expect(await capture.send(head, media!)).toBe('sequence')
    expect(await capture.send({ ...head, sequence: 9, captured: head.captured }, media!)).toBe('interval')
    const before = { ...capture.lease }
    await capture.announce(announcementOf(plainInit))
    pass()
    expect(await capture.send({ ...capture.next(), stream: before.stream }, media!)).toBe('stream')
    expect((await room.council.administrator.tell('POST', broadcastPaths.lease(meetingId), before)).status).toBe(400)
    const { stream } = before
    expect((await room.council.administrator.tell('POST', broadcastPaths.lease(meetingId), { stream })).status).toBe(
      409,
    )
  })

  it('when its lease lapsed, or its clock is wrong by an hour in either direction', async () => {
    const room = await openRoom(plainInit)
    const { capture, pass, clock } = room
    await transmit(room, parts(6))
    const hour = 3_600_000
    const at = (skew: number) => ({ from: clock.now - partMs + skew, to: clock.now + skew })
    pass()
    expect(await capture.send(capture.next({ captured: at(-hour) }), parts(1)[0]!)).toBe('interval')
    expect(await capture.send(capture.next({ captured: at(hour), sequence: 6 }), parts(1)[0]!)).toBe('interval')
    clock.now += leaseMs + 1
    expect(await capture.send(capture.next({ sequence: 6 }), parts(1)[0]!)).toBe('lease')
    await capture.renew()
    expect(await capture.send(capture.next({ sequence: 6 }), parts(1)[0]!)).toBe(204)
  })
})

describe('the direct close', () => {
  it('stops at once though the log says that the public is in, and outlives the hub', async () => {
    const room = await openRoom(plainInit)
    const { capture, hub, clock, pass } = room
    await transmit(room, parts(2))
    expect(await setGate(room, { state: 'closed', drop: false })).toMatchObject({
      ...{ status: 200, body: { open: false, because: ['direct'], epoch: 2 } },
    })
    pass()
    expect(await capture.send(capture.next({ independent: true }), parts(1)[0]!)).toBe('epoch')
    await hub.stop()
    const again = await startTestHub({ folder: hub.folder, now: () => clock.now })
    expect(await statusOf(room, again.origin)).toMatchObject({ open: false, because: ['direct'] })
    const chair = new Caller(again.origin, room.council.chair.caller.session)
    const opened = await chair.tell<BroadcastStatus>('PUT', broadcastPaths.gate(meetingId), { state: 'open' })
    expect(opened.body).toMatchObject({ open: true, because: [] })
  })

  it('is for those who run the meeting; nobody else learns anything', async () => {
    const room = await openRoom(plainInit)
    const member = await welcome(room.hub, room.council.administrator, ['member'])
    const close = { state: 'closed', drop: true }
    expect((await member.tell('PUT', broadcastPaths.gate(meetingId), close)).status).toBe(403)
    expect((await member.tell('GET', broadcastPaths.report(meetingId))).status).toBe(403)
    const nobody = new Caller(room.hub.origin)
    expect((await nobody.tell('PUT', broadcastPaths.gate(meetingId), close)).status).toBe(401)
    expect((await room.council.administrator.tell('POST', broadcastPaths.streams('meeting:none'), {})).status).toBe(400)
    const announced = announcementOf(plainInit)
    const answer = await room.council.administrator.tell('POST', broadcastPaths.streams('meeting:none'), announced)
    expect(answer.status).toBe(404)
    expect(await statusOf(room)).toMatchObject({ open: true })
  })
})

describe('a hub that starts again', () => {
  it('in a closed part stays closed, and shows the slate to whoever watches', async () => {
    const room = await openRoom(plainInit)
    const { hub, clock, capture } = room
    await transmit(room, parts(6))
    const lease = { ...capture.lease }
    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    await expect.poll(() => statusOf(room)).toMatchObject({ open: false, because: ['log'] })
    await hub.stop()
    clock.now += 5000
    const again = await startTestHub({ folder: hub.folder, now: () => clock.now })
    expect(await statusOf(room, again.origin)).toMatchObject({ open: false, because: ['log'] })
    const moved = capture.at(again.origin)
    clock.now += 2000
    const head = { ...moved.next({ sequence: 40, independent: true }), ...{ stream: lease.stream, epoch: lease.epoch } }
    expect(await moved.send(head, parts(1, 'secret')[0]!, { key: lease.key! })).toBe('stream')
    const watcher = new Watcher(again.origin, meetingKey)
    clock.now += 1000
    await expect.poll(() => watcher.collect()).toContain('init-slate.mp4')
    const { body } = await new Caller(again.origin, room.council.administrator.session).tell<ReportEntry[]>(
      ...(['GET', broadcastPaths.report(meetingId)] as const),
    )
    expect(body.map(({ what }) => what)).toContain('restarted')
  })

  it('keeps every part that its journal vouches for, and cuts what was being written', async () => {
    const room = await openRoom(plainInit)
    const { hub, clock } = room
    await transmit(room, parts(12))
    await hub.stop()
    const folder = join(hub.folder, 'broadcasts', meetingKey)
    const media = join(folder, 'high.mp4')
    const { size } = await stat(media)
    await appendFile(media, parts(1, 'half')[0]!.subarray(0, 20))
    await appendFile(join(folder, 'journal.jsonl'), '{"kind":"part","rend')
    const again = await startTestHub({ folder: hub.folder, now: () => clock.now })
    expect((await stat(media)).size).toBe(size)
    const playlist = await new Watcher(again.origin, meetingKey).fetch('recording.m3u8')
    expect(playlist.toString().match(/#EXTINF:1\.920000/g)).toHaveLength(2)
    await again.stop()
    // As after a power cut: the line is there, its media is not.
    await truncate(media, size - 10)
    const third = await startTestHub({ folder: hub.folder, now: () => clock.now })
    const left = (await new Watcher(third.origin, meetingKey).fetch('recording.m3u8')).toString()
    expect(left.match(/#EXTINF/g)).toHaveLength(1)
    expect((await readFile(media)).includes('public 11')).toBe(false)
  })
})

describe('the delay', () => {
  it('holds parts back, and the panic button drops what was not shown', async () => {
    const room = await openRoom(plainInit, { delay: 10 })
    const { clock, watcher, capture } = room
    await transmit(room, parts(6))
    expect(await statusOf(room)).toMatchObject({ held: 6, delay: 10 })
    await expect.poll(() => watcher.playlist()).not.toContain(`init-${capture.lease.stream.slice(7)}`)
    clock.now += 9000
    await expect.poll(async () => (await statusOf(room)).held).toBeLessThan(6)
    await setGate(room, { state: 'closed', drop: true })
    expect(await statusOf(room)).toMatchObject({ held: 0, open: false })
    clock.now += 10_000
    await expect.poll(() => watcher.collect()).toContain('init-slate.mp4')
    const bytes = await watcher.fetch('recording.mp4')
    expect([bytes.includes('public 0'), bytes.includes('public 5')]).toEqual([true, false])
  })
})

describe('who watches', () => {
  it('waits for the next part in one request, gets everything without a cookie, and is counted', async () => {
    const room = await openRoom(plainInit)
    const { watcher, hub, capture } = room
    await transmit(room, parts(6))
    const [, hint] = /PRELOAD-HINT:TYPE=PART,URI="part-(\d+)-0/.exec(await watcher.playlist())!
    const next = Number(hint)
    const sequence = next - 1
    const [waiting, hinted] = [watcher.playlist(`?_HLS_msn=${next}&_HLS_part=0`), watcher.fetch(`part-${next}-0.m4s`)]
    await transmit(room, parts(1, 'awaited'))
    expect(await waiting).toContain(`part-${next}-0.m4s`)
    expect((await hinted).includes('awaited 0')).toBe(true)
    await capture.renew()
    expect(capture.lease.watchers).toBeGreaterThan(0)
    const base = `${hub.origin}/broadcast/${meetingKey}/high/`
    const headersOf = async (name: string) => {
      const { status, headers } = await fetch(base + name)
      return [status, headers.get('cache-control'), headers.get('set-cookie')]
    }
    expect(await headersOf(`segment-${sequence}.m4s`)).toEqual([200, 'public, max-age=60, immutable', null])
    expect(await headersOf('live.m3u8')).toEqual([200, 'public, max-age=1', null])
    expect(await headersOf(`live.m3u8?_HLS_msn=${sequence}`)).toEqual([200, 'public, max-age=6', null])
    expect(await headersOf(`live.m3u8?_HLS_msn=${next + 9}`)).toEqual([400, 'no-store', null])
    expect(await headersOf('live.m3u8?_HLS_part=1')).toEqual([400, 'no-store', null])
    expect(await headersOf(`segment-${next}.m4s`)).toEqual([404, 'no-store', null])

    const allOf = async (name: string, headers = {}) => {
      const answer = await fetch(base + name, { headers })
      const { date: _, 'access-control-expose-headers': __, ...rest } = Object.fromEntries(answer.headers)
      return [answer.status, rest, await answer.text()]
    }
    // Who comes from elsewhere is answered by the router, everybody else ahead of it.
    const waited = [`live.m3u8?_HLS_msn=${next}&_HLS_part=0`, `live.m3u8?_HLS_msn=${next + 9}&_HLS_part=0`]
    for (const name of [
      ...waited,
      `part-${next}-0.m4s`,
      `segment-${sequence}.m4s`,
      `segment-${next}.m4s`,
      'part-1-1.m4s',
    ])
      expect(await allOf(name)).toEqual(await allOf(name, { origin: 'https://elsewhere.example' }))
  })
})
