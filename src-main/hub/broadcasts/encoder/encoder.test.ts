import { beforeEach, describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../../scripts/ffmpeg.ts'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { encoderPath, type EncoderRefusal, type EncoderStatus } from '../../../../shared/hub-api/encoder.ts'
import { makeCouncil, meetingId, openMeeting, say, type Council } from '../../meetings/council.suite.ts'
import { startTestHub, type TestHub } from '../../testing/hub.ts'
import { ExternalSource } from '../testing/external-source.suite.ts'
import { decodeAt } from '../testing/marked-media.suite.ts'
import { meetingKey } from '../testing/room.suite.ts'
import { Watcher } from '../testing/watcher.suite.ts'

const isHere = findFfmpeg()
if (!isHere) console.warn('There is no ffmpeg: no external encoder is read.')
const slowly = { timeout: 60_000, interval: 300 }

let hub: TestHub
let council: Council
let watcher: Watcher
beforeEach(async () => {
  if (!isHere) return
  hub = await startTestHub()
  council = await makeCouncil(hub, { size: 1 })
  await openMeeting(council)
  watcher = new Watcher(hub.origin, meetingKey, 'small')
})

const start = (address: string, { lag = 1, delay = 0 } = {}) =>
  council.administrator.tell<EncoderStatus & EncoderRefusal>('PUT', encoderPath(meetingId), { address, lag, delay })
const stateNow = async () =>
  (await council.administrator.tell<EncoderStatus>('GET', encoderPath(meetingId))).body.state
const chairSays = (kind: 'part-closed' | 'part-opened', at = Date.now()) =>
  say(council.chair, [kind === 'part-closed' ? { kind, reason: 'Personal' } : { kind }], { at })
const playable = (name: string): string => `${hub.origin}/broadcast/${meetingKey}/small/${name}`

/** Collects everything that is published until so many parts were that follow the newest initialization segment. */
async function watch(parts: number): Promise<void> {
  await expect
    .poll(async () => {
      const playlist = await watcher.collect()
      const latest = playlist.slice(playlist.lastIndexOf('#EXT-X-MAP'))
      return latest.includes('init-slate') ? 0 : latest.split('#EXT-X-PART:').length - 1
    }, slowly)
    .toBeGreaterThan(parts)
}

describe.skipIf(!isHere)('an external encoder', () => {
  it('is transmitted in all renditions; what was filmed behind closed doors is never published', { timeout: 120_000 }, async () => {
    // Its server gives first what it kept of the last six seconds.
    const source = await ExternalSource.begin({ keptSeconds: 6 })
    expect(await start(source.address)).toMatchObject({ status: 200 })
    await expect.poll(stateNow, slowly).toBe('live')
    await watch(12)
    const closedAt = Date.now()
    source.marker = 'closed'
    await chairSays('part-closed', closedAt)
    await expect.poll(stateNow).toBe('waiting')
    await expect.poll(() => watcher.collect(), slowly).toContain('init-slate.mp4')
    source.marker = 'open'
    await chairSays('part-opened')
    await expect.poll(stateNow, slowly).toBe('live')
    await watch(14)
    const seen = await watcher.decoded()
    expect(seen).toMatchObject({ closed: 0, tones: { closed: 0 } })
    expect(seen.open).toBeGreaterThan(100)
    expect(seen.tones.open).toBeGreaterThan(30)
    expect((await council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))).status).toBe(204)
    await expect.poll(stateNow).toBe('off')
    const recorded = await decodeAt(playable('recording.m3u8'))
    expect(recorded).toMatchObject({ closed: 0, slate: 0, tones: { closed: 0 } })
    for (const rendition of ['main', 'sound'])
      expect((await decodeAt(playable('recording.m3u8').replace('small', rendition))).tones, rendition).toMatchObject({ closed: 0 })
  })
})
