import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { broadcastPaths, type BroadcastStatus } from '../../../shared/hub-api/broadcast.ts'
import { makeCouncil, meetingId, openMeeting } from '../meetings/council.suite.ts'
import { configForProcess, killHub, runHub } from '../testing/hub-process.ts'
import { Caller } from '../testing/hub.ts'
import { Capture } from './testing/capture.suite.ts'
import { plainInit, plainPart } from './testing/plain-media.suite.ts'
import { announcementOf, meetingKey, runningClock } from './testing/room.suite.ts'
import { Watcher } from './testing/watcher.suite.ts'

/** Milliseconds that a part of this test lasts. */
const partMs = 40

/** The texts of all parts that a recording names, read where it says that they lie. */
async function recordedIn(watcher: Watcher): Promise<string[]> {
  const [playlist, file] = [(await watcher.fetch('recording.m3u8')).toString(), await watcher.fetch('recording.mp4')]
  return [...playlist.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)/g)].flatMap(([, length, offset]) => {
    const bytes = file.subarray(Number(offset), Number(offset) + Number(length)).toString('latin1')
    return bytes.match(/run \d+ part \d+/g) ?? []
  })
}

it('a hub that is killed while it records keeps every part but those in flight, comes back closed, and goes on', async () => {
  const { config, data } = await configForProcess()
  let hub = await runHub(config)
  const council = await makeCouncil({ origin: hub.origin, setUpCode: hub.setUpCode! }, { size: 1 })
  await openMeeting(council)
  const clock = runningClock()
  const confirmed: string[] = []
  const transmit = async (run: number, isEnough: () => boolean): Promise<void> => {
    const caller = new Caller(hub.origin, council.administrator.session)
    const capture = new Capture({ origin: hub.origin, caller, meeting: meetingId, clock })
    await capture.announce(announcementOf(plainInit))
    await expect.poll(async () => (await capture.renew()).key).toBeDefined()
    await setTimeout(partMs)
    for (let sequence = 0; !isEnough(); sequence += 1) {
      const text = `run ${run} part ${sequence}`
      const captured = { from: clock.now - partMs, to: clock.now }
      const head = capture.next({ sequence, captured, duration: partMs / 1000 })
      const answer = await capture.send(head, plainPart(text)).catch(() => 'gone')
      if (answer === 'gone') return
      expect(answer).toBe(204)
      confirmed.push(text)
      await capture.renew().catch(() => undefined)
    }
  }
  const sending = transmit(1, () => false)
  await expect.poll(() => confirmed.length).toBeGreaterThan(15)
  await killHub(hub)
  await sending
  const before = confirmed.length
  hub = await runHub(config)
  const administrator = new Caller(hub.origin, council.administrator.session)
  const status = await administrator.tell<BroadcastStatus>('GET', broadcastPaths.broadcast(meetingId))
  expect(status.body.stream).toBeUndefined()
  await transmit(2, () => confirmed.length >= before + 7)
  await administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
  const watcher = new Watcher(hub.origin, meetingKey)
  await expect.poll(() => recordedIn(watcher)).toContain('run 2 part 6')
  const recorded = await recordedIn(watcher)
  // What was answered in the moment of the kill may not have been written.
  expect(confirmed.filter((text) => !recorded.includes(text)).length).toBeLessThanOrEqual(1)
  for (const run of [1, 2]) {
    const kept = recorded.filter((text) => text.startsWith(`run ${run} `))
    expect(kept).toEqual(kept.map((_, place) => `run ${run} part ${place}`))
  }
  const journal = await readFile(join(data, 'broadcasts', meetingKey, 'journal.jsonl'), 'utf8')
  expect(journal.split('\n').filter((line) => line.includes('"restarted"'))).toHaveLength(1)
}, 180_000)
