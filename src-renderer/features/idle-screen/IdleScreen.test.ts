import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { WatchedMeeting } from '../../../shared/hub-api/broadcast.ts'
import { overwriteGetLocale } from '../../../shared/i18n/index.ts'
import type { Meeting } from '../../../shared/oparl/index.ts'
import { failed, success } from '../../../shared/result.ts'
import type { Data } from '../../data/contract.ts'
import { setTimeZone } from '../../ui/format/time-zone.ts'
import { idleMs } from './darkness.ts'
import { expectAccessible } from '../votes/testing/accessible.ts'
import RoomFrame from './testing/RoomFrame.svelte'

/** Hours that the town's clock is always within, but for their one minute of day. */
const always = { from: '00:00', until: '23:59' }
let phase: 'open' | 'closed' | undefined
let reachable: boolean

/** What the town's site says of every meeting. */
const data: Pick<Data, 'publicCourse'> = {
  publicCourse: () => ({
    read: async () =>
      reachable
        ? success({ progress: phase === undefined ? null : { phase } } as unknown as WatchedMeeting)
        : failed('unreachable'),
  }),
}
const meetingAt = (ms: number) => ({ _id: 'meeting:1', start: new Date(ms).toISOString() }) as unknown as Meeting
const black = () => page.getByRole('button', { name: /^Bildschirm wecken/ })
const below = (text: RegExp) => page.getByText(text)

beforeEach(() => {
  overwriteGetLocale(() => 'de')
  // The clock of the test is never in the minute that is not dark.
  setTimeZone(new Date().getUTCHours() === 23 ? 'Asia/Tokyo' : 'UTC')
  phase = undefined
  reachable = true
})

test('an idle screen is black but for a clock that moves; a touch wakes it and presses nothing', async () => {
  const screen = await render(RoomFrame, { data, hours: always, ahead: idleMs })
  await expect.element(black()).toBeVisible()
  const box = black().element().getBoundingClientRect()
  expect([box.width, box.height]).toEqual([innerWidth, innerHeight])
  expect(getComputedStyle(black().element()).backgroundColor).toBe('rgb(0, 0, 0)')
  await expectAccessible()
  const clock = () => black().element().querySelector('time')!.getBoundingClientRect()
  const first = clock()
  await screen.rerender({ ahead: idleMs + 60_000 })
  await expect.poll(() => Math.hypot(clock().x - first.x, clock().y - first.y)).toBeGreaterThan(50)
  expect(clock().right <= innerWidth && clock().bottom <= innerHeight && clock().x >= 0 && clock().y >= 0).toBe(true)
  await screen.rerender({ ahead: 0 })
  await expect.element(black()).not.toBeInTheDocument()
  await expect.element(below(/^Pressed 0, dark 1$/)).toBeVisible()
})

test('the finger that wakes presses nothing that lies below, and so does the key', async () => {
  const screen = await render(RoomFrame, { data, hours: always, ahead: idleMs - 500 })
  await expect.element(black()).toBeVisible()
  await black().click()
  await expect.element(black()).not.toBeInTheDocument()
  await expect.element(below(/^Pressed 0, dark 1$/)).toBeVisible()
  // Half a second of the room's clock later nobody touched it for five minutes again.
  await expect.element(black()).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(black()).not.toBeInTheDocument()
  await expect.element(below(/^Pressed 0, dark 2$/)).toBeVisible()
  await screen.unmount()
})

test('it stays on while somebody is signed in, and while a meeting is on or about to be', async () => {
  const screen = await render(RoomFrame, { data, hours: always, ahead: idleMs, isLent: true })
  await screen.rerender({ isLent: false })
  await expect.element(black()).toBeVisible()
  await screen.rerender({ isLent: true })
  await expect.element(black()).not.toBeInTheDocument()
  await screen.rerender({ isLent: false, meetings: [meetingAt(Date.now() + 20 * 60_000)] })
  await expect.element(below(/dark 1$/)).toBeVisible()
  await expect.element(black()).not.toBeInTheDocument()
})

test('a meeting that is over lets it go black, one that goes on does not, whenever it began', async () => {
  phase = 'closed'
  const screen = await render(RoomFrame, { data, hours: always, ahead: idleMs, meetings: [meetingAt(Date.now())] })
  await expect.element(black()).toBeVisible()
  phase = 'open'
  await screen.rerender({ meetings: [{ ...meetingAt(Date.now() - 20 * 3_600_000), _id: 'meeting:2' }] })
  await expect.element(black()).not.toBeInTheDocument()
  // Of one of which nobody can say how it stands, its beginning decides.
  reachable = false
  await screen.rerender({ meetings: [{ ...meetingAt(Date.now() - 20 * 3_600_000), _id: 'meeting:3' }] })
  await expect.element(black()).toBeVisible()
})
