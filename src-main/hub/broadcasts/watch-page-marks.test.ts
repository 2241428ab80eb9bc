import { expect, it } from 'vitest'
import { violationsOn } from '../../../scripts/test/violations.ts'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { consentUses } from '../../../shared/council/consent.ts'
import { broadcastPaths } from '../../../shared/hub-api/broadcast.ts'
import { consentPaths } from '../../../shared/hub-api/consent.ts'
import { meetingId, openItem } from '../meetings/council.suite.ts'
import { startTestHub } from '../testing/hub.ts'
import { Capture } from './testing/capture.suite.ts'
import { makeMarked } from './testing/marked-media.suite.ts'
import { announcementOf, meetingKey, openRoom, runningClock, transmit } from './testing/room.suite.ts'
import { isBuilt, openPage, pictureIn, playsOn, positionIn, slowly, transmitOn } from './testing/watching.suite.ts'

const isHere = findFfmpeg() && isBuilt

it.skipIf(!isHere)(
  'who watches jumps to an item and to a speaker while the meeting goes on, and sees what is on the screen',
  { timeout: 240_000 },
  async () => {
    const { init, parts } = await makeMarked('open', 400)
    const room = await openRoom(init, { clock: runningClock() })
    const guest = 'Dr. Quirinus Mondschein'
    const form = { speaker: { guest }, uses: consentUses, signed: '2026-11-30' }
    await room.council.administrator.tell('POST', consentPaths.meeting(meetingId), form)
    await transmit(room, parts.slice(0, 24))
    await room.chairSays(
      { kind: 'speech-requested', speech: 'speech:1', item: openItem, speaker: { guest }, form: 'speech' },
      { kind: 'speech-started', speech: 'speech:1' },
    )
    await transmit(room, parts.slice(24, 48))
    await room.chairSays({ kind: 'speech-stopped', speech: 'speech:1' }, { kind: 'item-closed', item: openItem })
    void transmitOn(room, parts, 48)

    const page = await openPage()
    await page.goto(`${room.hub.origin}/de/meeting/${meetingKey}/watch`)
    await page.getByRole('button', { name: 'Übertragung starten' }).click()
    await playsOn(page)
    const item = page.getByRole('listitem').filter({ hasText: openItem })
    await item.getByText('behandelt', { exact: true }).waitFor(slowly)
    expect(await item.getAttribute('aria-current')).toBeNull()
    const now = page.getByRole('region', { name: 'Im Bild' })
    expect(await now.count()).toBe(0)

    await item.getByText('1 Wortbeitrag', { exact: true }).press('Enter')
    const speaker = item.getByRole('button', { name: new RegExp(`^${guest}, ab`) })
    await speaker.focus()
    await page.keyboard.press('Enter')
    await now.getByText(guest).waitFor(slowly)
    await playsOn(page)
    await expect.poll(() => item.getAttribute('aria-current'), slowly).toBe('step')
    await expect.poll(() => pictureIn(page), slowly).toBe('room')
    const spoken = await positionIn(page)
    await page.getByRole('button', { name: /^1: Ab .* ansehen$/ }).click()
    await expect.poll(() => positionIn(page), slowly).toBeLessThan(spoken - 4)
    await playsOn(page)
    await expect.poll(() => now.getByText(guest).count(), slowly).toBe(0)
    expect(await now.getByText(openItem).count()).toBe(1)
    expect(await violationsOn(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    expect(await violationsOn(page)).toEqual([])
  },
)

for (const mode of ['live', 'recording'] as const)
  it.skipIf(!isHere)(
    `playback goes on by itself, and says so, when the hub was restarted: ${mode}`,
    { timeout: 300_000 },
    async () => {
      const { init, parts } = await makeMarked('open', 600)
      const clock = runningClock()
      const room = await openRoom(init, { clock })
      await transmit(room, parts.slice(0, 240))
      // It ends with the hub.
      if (mode === 'live') void transmitOn(room, parts, 240).catch(() => undefined)
      else await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))

      const page = await openPage()
      const from = new Date(clock.now - 60_000).toISOString()
      const asked = mode === 'live' ? '' : `?t=${encodeURIComponent(from)}`
      await page.goto(`${room.hub.origin}/de/meeting/${meetingKey}/watch${asked}`)
      await page.getByRole('button', { name: 'Übertragung starten' }).click()
      await playsOn(page, 2)
      const reached = await positionIn(page)

      const { port } = new URL(room.hub.origin)
      await room.hub.stop()
      const status = page.getByRole('status')
      const says = (text: string) => status.getByText(text, { exact: true }).waitFor({ timeout: 60_000 })
      await says('Verbindung verloren. Es wird weiter versucht …')
      const hub = await startTestHub({ folder: room.hub.folder, listen: { port: Number(port) }, now: () => clock.now })
      if (mode === 'live') {
        const caller = room.council.administrator
        const capture = new Capture({ origin: hub.origin, caller, meeting: meetingId, clock })
        await capture.announce(announcementOf(init))
        void transmitOn({ capture }, parts, 300)
      }
      await says('Die Verbindung ist wieder da.')
      await says(mode === 'live' ? 'Live' : 'Aufzeichnung')
      await playsOn(page, 2)
      await expect.poll(() => pictureIn(page), slowly).toBe('room')
      if (mode === 'recording') expect(await positionIn(page)).toBeGreaterThan(reached)
    },
  )
