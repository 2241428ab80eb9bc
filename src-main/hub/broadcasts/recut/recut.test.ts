import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../../scripts/ffmpeg.ts'
import { broadcastPaths, type PublicBroadcast, type ReportEntry } from '../../../../shared/hub-api/broadcast.ts'
import { recordingPaths, type CorrectionRefusal, type RecordingDesk } from '../../../../shared/hub-api/recording.ts'
import { meetingId, openItem } from '../../meetings/council.suite.ts'
import { Caller, startTestHub, welcome } from '../../testing/hub.ts'
import { decodeAt, makeMarked } from '../testing/marked-media.suite.ts'
import { plainInit, plainPart } from '../testing/plain-media.suite.ts'
import { all, everythingOf, partsIn, record, said, secret } from '../testing/recorded-room.suite.ts'
import { meetingKey, openRoom, transmit } from '../testing/room.suite.ts'

describe('a recording that is corrected', () => {
  it('gives nothing of what was cut by any way, brings it back, and removes it for good', async () => {
    const { hub, council, begun } = await record()
    const { administrator } = council
    const read = () => everythingOf(hub.origin, administrator)
    expect(partsIn(await read())).toEqual(all)
    expect(await read()).toContain(said)

    const cutting = { from: begun + 13.5 * 320, to: begun + 16.5 * 320, reason: 'Name einer Zeugin' }
    const { status, body: desk } = await administrator.tell<RecordingDesk>(
      'POST',
      recordingPaths.cuts(meetingId),
      cutting,
    )
    expect(status).toBe(200)
    const [cut] = desk.cuts
    // The rest of the segment shows differences to what was cut.
    const kept = all.filter((part) => part < 13 || part > 17)
    expect(partsIn(await read())).toEqual(kept)
    expect(await read()).not.toContain(said)
    const playlist = await (await fetch(`${hub.origin}/broadcast/${meetingKey}/high/recording.m3u8`)).text()
    expect(playlist.match(/#EXT-X-DISCONTINUITY$/gm)).toHaveLength(1)

    const cutPath = recordingPaths.cut(meetingId, cut!.cut)
    expect((await administrator.tell('DELETE', cutPath)).status).toBe(200)
    expect(partsIn(await read()).filter((part) => part < 18)).toEqual(all.filter((part) => part < 18))
    expect(await read()).toContain(said)

    const { body: again } = await administrator.tell<RecordingDesk>('POST', recordingPaths.cuts(meetingId), cutting)
    const final = again.cuts[0]!.cut
    const file = join(hub.folder, 'broadcasts', meetingKey, 'high.mp4')
    expect(partsIn(await readFile(file, 'latin1'))).toEqual(all)
    expect((await administrator.tell('POST', recordingPaths.final(meetingId, final))).status).toBe(200)
    expect(partsIn(await readFile(file, 'latin1'))).toEqual(kept)
    const captions = join(hub.folder, 'broadcasts', meetingKey, 'captions.jsonl')
    await expect.poll(() => readFile(captions, 'utf8')).not.toContain(said)
    const refused = await administrator.tell<CorrectionRefusal>('DELETE', recordingPaths.cut(meetingId, final))
    expect([refused.status, refused.body.reason]).toEqual([409, 'final'])
    expect(partsIn(await read())).toEqual(kept)

    const { body: report } = await administrator.tell<ReportEntry[]>('GET', broadcastPaths.report(meetingId))
    const told = report.filter(({ what }) => what.startsWith('cut'))
    expect(told.map(({ what, because = [] }) => [what, ...because])).toEqual([
      ['cut', cutting.reason],
      ['cut-undone'],
      ['cut', cutting.reason],
      ['cut-final'],
    ])
    expect(told.every(({ name, at }) => name !== undefined && at !== '')).toBe(true)
  })

  it('keeps its cuts when the hub starts again, and loses cut media too when its time is over', async () => {
    const { hub, council, begun, clock } = await record()
    const { administrator } = council
    const cutting = { from: begun - 1000, to: begun + 60_000, reason: 'Alles' }
    expect((await administrator.tell('POST', recordingPaths.cuts(meetingId), cutting)).status).toBe(200)
    await hub.stop()
    const again = await startTestHub({ folder: hub.folder, now: () => clock.now, recordingDays: 30 })
    const caller = new Caller(again.origin, administrator.session)
    const text = await everythingOf(again.origin, caller)
    expect(partsIn(text)).toEqual([])
    expect(text).not.toContain(said)
    await again.stop()
    clock.now += 31 * 86_400_000
    await startTestHub({ folder: hub.folder, now: () => clock.now, recordingDays: 30 })
    await expect(readFile(join(hub.folder, 'broadcasts', meetingKey, 'high.mp4'))).rejects.toThrow('ENOENT')
  })

  it('has marks that are moved a little, and put back', async () => {
    const { hub, council, begun } = await record()
    const { administrator } = council
    const put = (to: number | null, chapter: string = openItem) =>
      administrator.tell<RecordingDesk & CorrectionRefusal>('PUT', recordingPaths.chapters(meetingId), { chapter, to })
    const moved = await put(Math.round(begun + 3200))
    expect(moved.body.chapters).toMatchObject([{ chapter: openItem, kind: 'item', at: begun + 3200 }])
    const state = (await (await fetch(hub.origin + broadcastPaths.state(meetingKey))).json()) as PublicBroadcast
    expect(state.chapters).toEqual({ [openItem]: begun + 3200 })
    const page = await (await fetch(`${hub.origin}/de/recordings?q=open`, { headers: { accept: 'text/html' } })).text()
    expect(page).toContain(encodeURIComponent(new Date(begun + 3200).toISOString()))
    expect((await put(begun + 200_000)).body.reason).toBe('far')
    expect((await put(begun + 20_000)).body.reason).toBe('nothing')
    expect((await put(begun, 'item:none')).body.reason).toBe('unknown')
    const reset = (await put(null)).body.chapters[0]!
    expect(reset.at).toBe(reset.logged)
  })

  it.skipIf(!findFfmpeg())('gives the sound of a stretch as a file that plays alone', async () => {
    const { init, parts } = await makeMarked('open', 24)
    const room = await openRoom(init)
    const begun = room.clock.now
    await transmit(room, parts)
    const { administrator } = room.council
    await administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    const path = recordingPaths.piece(meetingId, { from: begun + 6 * 320 + 1, to: begun + 18 * 320 - 1 })
    const answer = await administrator.ask('GET', path)
    expect(answer.status).toBe(200)
    const file = join(room.hub.folder, 'piece.mp4')
    await writeFile(file, Buffer.from(await answer.arrayBuffer()))
    const { tones, open } = await decodeAt(file)
    expect(open).toBe(12 * 8)
    expect(tones.open).toBeGreaterThan(0)
  })

  it('is corrected by whoever may transmit alone, after its end alone, where something is recorded', async () => {
    const room = await openRoom(plainInit)
    const { hub, council, clock } = room
    const { administrator } = council
    const begun = clock.now
    await transmit(
      room,
      [0, 1, 2, 3, 4, 5].map((part) => plainPart(secret(part))),
    )
    const cutting = { from: begun, to: begun + 1000, reason: 'Probe' }
    const cut = (caller: Caller, body: object = cutting) =>
      caller.tell<CorrectionRefusal>('POST', recordingPaths.cuts(meetingId), body)
    expect((await cut(administrator)).body.reason).toBe('running')
    await administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    expect((await cut(administrator, { ...cutting, from: begun + 90_000, to: begun + 91_000 })).body.reason).toBe(
      'nothing',
    )
    expect((await cut(administrator, { ...cutting, reason: '' })).status).toBe(400)
    const member = await welcome(hub, administrator, ['member'])
    expect((await cut(member)).status).toBe(403)
    expect((await cut(new Caller(hub.origin))).status).toBe(401)
    for (const path of [
      recordingPaths.desk(meetingId),
      recordingPaths.piece(meetingId, { from: begun, to: begun + 900 }),
    ])
      expect([
        (await member.tell('GET', path)).status,
        (await new Caller(hub.origin).tell('GET', path)).status,
      ]).toEqual([403, 401])
    expect((await cut(council.chair.caller)).status).toBe(200)
  })
})
