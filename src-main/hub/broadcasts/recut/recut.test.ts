import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../../scripts/ffmpeg.ts'
import { broadcastPaths, type PublicBroadcast, type ReportEntry } from '../../../../shared/hub-api/broadcast.ts'
import { captionPaths } from '../../../../shared/hub-api/captions.ts'
import { recordingPaths, type CorrectionRefusal, type RecordingDesk } from '../../../../shared/hub-api/recording.ts'
import { meetingId, openItem } from '../../meetings/council.suite.ts'
import { Caller, startTestHub, welcome } from '../../testing/hub.ts'
import { decodeAt, makeMarked } from '../testing/marked-media.suite.ts'
import { plainInit, plainPart } from '../testing/plain-media.suite.ts'
import { meetingKey, openRoom, transmit, type Room } from '../testing/room.suite.ts'

const secret = (part: number): string => `~part ${part}~`
const said = 'Der Name der Zeugin'

/** Five segments, numbered by parts, with a caption in the third; over. */
async function record(): Promise<Room & { readonly begun: number }> {
  const room = await openRoom(plainInit, { recordingDays: 30 })
  const begun = room.clock.now
  const parts = Array.from({ length: 30 }, (_, part) => plainPart(secret(part)))
  expect(await transmit(room, parts)).toEqual(parts.map(() => 204))
  const { administrator } = room.council
  const caption = { act: 'said', caption: 'caption:01J00000000000000000000000', text: said }
  const time = { from: begun + 14 * 320, to: begun + 16 * 320 }
  const told = await administrator.tell('POST', captionPaths.captions(meetingId), { ...caption, time })
  expect(told.status).toBe(204)
  await administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
  return { ...room, begun }
}

/** Everything that anybody can fetch of the recording, by every address. */
async function everythingOf(origin: string, administrator: Caller): Promise<string> {
  const base = `${origin}/broadcast/${meetingKey}`
  const get = async (url: string, headers: Record<string, string> = {}): Promise<string> =>
    Buffer.from(await (await fetch(url, { headers })).arrayBuffer()).toString('latin1')
  const live = await get(`${base}/high/live.m3u8`)
  const names = [...live.matchAll(/(?:URI="|^)([\w-]+\.m(?:4s|p4))/gm)].map(([, name]) => name ?? '')
  const parts = Array.from({ length: 8 }, (_, sequence) =>
    Array.from({ length: 8 }, (__, part) => `part-${sequence}-${part}.m4s`),
  ).flat()
  const paths = ['recording.m3u8', 'recording.mp4', 'download/1', ...names, ...parts].map((name) => `high/${name}`)
  const texts = await Promise.all(
    [...paths, 'captions.json', 'captions.vtt', 'captions/recording.m3u8', 'state'].map((path) =>
      get(`${base}/${path}`),
    ),
  )
  const ranged = await get(`${base}/high/recording.mp4`, { range: 'bytes=300-' })
  const found = await get(`${origin}/de/recordings?q=Zeugin`)
  const { body } = await administrator.tell<RecordingDesk>('GET', recordingPaths.desk(meetingId))
  const pieces = await Promise.all(
    body.cuts.map(({ from, to }) =>
      administrator
        .ask('GET', recordingPaths.piece(meetingId, { from: from - 10_000, to: to + 10_000 }))
        .then(async (answer) => Buffer.from(await answer.arrayBuffer()).toString('latin1')),
    ),
  )
  return [...texts, ranged, found, ...pieces].join('\n')
}

const partsIn = (text: string): number[] =>
  [...new Set([...text.matchAll(/~part (\d+)~/g)].map(([, part]) => Number(part)))].sort((a, b) => a - b)
const all = Array.from({ length: 30 }, (_, part) => part)

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
