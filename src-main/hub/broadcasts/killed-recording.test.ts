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
  for (const run of [1, 2]) {
    const caller = new Caller(hub.origin, council.administrator.session)
    const capture = new Capture({ origin: hub.origin, caller, meeting: meetingId, clock })
    await capture.announce(announcementOf(plainInit))
    await expect.poll(async () => (await capture.renew()).key).toBeDefined()
    await setTimeout(partMs)
    let isGone = false
    const sending = (async () => {
      for (let sequence = 0; ; sequence += 1) {
        const text = `run ${run} part ${sequence}`
        const captured = { from: clock.now - partMs, to: clock.now }
        const head = capture.next({ sequence, captured, duration: partMs / 1000 })
        const answer = await capture.send(head, plainPart(text)).catch(() => undefined)
        if (answer === undefined) return
        expect(answer).toBe(204)
        confirmed.push(text)
        if (sequence % 20 === 19 && !isGone) await capture.renew().catch(() => undefined)
      }
    })()
    await expect.poll(() => confirmed.filter((text) => text.startsWith(`run ${run} `)).length).toBeGreaterThan(15)
    isGone = true
    await killHub(hub)
    await sending
    hub = await runHub(config)
    const status = await new Caller(hub.origin, council.administrator.session).tell<BroadcastStatus>(
      ...(['GET', broadcastPaths.broadcast(meetingId)] as const),
    )
    expect(status.body.stream).toBeUndefined()
  }
  await new Caller(hub.origin, council.administrator.session).tell('DELETE', broadcastPaths.broadcast(meetingId))
  const recorded = await recordedIn(new Watcher(hub.origin, meetingKey))
  const lost = confirmed.filter((text) => !recorded.includes(text))
  expect(new Set(recorded).size).toBe(recorded.length)
  // What was answered in the moment of each kill may not have been written.
  expect(lost.length).toBeLessThanOrEqual(2)
  for (const run of [1, 2]) {
    const kept = recorded.filter((text) => text.startsWith(`run ${run} `))
    expect(kept).toEqual(kept.map((_, place) => `run ${run} part ${place}`))
  }
  const journal = await readFile(join(data, 'broadcasts', meetingKey, 'journal.jsonl'), 'utf8')
  expect(journal.split('\n').filter((line) => line.includes('"restarted"'))).toHaveLength(2)
  await killHub(hub)
})
