import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import {
  button,
  laptop,
  menuItem,
  open,
  overflow,
  showNotice,
  smallControls,
  squeezed,
  violations,
} from '../testing/driver.ts'
import { item, meetingId, person, speechOf } from '../testing/town-council.ts'

/** How it looks, in every scene and on every screen. */
export function looksTests(): void {
  const looks = [
    { name: 'laptop', viewport: laptop, query: '' },
    { name: 'laptop, dark', viewport: laptop, query: 'scheme=dark' },
    { name: 'tablet', viewport: { width: 1024, height: 768 }, query: 'density=touch' },
    { name: 'phone', viewport: { width: 390, height: 844 }, query: 'density=touch' },
    {
      name: 'board, dark',
      viewport: { width: 3840, height: 2160 },
      query: 'density=touch&scheme=dark',
    },
  ]

  test.for(looks)(
    'on a $name axe finds nothing, and nothing sticks out of the screen or a button',
    async ({ viewport, query }) => {
      const page = await open(query, viewport)
      expect(await violations(page)).toEqual([])
      expect(await overflow(page)).toEqual({ wide: 0, high: 0 })
      // After a command the strip says what was done.
      await page.keyboard.press('p')
      await button(page, m.cockpit_undo()).waitFor()
      expect(await squeezed(page)).toEqual([])
    },
  )

  test.for(['prepared', 'closed', 'empty'])('in the scene "%s" axe finds nothing', async (scene) => {
    const page = await open(`scene=${scene}`)
    expect(await violations(page)).toEqual([])
  })

  const dialogs: readonly { name: string; show: (page: Page) => Promise<unknown> }[] = [
    { name: 'change of part', show: (page) => page.keyboard.press('o') },
    { name: 'journal', show: (page) => page.keyboard.press('j') },
    {
      name: 'correction',
      show: async (page) => {
        await page.keyboard.press('j')
        await button(page, /^Berichtigen: Vermerk/).click()
        await page.getByRole('dialog', { name: m.cockpit_correct_title() }).waitFor()
      },
    },
    {
      name: 'speaking times',
      show: async (page) => {
        await button(page, m.speakers_order()).click()
        await menuItem(page, m.speakers_times()).click()
      },
    },
    { name: 'request to speak', show: (page) => page.keyboard.press('l') },
    { name: 'keys', show: (page) => page.keyboard.press('?') },
    { name: 'presence code', show: (page) => button(page, m.cockpit_code()).click() },
    { name: 'disturbances', show: (page) => button(page, m.cockpit_disturbances()).click() },
    { name: 'new item', show: (page) => button(page, m.cockpit_add_item()).click() },
  ]

  test.for(dialogs)('the dialog "$name" is accessible, fits a finger and closes by Escape', async ({ show }) => {
    const page = await open('density=touch')
    await show(page)
    await page.getByRole('dialog').last().waitFor()
    expect(await violations(page, '[role="dialog"]')).toEqual([])
    expect(await smallControls(page)).toEqual([])
    const shown = await page.getByRole('dialog').count()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(shown - 1)
  })

  test.for(['touch', 'board'])('every control can be hit by a finger (%s)', async (kind) => {
    const viewport = kind === 'board' ? { width: 3840, height: 2160 } : { width: 1024, height: 768 }
    const page = await open('density=touch', viewport)
    expect(await smallControls(page)).toEqual([])
  })

  test('ids never stand in for names', async () => {
    const page = await open()
    await page.keyboard.press('j')
    const text =
      (await page.locator('body').innerText()) +
      (await page.locator('body').ariaSnapshot()).replaceAll(/^.*\/url.*$/gm, '')
    for (const id of [meetingId, person(1), item(1), speechOf(1), 'organization:'])
      expect(text.includes(id), id).toBe(false)
  })

  test.for([laptop, { width: 390, height: 844 }])('notices leave the step free (%o)', async (viewport) => {
    const page = await open('', viewport)
    await showNotice(page, 'Gespeichert')
    const notice = await page.getByRole('region', { name: m.common_notices() }).boundingBox()
    const step = await button(page, m.cockpit_step_stop()).boundingBox()
    expect((notice?.y ?? Infinity) + (notice?.height ?? 0)).toBeLessThanOrEqual(step?.y ?? 0)
  })
}
