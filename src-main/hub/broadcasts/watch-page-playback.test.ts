import { expect, it } from 'vitest'
import { violationsOn } from '../../../scripts/test/violations.ts'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { makeMarked } from './testing/marked-media.suite.ts'
import { meetingKey, openRoom, runningClock, transmit } from './testing/room.suite.ts'
import { isBuilt, openPage, pictureIn, playsOn, slowly, transmitOn, video } from './testing/watching.suite.ts'

/** Seconds that a freshly captured picture may need to the screen of a machine that is busy with other things. */
const longestDelay = 10

it.skipIf(!findFfmpeg() || !isBuilt)(
  'a meeting is watched live, with the slate in its closed part and the room again afterwards, by keyboard',
  { timeout: 240_000 },
  async () => {
    const { init, parts } = await makeMarked('open', 300)
    const room = await openRoom(init, { clock: runningClock() })
    const before = 36
    await transmit(room, parts.slice(0, before))
    void transmitOn(room, parts, before)

    const page = await openPage()
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    await page.goto(`${room.hub.origin}/de/meeting/${meetingKey}/watch`)
    const start = page.getByRole('button', { name: 'Übertragung starten' })
    await start.focus()
    await page.keyboard.press('Enter')
    const status = page.getByRole('status')
    const says = (text: string | RegExp) => status.getByText(text, { exact: true }).waitFor(slowly)
    const shows = (picture: 'room' | 'slate') => expect.poll(() => pictureIn(page), slowly).toBe(picture)

    await says('Live')
    await playsOn(page, 2)
    await shows('room')
    const delay = page.getByText(/Sekunden hinter dem Saal$/)
    const shown = async () => Number.parseFloat((await delay.textContent())!.replace(',', '.'))
    await expect.poll(shown, slowly).toBeLessThan(longestDelay)
    expect(await violationsOn(page)).toEqual([])

    await room.chairSays({ kind: 'item-closed', item: 'agenda-item:open' }, { kind: 'part-closed', reason: 'Personal' })
    await says(/^Nichtöffentlich oder unterbrochen/)
    await shows('slate')
    await playsOn(page)
    expect(await pictureIn(page)).toBe('slate')
    await room.chairSays({ kind: 'part-opened' })
    await says('Live')
    await shows('room')
    await playsOn(page)

    await page.keyboard.press('k')
    await expect.poll(() => video(page, 'video.paused'), slowly).toBe(true)
    await page.keyboard.press('m')
    expect(await video(page, 'video.muted')).toBe(true)
    expect(faults).toEqual([])
  },
)
