import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, type types } from 'hls-parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { secondRendition, silenceMs } from '../../../shared/council/broadcast.ts'
import { broadcastPaths, type PublicBroadcast, type ReportEntry } from '../../../shared/hub-api/broadcast.ts'
import { consentPaths } from '../../../shared/hub-api/consent.ts'
import { recordingPaths, type RecordingDesk } from '../../../shared/hub-api/recording.ts'
import { meetingId, openItem, say } from '../meetings/council.suite.ts'
import { Caller, startTestHub } from '../testing/hub.ts'
import { makeMarked, run, seenAt, type MarkedMedia } from './testing/marked-media.suite.ts'
import { plainInit, plainPart } from './testing/plain-media.suite.ts'
import { announcementOf, meetingKey, openRoom, transmit, type Room } from './testing/room.suite.ts'
import { captureIn, openSecond, secondAnnouncement, transmitBoth } from './testing/second-picture.suite.ts'
import { Watcher } from './testing/watcher.suite.ts'

const isHere = findFfmpeg()
if (!isHere) console.warn('There is no ffmpeg: what is transmitted is not decoded.')

const parts = (word: string, count: number): Buffer[] =>
  Array.from({ length: count }, (_, place) => plainPart(`~${word} ${place}~`))
const wordsIn = (bytes: Buffer, word: string): number[] =>
  [...bytes.toString('latin1').matchAll(new RegExp(`~${word} (\\d+)~`, 'g'))].map(([, place]) => Number(place))
const fileOf = ({ hub }: Pick<Room, 'hub'>, rendition: string): Promise<Buffer> =>
  readFile(join(hub.folder, 'broadcasts', meetingKey, `${rendition}.mp4`))
const stateAt = async (origin: string): Promise<PublicBroadcast> =>
  (await new Caller(origin).tell<PublicBroadcast>('GET', broadcastPaths.state(meetingKey))).body
const endOf = ({ council }: Room) => council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
/** Everything that anybody can fetch of the second picture by an address that was ever told. */
async function everythingOf(watcher: Watcher, told: ReadonlySet<string>): Promise<Buffer> {
  const names = [...told, 'recording.mp4', 'recording.m3u8', 'download/1', 'live.m3u8']
  const bodies = await Promise.all(names.map((name) => watcher.fetch(name).catch(() => Buffer.alloc(0))))
  return Buffer.concat(bodies)
}
const toldIn = (playlist: string): string[] =>
  [...playlist.matchAll(/(?:URI="|^)([\w-]+\.m4s)/gm)].map(([, name]) => name ?? '')
/** Settles when what was sent of the main picture is recorded, and so what was sent before it. */
const endOfWrites = (room: Room) =>
  expect.poll(async () => wordsIn(await fileOf(room, 'high'), 'main').length).toBeGreaterThan(5)
const timesTwo = (count: number): number[][] => Array.from({ length: count }, () => [204, 204])

describe('the second picture', () => {
  it('is announced alone, small and without sound, by whoever may transmit', async () => {
    const room = await openRoom(plainInit)
    const { administrator } = room.council
    const [sign] = secondAnnouncement(plainInit).renditions
    const [high] = announcementOf(plainInit).renditions
    const post = async (renditions: readonly object[], caller: Caller = administrator) =>
      (await caller.tell('POST', broadcastPaths.streams(meetingId), { renditions })).status
    expect([
      await post([sign!, high!]),
      await post([{ ...sign!, codecs: 'avc1.42c01e,mp4a.40.2' }]),
      await post([{ ...sign!, picture: { width: 1280, height: 720 } }]),
      await post([{ ...sign!, bandwidth: 3_000_000 }]),
      await post([sign!], new Caller(room.hub.origin)),
      await post([sign!]),
    ]).toEqual([400, 400, 400, 400, 401, 201])
  })

  it('begins no transmission and reopens none', async () => {
    const room = await openRoom(plainInit)
    await endOf(room)
    const { second } = await openSecond(room, plainInit)
    expect(second.lease.key).toBeUndefined()
    expect((await stateAt(room.hub.origin)).status).toBe('ended')
    await room.capture.announce(announcementOf(plainInit))
    expect((await second.renew()).key).toBeDefined()
    await endOf(room)
    // Whoever sent it has to say so anew in another transmission.
    const stream = { stream: second.lease.stream }
    expect((await room.council.administrator.tell('POST', broadcastPaths.lease(meetingId), stream)).status).toBe(409)
  })

  it('that fails alone stops nothing, shows the slate and comes back by itself', async () => {
    const room = await openSecond(await openRoom(plainInit), plainInit)
    expect(await transmitBoth(room, parts('main', 6), parts('sign', 6))).toEqual(timesTwo(6))
    const second = { rendition: secondRendition, width: 160, height: 90 }
    expect(await stateAt(room.hub.origin)).toMatchObject({ status: 'live', second: { ...second, isShown: true } })
    const map = async (watcher: Watcher) => (await watcher.playlist()).match(/(?<=MAP:URI=")[^"]*/g)?.at(-1)
    for (let part = 0; part < 6; part += 1) expect(await transmit(room, [plainPart('alone')])).toEqual([204])
    await expect.poll(() => map(room.secondWatcher)).toBe('init-slate.mp4')
    expect(await map(room.watcher)).not.toBe('init-slate.mp4')
    expect(await stateAt(room.hub.origin)).toMatchObject({ status: 'live', second: { ...second, isShown: false } })
    await room.second.announce(secondAnnouncement(plainInit))
    expect(await transmitBoth(room, parts('main', 6), parts('back', 6))).toEqual(timesTwo(6))
    expect(await map(room.secondWatcher)).toContain(room.second.lease.stream.slice('stream:'.length))
    expect((await stateAt(room.hub.origin)).second).toMatchObject({ isShown: true, recorded: true })
    const main = await room.watcher.playlist()
    expect([...main.matchAll(/#EXT-X-DISCONTINUITY$/gm)]).toHaveLength([...main.matchAll(/MAP:URI/g)].length - 1)
  })

  it('goes on though the hub hears nothing of the main one, whose state it does not change', async () => {
    const room = await openSecond(await openRoom(plainInit), plainInit)
    await transmitBoth(room, parts('main', 3), parts('sign', 3))
    for (let part = 3; part < 8; part += 1) {
      room.pass()
      await room.second.renew()
      expect(await room.second.send(room.second.next({ rendition: secondRendition }), plainPart('more'))).toBe(204)
    }
    await expect.poll(async () => (await stateAt(room.hub.origin)).status).toBe('silent')
    expect((await stateAt(room.hub.origin)).second).toMatchObject({ isShown: true })
  })
})

describe('a close drops both pictures at once', () => {
  it('though who sends the second one goes on, with old and with foreign epochs, keys and times', async () => {
    const room = await openSecond(await openRoom(plainInit), plainInit)
    const { second, capture, clock, pass } = room
    await transmitBoth(room, parts('main', 6), parts('sign', 6))
    const told = new Set(toldIn(await room.secondWatcher.playlist()))
    const before = { ...second.lease }
    const sign = { rendition: secondRendition, independent: true }
    const [secret] = parts('secret', 1)

    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    pass()
    expect(await second.send(second.next(sign), secret!)).toBe('epoch')
    expect(await second.send(second.next({ ...sign, epoch: before.epoch + 1 }), secret!)).toBe('mac')
    expect((await second.renew()).key).toBeUndefined()
    expect(await second.send(second.next(sign), secret!, { key: before.key! })).toBe('mac')
    clock.now += silenceMs
    await expect.poll(() => room.secondWatcher.collect()).toContain('init-slate.mp4')
    await expect.poll(() => room.watcher.collect()).toContain('init-slate.mp4')
    expect(await stateAt(room.hub.origin)).toMatchObject({ status: 'closed', second: { isShown: false } })

    await room.chairSays({ kind: 'part-opened' })
    await expect.poll(async () => (await second.renew()).key).toBeDefined()
    await capture.renew()
    // Kept from behind closed doors, with the right key; under the epoch of before; with the key of the main picture.
    const kept = { from: clock.now - 320, to: clock.now }
    expect(await second.send(second.next({ ...sign, captured: kept }), secret!)).toBe('interval')
    expect(await second.send(second.next({ ...sign, epoch: before.epoch }), secret!)).toBe('epoch')
    expect(await second.send(second.next(sign), secret!, { key: capture.lease.key! })).toBe('mac')
    pass()
    // Neither client can pass for the other.
    expect(await capture.send(capture.next(sign), secret!)).not.toBe(204)
    expect(await second.send(second.next({ rendition: 'high', independent: true }), secret!)).not.toBe(204)
    expect(await second.send(second.next({ ...sign, stream: capture.lease.stream }), secret!)).toBe('stream')
    expect(await second.send(second.next({ ...sign, sequence: 60 }), plainPart('~sign 6~'))).toBe(204)

    for (const name of toldIn(await room.secondWatcher.playlist())) told.add(name)
    await endOf(room)
    const everything = await everythingOf(room.secondWatcher, told)
    expect(wordsIn(everything, 'secret')).toEqual([])
    expect(wordsIn(everything, 'sign')).toContain(6)
    expect(wordsIn(await fileOf(room, secondRendition), 'secret')).toEqual([])
  })

  it('of which the hub hears late: what was shown since is taken back and overwritten in both', async () => {
    const room = await openSecond(await openRoom(plainInit), plainInit)
    await transmitBoth(room, parts('main', 6), parts('sign', 6))
    const closedAt = room.clock.now
    await transmitBoth(room, parts('secret', 3), parts('secret', 3))
    const told = new Set(toldIn(await room.secondWatcher.playlist()))
    expect(wordsIn(await everythingOf(room.secondWatcher, told), 'secret').length).toBeGreaterThan(0)
    await say(room.council.chair, [{ kind: 'part-closed', reason: 'Personal' }], { at: closedAt })
    for (const rendition of ['high', secondRendition])
      await expect.poll(async () => wordsIn(await fileOf(room, rendition), 'secret')).toEqual([])
    expect(wordsIn(await fileOf(room, secondRendition), 'sign')).toEqual([0, 1, 2, 3, 4, 5])
    expect(wordsIn(await everythingOf(room.secondWatcher, told), 'secret')).toEqual([])
    for (const watcher of [room.watcher, room.secondWatcher])
      expect((await watcher.playlist()).match(/GAP=YES/g)).toHaveLength(3)
  })

  it('by the panic button with what a delay holds back, and in a pause', async () => {
    const room = await openSecond(await openRoom(plainInit, { delay: 10 }), plainInit)
    await transmitBoth(room, parts('main', 6), parts('held', 6))
    const { administrator } = room.council
    await administrator.tell('PUT', broadcastPaths.gate(meetingId), { state: 'closed', drop: true })
    expect((await room.second.renew()).key).toBeUndefined()
    room.clock.now += 12_000
    await expect.poll(() => room.secondWatcher.collect()).toContain('init-slate.mp4')
    await administrator.tell('PUT', broadcastPaths.gate(meetingId), { state: 'open' })
    expect((await room.second.renew()).key).toBeDefined()
    await room.chairSays({ kind: 'meeting-paused' })
    await expect.poll(async () => (await room.second.renew()).key).toBeUndefined()
    await endOf(room)
    await expect(fileOf(room, secondRendition)).rejects.toThrow('ENOENT')
  })

  it('when the hub starts again: closed until both are announced anew', async () => {
    const room = await openSecond(await openRoom(plainInit), plainInit)
    await transmitBoth(room, parts('main', 6), parts('sign', 6))
    const before = { ...room.second.lease }
    await room.hub.stop()
    room.clock.now += 2000
    const again = await startTestHub({ folder: room.hub.folder, now: () => room.clock.now })
    expect(await stateAt(again.origin)).toMatchObject({ second: { isShown: false, recorded: true } })
    const moved = room.second.at(again.origin)
    const [secret] = parts('secret', 1)
    const head = moved.next({ rendition: secondRendition, independent: true, sequence: 12 })
    expect(await moved.send(head, secret!, { key: before.key! })).toBe('stream')
    const caller = new Caller(again.origin, room.council.administrator.session)
    const lease = await caller.tell('POST', broadcastPaths.lease(meetingId), { stream: before.stream })
    expect(lease.status).toBe(409)
    room.clock.now += silenceMs
    const watcher = new Watcher(again.origin, meetingKey, secondRendition)
    await expect.poll(() => watcher.collect()).toContain('init-slate.mp4')
    expect(await moved.announce(secondAnnouncement(plainInit))).toBe(201)
    room.clock.now += 400
    await moved.renew()
    expect(await moved.send(moved.next({ rendition: secondRendition }), plainPart('~sign 6~'))).toBe(204)
    await expect.poll(async () => wordsIn(await watcher.fetch('recording.mp4'), 'sign')).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})

describe('consent', () => {
  const signed = (guest: string, uses: readonly string[]) => ({ speaker: { guest }, uses, signed: '2026-11-30' })
  const enter = async ({ council }: Room, guest: string, uses: readonly string[]): Promise<void> => {
    const { status } = await council.administrator.tell('POST', consentPaths.meeting(meetingId), signed(guest, uses))
    expect(status).toBe(201)
  }

  it('of who speaks concerns the main picture alone: who interprets is shown on', async () => {
    const room = await openSecond(await openRoom(plainInit), plainInit, ['Ina Gebärde'])
    await transmitBoth(room, parts('main', 3), parts('sign', 3))
    const speech = { speech: 'speech:1', item: openItem, speaker: { guest: 'Erika Gast' }, form: 'speech' } as const
    await room.chairSays({ kind: 'speech-requested', ...speech }, { kind: 'speech-started', speech: 'speech:1' })
    await expect.poll(async () => (await room.capture.renew()).key).toBeUndefined()
    room.pass()
    expect((await room.second.renew()).key).toBeDefined()
    expect(await room.second.send(room.second.next({ rendition: secondRendition }), plainPart('~sign 3~'))).toBe(204)
    await expect.poll(async () => wordsIn(await fileOf(room, secondRendition), 'sign')).toEqual([0, 1, 2, 3])
  })

  it('of who interprets is needed where the register knows of them, and withdrawn it clears the recording', async () => {
    const room = await openRoom(plainInit)
    await enter(room, 'Ina Gebärde', ['live-picture'])
    const { second, ...more } = await openSecond(room, plainInit, ['Otto Hand', ' ina  gebärde'])
    expect(second.lease.key).toBeDefined()
    await transmitBoth({ ...room, ...more, second }, parts('main', 6), parts('sign', 6))
    // To be seen afterwards was not agreed to.
    await endOfWrites(room)
    await expect(fileOf(room, secondRendition)).rejects.toThrow('ENOENT')
    await enter(room, 'Ina Gebärde', ['live-picture', 'recording-picture'])
    await transmitBoth({ ...room, ...more, second }, parts('main', 6), parts('sign', 6))
    await expect.poll(async () => wordsIn(await fileOf(room, secondRendition), 'sign')).toHaveLength(6)
    await enter(room, 'Ina Gebärde', [])
    expect((await second.renew()).key).toBeUndefined()
    await expect.poll(async () => wordsIn(await fileOf(room, secondRendition), 'sign')).toEqual([])
    expect((await room.capture.renew()).key).toBeDefined()
    expect(wordsIn(await fileOf(room, 'high'), 'main')).toHaveLength(12)
    // Another one takes over; what was recorded of the first stays away.
    await second.announce(secondAnnouncement(plainInit, ['Otto Hand']))
    expect(second.lease.key).toBeDefined()
    await transmitBoth({ ...room, ...more, second }, parts('main', 6), parts('otto', 6))
    await expect.poll(async () => wordsIn(await fileOf(room, secondRendition), 'otto')).toHaveLength(6)
    expect(wordsIn(await fileOf(room, secondRendition), 'sign')).toEqual([])
    const state = JSON.stringify(await stateAt(room.hub.origin))
    expect([state.includes('Otto'), state.includes('Ina')]).toEqual([false, false])
  })
})

describe('the recording of the second picture', () => {
  it('is cut, erased and removed with that of the main one', async () => {
    const room = await openSecond(await openRoom(plainInit, { recordingDays: 30 }), plainInit)
    const begun = room.clock.now
    await transmitBoth(room, parts('main', 18), parts('sign', 18))
    const told = new Set(toldIn(await room.secondWatcher.playlist()))
    const { administrator } = room.council
    await endOf(room)
    const cutting = { from: begun + 7 * 320, to: begun + 8 * 320, reason: 'Name einer Zeugin' }
    const { body } = await administrator.tell<RecordingDesk>('POST', recordingPaths.cuts(meetingId), cutting)
    const kept = [0, 1, 2, 3, 4, 5, 6, 12, 13, 14, 15, 16, 17]
    const readable = async (): Promise<number[]> =>
      [...new Set(wordsIn(await everythingOf(room.secondWatcher, told), 'sign'))].sort((a, b) => a - b)
    expect(await readable()).toEqual(kept)
    expect(wordsIn(await fileOf(room, secondRendition), 'sign')).toHaveLength(18)
    await administrator.tell('POST', recordingPaths.final(meetingId, body.cuts[0]!.cut))
    for (const [rendition, word] of [['high', 'main'] as const, [secondRendition, 'sign'] as const])
      expect(wordsIn(await fileOf(room, rendition), word)).toEqual(kept)
    await room.hub.stop()
    room.clock.now += 31 * 86_400_000
    const again = await startTestHub({ folder: room.hub.folder, now: () => room.clock.now, recordingDays: 30 })
    for (const rendition of ['high', secondRendition]) {
      await expect(fileOf(room, rendition)).rejects.toThrow('ENOENT')
      const recording = broadcastPaths.rendition(meetingKey, rendition, 'recording')
      expect((await fetch(again.origin + recording)).status).toBe(410)
    }
    expect((await stateAt(again.origin)).second).toMatchObject({ recorded: false })
  })

  it('makes no recording of a meeting by itself, and never speaks for the main one', async () => {
    const room = await openSecond(await openRoom(plainInit), plainInit)
    await transmitBoth(room, parts('main', 6), parts('sign', 6))
    const from = room.clock.now - 6 * 320
    const to = room.clock.now
    for (let part = 6; part < 18; part += 1) {
      room.pass()
      await room.second.renew()
      await room.second.send(room.second.next({ rendition: secondRendition }), plainPart(`~sign ${part}~`))
    }
    await endOf(room)
    const { held, recorded } = await stateAt(room.hub.origin)
    expect({ held, recorded }).toEqual({ held: [{ from, to }], recorded: true })
  })
})

describe.skipIf(!isHere)('decoded', () => {
  let main: MarkedMedia
  let sign: MarkedMedia
  let secret: MarkedMedia
  beforeAll(async () => {
    ;[main, sign, secret] = await Promise.all([
      makeMarked('open', 12),
      makeMarked('open', 12, { silent: true }),
      makeMarked('closed', 6, { silent: true }),
    ])
  })

  it('every frame that was published is of the public part or the slate; the playlist plays as it is', async () => {
    const room = await openSecond(await openRoom(main.init), sign.init)
    expect(await transmitBoth(room, main.parts.slice(0, 6), sign.parts.slice(0, 6))).toEqual(timesTwo(6))
    await room.secondWatcher.collect()
    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    for (const part of secret.parts) {
      room.pass()
      await room.second.send(room.second.next({ rendition: secondRendition, independent: true }), part)
    }
    await expect.poll(() => room.secondWatcher.collect()).toContain('init-slate.mp4')
    await room.chairSays({ kind: 'part-opened' })
    await expect.poll(async () => (await room.second.renew()).key).toBeDefined()
    await room.capture.renew()
    for (let place = 6; place < 12; place += 1) {
      room.pass()
      await Promise.all([room.capture.renew(), room.second.renew()])
      const head = room.second.next({ rendition: secondRendition, sequence: 6 + place })
      expect(await room.second.send(head, sign.parts[place]!)).toBe(204)
    }
    await room.secondWatcher.collect()
    const seen = await room.secondWatcher.decoded()
    expect(seen).toMatchObject({ open: 2 * 12 * 8, closed: 0 })
    expect(seen.slate).toBeGreaterThan(8)
    const live = parse(await room.secondWatcher.playlist()) as types.MediaPlaylist
    // Before the first part the slate may have stood for a moment.
    expect(live.segments.filter(({ discontinuity }) => discontinuity).length).toBeGreaterThanOrEqual(2)
    const begun = live.segments.filter(({ uri }) => uri)
    expect(begun.every(({ programDateTime }) => programDateTime instanceof Date)).toBe(true)

    await endOf(room)
    const address = room.hub.origin + broadcastPaths.rendition(meetingKey, secondRendition, 'recording')
    const recording = parse(await (await fetch(address)).text()) as types.MediaPlaylist
    expect([recording.endlist, recording.segments.length]).toEqual([true, 2])
    expect(await seenAt(address)).toEqual({ open: 12 * 8, closed: 0, slate: 0 })
    const asked = ['-v', 'error', '-show_entries', 'stream=codec_type,width,height', '-of', 'json', address]
    const probed = JSON.parse((await run('ffprobe', asked)).toString()) as { streams: object[] }
    expect(probed.streams).toEqual([{ codec_type: 'video', width: 160, height: 90 }])
    const { body } = await room.council.administrator.tell<ReportEntry[]>('GET', broadcastPaths.report(meetingId))
    const told = body.filter(({ picture }) => picture === 'second').map(({ what }) => what)
    expect(told.filter((what) => what !== 'slate' && what !== 'resumed')).toEqual([
      ...['announced', 'opened', 'closed', 'refused', 'opened', 'closed'],
    ])
  })
})

it('a client of the main picture that announces itself anew leaves the second one on', async () => {
  const room = await openSecond(await openRoom(plainInit), plainInit)
  await transmitBoth(room, parts('main', 6), parts('sign', 6))
  const other = captureIn(room)
  expect(await other.announce(announcementOf(plainInit))).toBe(201)
  room.pass()
  await room.second.renew()
  expect(await room.second.send(room.second.next({ rendition: secondRendition }), plainPart('~sign 6~'))).toBe(204)
  expect((await room.secondWatcher.playlist()).match(/#EXT-X-DISCONTINUITY$/gm) ?? []).toHaveLength(
    ((await room.secondWatcher.playlist()).match(/MAP:URI/g) ?? []).length - 1,
  )
})
