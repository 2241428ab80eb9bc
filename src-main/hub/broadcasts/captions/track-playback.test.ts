import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../../scripts/chromium.ts'
import { findFfmpeg } from '../../../../scripts/ffmpeg.ts'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { meetingId } from '../../meetings/council.suite.ts'
import { makeMarked } from '../testing/marked-media.suite.ts'
import { meetingKey, openRoom, transmit } from '../testing/room.suite.ts'
import { sayNow } from '../testing/captioners.suite.ts'

const player = fileURLToPath(new URL('../../../../node_modules/hls.js/dist/hls.min.js', import.meta.url))

interface ShownCue {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A page of the hub's own origin with a player that is told to show the track of captions, and nothing else. */
async function playRecording(origin: string): Promise<Page> {
  const executablePath = findChromium()
  const args = [...sandboxArguments(), '--mute-audio']
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
  onTestFinished(() => browser.close())
  const page = await (await browser.newContext({ bypassCSP: true })).newPage()
  await page.goto(`${origin}${broadcastPaths.state(meetingKey)}`)
  await page.addScriptTag({ path: player })
  await page.evaluate(`(() => {
    const video = document.createElement('video')
    video.muted = true
    document.body.replaceChildren(video)
    const hls = new Hls({ enableWorker: false })
    // As somebody does who chooses it from the video's own controls.
    video.textTracks.addEventListener('addtrack', ({ track }) => { track.mode = 'showing' })
    hls.attachMedia(video)
    hls.loadSource(${JSON.stringify(broadcastPaths.recording(meetingKey))})
    void video.play()
  })()`)
  return page
}

const cuesIn = (page: Page): Promise<ShownCue[]> =>
  page.evaluate(`[...(document.querySelector('video').textTracks[0]?.cues ?? [])].map(
    (cue) => ({ text: cue.getCueAsHTML().textContent, from: cue.startTime, to: cue.endTime }),
  )`)

it.skipIf(!findFfmpeg())(
  'a player that follows the standard shows captions of a recording in their moments, on both sides of a closed part',
  { timeout: 120_000 },
  async () => {
    const { init, parts } = await makeMarked('open', 36)
    const room = await openRoom(init)
    await transmit(room, parts.slice(0, 9))
    await sayNow(room, 1, 'Vor der Tür & <hier>', 3)
    await transmit(room, parts.slice(9, 12))
    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    room.pass(40)
    await room.chairSays({ kind: 'part-opened' })
    await expect.poll(async () => (await room.capture.renew()).key).toBeDefined()
    room.pass()
    await room.capture.send(room.capture.next({ sequence: 12 }), parts[12]!)
    await transmit(room, parts.slice(13, 21))
    await sayNow(room, 2, 'Nach der Tür', 3)
    await transmit(room, parts.slice(21, 24))
    await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))

    const page = await playRecording(room.hub.origin)
    await expect.poll(() => cuesIn(page), { timeout: 30_000 }).toHaveLength(2)
    const [before, after] = await cuesIn(page)
    expect([before?.text, after?.text]).toEqual(['Vor der Tür & <hier>', 'Nach der Tür'])
    // The sixth part is over at 1.92 s; the closed part lasts no time at all in the recording.
    for (const [cue, from] of [
      [before, 1.92],
      [after, 3.84 + 1.92],
    ] as const)
      expect(Math.abs((cue?.from ?? 0) - from)).toBeLessThan(0.1)
    expect(before!.to).toBeLessThanOrEqual(3.84 + 0.1)
  },
)
