import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { hasS3Server } from '../../objects/testing/s3-server.suite.ts'
import { makeCouncil, meetingId, openMeeting } from '../../meetings/council.suite.ts'
import { configForProcess, killHub, runHub, type RunningHub } from '../../testing/hub-process.ts'
import { Capture } from '../testing/capture.suite.ts'
import { plainInit, plainPart } from '../testing/plain-media.suite.ts'
import { announcementOf, meetingKey, runningClock } from '../testing/room.suite.ts'
import { depotPlaces, storedIn } from './depot-places.suite.ts'

/** Milliseconds that a part of this test lasts. */
const partMs = 40
const texts = Array.from({ length: 6 }, (_, part) => `~part ${part}~`)

async function transmit(hub: RunningHub): Promise<void> {
  const council = await makeCouncil({ origin: hub.origin, setUpCode: hub.setUpCode! }, { size: 1 })
  await openMeeting(council)
  const { administrator: caller } = council
  const clock = runningClock()
  const capture = new Capture({ origin: hub.origin, caller, meeting: meetingId, clock })
  await capture.announce(announcementOf(plainInit))
  await expect.poll(async () => (await capture.renew()).key).toBeDefined()
  for (const text of texts) {
    await setTimeout(partMs)
    await capture.renew()
    const captured = { from: clock.now - partMs, to: clock.now }
    expect(await capture.send(capture.next({ captured, duration: partMs / 1000 }), plainPart(text))).toBe(204)
  }
  await caller.tell('DELETE', broadcastPaths.broadcast(meetingId))
}

it.skipIf(!hasS3Server)(
  'a hub that is killed while it moves a recording goes on with it; nothing is lost or doubled',
  async () => {
    const [, makePlace] = depotPlaces.at(-1)!
    const place = await makePlace()
    const front = place.front!
    const { config, data } = await configForProcess({ recordings: place.recordings })
    const folder = join(data, 'broadcasts', meetingKey)
    let hub = await runHub(config)
    /** Kills the hub as soon as it asks so for an object of the recording. */
    const killAt = (asked: string): Promise<void> =>
      new Promise((resolve) => {
        front.judge = (method, path) => {
          if (method !== asked || !path.includes('/high/')) return undefined
          front.judge = () => undefined
          void killHub(hub).then(resolve)
          return asked === 'PUT' ? 'cut' : undefined
        }
      })
    const isWhole = async (): Promise<void> => {
      const playlist = await (await fetch(`${hub.origin}/broadcast/${meetingKey}/high/recording.m3u8`)).text()
      const file = await (await fetch(`${hub.origin}/broadcast/${meetingKey}/high/recording.mp4`)).text()
      const spans = [...playlist.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)/g)]
      const held = spans
        .map(([, length, offset]) => file.slice(Number(offset), Number(offset) + Number(length)))
        .join('')
      expect(held.match(/~part \d~/g)).toEqual(texts)
    }

    const beforeItIsWritten = killAt('PUT')
    await transmit(hub)
    await beforeItIsWritten
    expect(await storedIn(place)).toBe('')

    const beforeItIsCompared = killAt('GET')
    hub = await runHub(config)
    await beforeItIsCompared
    expect((await storedIn(place)).match(/~part \d~/g)).toEqual(texts)
    expect(await readdir(folder)).toContain('high.mp4')

    hub = await runHub(config)
    await expect.poll(() => readdir(folder)).not.toContain('high.mp4')
    await isWhole()
    expect(await Array.fromAsync(place.store.names(''))).toEqual([`${meetingKey}/0/high/0`])
    const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8')
    expect(journal.match(/"kind":"moved"/g)).toHaveLength(1)
  },
  180_000,
)
