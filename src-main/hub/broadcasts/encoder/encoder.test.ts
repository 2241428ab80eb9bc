import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../../scripts/ffmpeg.ts'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { encoderPath, type EncoderRefusal, type EncoderStatus } from '../../../../shared/hub-api/encoder.ts'
import { makeCouncil, meetingId, openMeeting, say, type Council } from '../../meetings/council.suite.ts'
import { startTestHub, type TestHub } from '../../testing/hub.ts'
import { freePort } from '../../testing/free-port.ts'
import { ExternalSource } from '../testing/external-source.suite.ts'
import { decodeAt, run, tonesAt } from '../testing/marked-media.suite.ts'
import { plainInit } from '../testing/plain-media.suite.ts'
import { announcementOf, meetingKey } from '../testing/room.suite.ts'
import { Watcher } from '../testing/watcher.suite.ts'

const isHere = findFfmpeg()
if (!isHere) console.warn('There is no ffmpeg: no external encoder is read.')
const patiently = { timeout: 120_000 }
const slowly = { timeout: 60_000, interval: 300 }

let hub: TestHub
let council: Council
let watcher: Watcher
beforeEach(async () => {
  if (!isHere) return
  hub = await startTestHub()
  council = await makeCouncil(hub, { size: 2 })
  await openMeeting(council)
  watcher = new Watcher(hub.origin, meetingKey, 'small')
})

const start = (address: string, { lag = 1, delay = 0 } = {}) =>
  council.administrator.tell<EncoderStatus & EncoderRefusal>('PUT', encoderPath(meetingId), { address, lag, delay })
const stateNow = async () => (await council.administrator.tell<EncoderStatus>('GET', encoderPath(meetingId))).body
const chairSays = (kind: 'part-closed' | 'part-opened', at = Date.now()) =>
  say(council.chair, [kind === 'part-closed' ? { kind, reason: 'Personal' } : { kind }], { at })
const playable = (name: string, rendition = 'small'): string =>
  `${hub.origin}/broadcast/${meetingKey}/${rendition}/${name}`

/** How many programs run with a text among their arguments. */
const runningWith = (text: string): number =>
  Number(spawnSync('pgrep', ['--full', '--count', '--', text.replaceAll('?', '[?]')], { encoding: 'utf8' }).stdout)

/** A file of the room, so many seconds long. */
async function makeFilm(path: string, seconds: number, more: readonly string[] = []): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const picture = ['-f', 'lavfi', '-i', 'color=c=blue:s=160x90:r=25']
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=500:sample_rate=48000']
  const encoders = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']
  await run('ffmpeg', ['-v', 'error', ...picture, ...sound, ...encoders, ...more, '-t', String(seconds), path])
}

/** Collects everything that is published until so many parts follow each other that are the room's, or the slate's. */
async function watch(parts: number, shown: 'room' | 'slate' = 'room'): Promise<void> {
  await expect
    .poll(async () => {
      const playlist = await watcher.collect()
      const latest = playlist.slice(playlist.lastIndexOf('#EXT-X-MAP'))
      return latest.includes('init-slate') === (shown === 'slate') ? latest.split('#EXT-X-PART:').length - 1 : 0
    }, slowly)
    .toBeGreaterThan(parts)
}

describe.skipIf(!isHere)('an external encoder', () => {
  it(
    'is transmitted in all renditions; what was filmed behind closed doors is never published',
    patiently,
    async () => {
      // Its server gives first what it kept of the last six seconds.
      const source = await ExternalSource.begin({ keptSeconds: 6 })
      expect(await start(source.address)).toMatchObject({ status: 200 })
      await expect.poll(stateNow, slowly).toMatchObject({ state: 'live' })
      await watch(12)
      const closedAt = Date.now()
      source.marker = 'closed'
      await chairSays('part-closed', closedAt)
      await expect.poll(stateNow).toMatchObject({ state: 'waiting' })
      expect(runningWith(source.address)).toBe(0)
      await watch(6, 'slate')
      source.marker = 'open'
      await chairSays('part-opened')
      await expect.poll(stateNow, slowly).toMatchObject({ state: 'live' })
      await watch(14)
      const seen = await watcher.decoded()
      expect(seen).toMatchObject({ closed: 0, tones: { closed: 0 } })
      expect(seen.open).toBeGreaterThan(100)
      expect(seen.tones.open).toBeGreaterThan(30)
      expect((await council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))).status).toBe(204)
      await expect.poll(stateNow).toMatchObject({ state: 'off' })
      const recorded = await decodeAt(playable('recording.m3u8'))
      expect(recorded).toMatchObject({ closed: 0, slate: 0, tones: { closed: 0 } })
      const heard = await tonesAt(playable('recording.m3u8', 'sound'))
      expect(heard.closed).toBe(0)
      expect(heard.open).toBeGreaterThan(30)
      expect((await decodeAt(playable('recording.m3u8', 'main'))).open).toBe(recorded.open)
    },
  )

  it('that is lost is replaced by the slate, and goes on by itself when it is found again', patiently, async () => {
    const source = await ExternalSource.begin()
    expect(await start(source.address)).toMatchObject({ status: 200 })
    await watch(6)
    source.isOn = false
    await expect.poll(stateNow, slowly).toMatchObject({ state: 'retrying', trouble: 'unreachable' })
    await watch(6, 'slate')
    source.isOn = true
    await watch(6)
    const playlist = await watcher.collect()
    expect(playlist).not.toContain('#EXT-X-ENDLIST')
    expect(playlist).toContain('#EXT-X-DISCONTINUITY\n')
    expect(await stateNow()).toEqual({ state: 'live', label: source.label })
    expect(runningWith(source.address)).toBe(1)
    await council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    await expect.poll(() => runningWith(source.address)).toBe(0)
  })

  it('gives way to a capture client, and stops at once when it is closed directly', patiently, async () => {
    const source = await ExternalSource.begin({ by: 'srt' })
    await start(source.address, { delay: 5 })
    await expect.poll(stateNow, slowly).toMatchObject({ state: 'live' })
    const panic = { state: 'closed', drop: true }
    await council.administrator.tell('PUT', broadcastPaths.gate(meetingId), panic)
    await expect.poll(stateNow).toMatchObject({ state: 'waiting' })
    await expect.poll(() => runningWith(source.address)).toBe(0)
    expect((await watcher.playlist()).match(/MAP:URI="(?!init-slate)/)).toBeNull()
    await council.administrator.tell('PUT', broadcastPaths.gate(meetingId), { state: 'open' })
    await expect.poll(stateNow, slowly).toMatchObject({ state: 'live' })
    await council.administrator.tell('POST', broadcastPaths.streams(meetingId), announcementOf(plainInit))
    await expect.poll(stateNow).toMatchObject({ state: 'replaced' })
    expect(runningWith(source.address)).toBe(0)
  })

  it('is a file of the hub’s own folder too, which goes on after a closed part where it was', patiently, async () => {
    await makeFilm(join(hub.folder, 'films', 'film.mp4'), 8)
    expect(await start('file:film.mp4', { lag: 0 })).toMatchObject({ status: 200, body: { label: 'film.mp4' } })
    await watch(6)
    await chairSays('part-closed')
    await expect.poll(stateNow).toMatchObject({ state: 'waiting' })
    await chairSays('part-opened')
    await expect.poll(stateNow, slowly).toEqual({ state: 'over', label: 'film.mp4' })
    await council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    const { open, slate } = await decodeAt(playable('recording.m3u8'))
    // All of it but what was on its way at the close, and what is left of a part at the end.
    expect(open).toBeLessThanOrEqual(8 * 25)
    expect(open).toBeGreaterThan(5 * 25)
    expect(slate).toBe(0)
  })

  it('that cannot be read is refused with its reason, and a second try is possible', patiently, async () => {
    const films = join(hub.folder, 'films')
    await makeFilm(join(films, 'silent.mp4'), 2, ['-an'])
    await makeFilm(join(films, 'dark.mp4'), 2, ['-vn'])
    await writeFile(join(films, 'text.mp4'), '#EXTM3U\n/etc/passwd\n')
    const nobody = `rtmp://klaus:geheim@127.0.0.1:${await freePort()}/live/key`
    const asked = ['file:silent.mp4', 'file:dark.mp4', 'file:text.mp4', 'file:none.mp4', nobody, 'file:/etc/passwd']
    const faults: string[] = []
    for (const address of asked) faults.push((await start(address)).body.fault)
    expect(faults).toEqual(['no-sound', 'no-picture', 'codec', 'not-found', 'unreachable', 'file'])
    expect((await start('http://127.0.0.1/x')).body).toMatchObject({ error: 'bad-request', fault: 'scheme' })
    expect(await stateNow()).toEqual({ state: 'off' })
    expect((await fetch(playable('live.m3u8'))).status).toBe(404)
  })

  it('says so where ffmpeg is not installed', async () => {
    const bare = await startTestHub({ ffmpeg: '/nowhere/ffmpeg' })
    const { administrator } = await makeCouncil(bare, { size: 1 })
    const request = { address: 'rtsp://kamera/1', lag: 1, delay: 0 }
    const answer = await administrator.tell<EncoderRefusal>('PUT', encoderPath(meetingId), request)
    expect(answer).toMatchObject({ status: 409, body: { fault: 'not-installed' } })
  })
})

it.skipIf(!isHere)('user, password and key of an address are in no answer, no log and no file', patiently, async () => {
  const source = await ExternalSource.begin()
  const secrets = ['klaus', 'geheim', 'stream-key']
  const said: unknown[] = []
  const tell = async (body: unknown) => {
    const answer = await council.administrator.tell('PUT', encoderPath(meetingId), body)
    said.push(answer.body)
    return answer.status
  }
  const whole = { address: source.address, lag: 1, delay: 0 }
  const nobody = source.address.replace(/:\d+\//, `:${await freePort()}/`)
  expect(await tell({ ...whole, address: nobody })).toBe(409)
  expect(await tell({ ...whole, address: source.address.replace('rtmp', 'http') })).toBe(400)
  expect(await tell({ ...whole, address: [source.address] })).toBe(400)
  expect(await tell({ ...whole, lag: source.address })).toBe(400)
  expect(await tell(whole)).toBe(200)
  await watch(3)
  source.isOn = false
  await expect.poll(stateNow, slowly).toMatchObject({ state: 'retrying', trouble: 'unreachable' })
  said.push(await stateNow(), await (await fetch(hub.origin + broadcastPaths.state(meetingKey))).text())
  for (const path of [broadcastPaths.broadcast(meetingId), broadcastPaths.report(meetingId)])
    said.push((await council.administrator.tell('GET', path)).body)
  const files = await readdir(hub.folder, { recursive: true, withFileTypes: true })
  const read = files.filter((file) => file.isFile()).map(({ parentPath, name }) => readFile(join(parentPath, name)))
  const everything = [JSON.stringify(said), hub.log(), ...(await Promise.all(read)).map(String)]
  for (const secret of secrets) expect(everything.filter((text) => text.includes(secret))).toEqual([])
  expect((await council.members.at(-1)!.caller.tell('GET', encoderPath(meetingId))).status).toBe(403)
  expect((await fetch(hub.origin + encoderPath(meetingId))).status).toBe(401)
})
