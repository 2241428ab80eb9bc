import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import { advance, beats, button, facts, freshPage, last, menuItem, open, violations, write } from '../testing/driver.ts'
import { factions, item, person, seats, speechOf } from '../testing/town-council.ts'

/** Who speaks. */
export function speakersTests(): void {
  test('speakers by keys: stop, next, pause; the clock runs by the log and says when the time is over', async () => {
    const page = await open()
    const clock = page.getByRole('timer')
    const before = await clock.textContent()
    await advance(page, 10_000)
    await expect.poll(() => clock.textContent()).not.toBe(before)
    await page.keyboard.press('p')
    await page.getByText(m.speakers_paused(), { exact: true }).waitFor()
    const standing = await clock.textContent()
    await advance(page, 60_000)
    expect(await clock.textContent()).toBe(standing)
    await page.keyboard.press('p')
    await advance(page, 6 * 60_000)
    await page.getByRole('region', { name: m.speakers_now() }).getByText(m.speakers_over(), { exact: true }).waitFor()
    // The point of order interrupts; when it is done the interrupted speech goes on.
    await page.keyboard.press('w')
    await expect.poll(async () => (await facts(page)).floor).toEqual([speechOf(9), speechOf(15)])
    await page.keyboard.press('s')
    await expect.poll(async () => (await facts(page)).floor).toEqual([speechOf(15)])
    await page.keyboard.press('s')
    await expect.poll(async () => (await facts(page)).floor).toEqual([])
  })

  test('the list is moved by arrow keys, by dragging and by its menu, and put in an order of the rules', async () => {
    const page = await open()
    const names = async (): Promise<string[]> =>
      (await page.locator('ol [data-row] .name').allTextContents()).map((text) => text.trim().split('  ')[0] ?? '')
    const [, second = '', third = ''] = await names()
    const grips = page.locator('ol [data-grip]')
    await grips.nth(1).focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => (await names())[2]).toBe(second)
    expect((await names())[1]).toBe(third)
    const from = await grips.nth(2).boundingBox()
    const to = await grips.nth(1).boundingBox()
    if (!from || !to) throw new Error('no grips')
    await page.mouse.move(from.x + 5, from.y + 5)
    await page.mouse.down()
    await page.mouse.move(from.x + 5, (from.y + to.y) / 2, { steps: 3 })
    await page.mouse.move(from.x + 5, to.y - 5, { steps: 3 })
    await page.mouse.up()
    await expect.poll(async () => (await names())[1]).toBe(second)
    await button(page, m.speakers_order()).click()
    await page.getByRole('menuitem', { name: m.speakers_order_alternating() }).click()
    await expect.poll(async () => (await last(page))?.['kind']).toBe('speakers-ordered')
  })

  test('a guest is put on the list by name, and who has spoken is put on it again', async () => {
    const page = await open()
    await page.keyboard.press('l')
    const dialog = page.getByRole('dialog', { name: m.speakers_add_title() })
    await dialog.getByRole('searchbox').fill('Architektin Anger')
    await button(dialog, m.speakers_add_guest({ name: 'Architektin Anger' })).click()
    await expect.poll(() => last(page)).toMatchObject({ speaker: { guest: 'Architektin Anger' }, form: 'speech' })
    await page.getByRole('list', { name: m.speakers_list() }).getByText('Architektin Anger').waitFor()
    await page.getByText(m.speakers_done({ count: 1 })).click()
    const name = seats.find((seat) => seat.person === person(0))?.name ?? ''
    await button(page, m.speakers_again({ name })).click()
    await expect.poll(() => last(page)).toMatchObject({ kind: 'speech-requested', speaker: { person: person(0) } })
  })

  test('the list is closed and opened again', async () => {
    const page = await open()
    const choose = async (entry: string): Promise<void> => {
      await button(page, m.speakers_order()).click()
      await menuItem(page, entry).click()
    }
    await choose(m.speakers_close())
    await page.getByText(m.speakers_closed(), { exact: true }).waitFor()
    await choose(m.speakers_reopen())
    await expect.poll(() => last(page)).toMatchObject({ kind: 'speakers-reopened', item: item(5) })
    await expect.poll(() => page.getByText(m.speakers_closed(), { exact: true }).count()).toBe(0)
  })

  test('who asked to speak between two items stands above the list, and gets the floor', async () => {
    const page = await open()
    const request = { kind: 'speech-requested', item: null }
    await write(
      page,
      { kind: 'item-closed', item: item(5) },
      { ...request, speech: 'speech:general', speaker: { person: person(20) }, form: 'speech' },
      { kind: 'item-opened', item: item(6) },
    )
    const general = page.getByRole('list', { name: m.speakers_general() })
    expect(await general.getByRole('listitem').count()).toBe(1)
    const order = { ...request, speech: 'speech:order', speaker: { person: person(21) }, form: 'point-of-order' }
    await write(page, order)
    await expect.poll(() => general.getByRole('listitem').count()).toBe(2)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('n')
    await expect.poll(async () => (await facts(page)).floor).toEqual(['speech:order'])
    await page.keyboard.press('s')
    await page.keyboard.press('n')
    await expect.poll(async () => (await facts(page)).floor).toEqual(['speech:general'])
    expect(await general.count()).toBe(0)
  })

  test('speaking times for persons and factions are set and lifted, and the tightest is told', async () => {
    const page = await open()
    await button(page, m.speakers_order()).click()
    await menuItem(page, m.speakers_times()).click()
    const dialog = page.getByRole('dialog', { name: m.speakers_times() })
    const set = async (whose: string, minutes: string): Promise<void> => {
      await dialog.getByRole('combobox', { name: m.speakers_whose() }).selectOption({ label: whose })
      await dialog.getByRole('textbox', { name: m.speakers_minutes() }).fill(minutes)
      await button(dialog, m.speakers_set()).click()
    }
    await set(m.speakers_per_person(), 'zwei')
    await dialog.getByText(m.speakers_minutes_faulty()).waitFor()
    await set(m.speakers_per_person(), '2')
    await expect.poll(() => last(page)).toMatchObject({ item: item(5), budget: { per: 'person' }, seconds: 120 })
    const faction = factions[1]
    await set(faction?.name ?? '', '1,95')
    await expect
      .poll(() => last(page))
      .toMatchObject({ budget: { per: 'faction', faction: faction?.organization }, seconds: 117 })
    expect(await violations(page, '[role="dialog"]')).toEqual([])
    const now = page.getByRole('region', { name: m.speakers_now(), includeHidden: true })
    await now.getByText(m.speakers_left_faction({ time: '0:03' })).waitFor({ state: 'attached' })
    const mine = dialog.getByRole('listitem').filter({ hasText: m.speakers_scope_item() })
    await button(mine.filter({ hasText: faction?.name ?? '' }), m.speakers_lift()).click()
    await now.getByText(m.speakers_left_person({ time: '0:06' })).waitFor({ state: 'attached' })
    await button(mine.filter({ hasText: m.speakers_per_person() }), m.speakers_lift()).click()
    await expect.poll(() => last(page)).toMatchObject({ budget: { per: 'person' }, seconds: null })
  })

  test('the sound at the end waits for a touch after the page was loaded, and says so', async () => {
    const page = await freshPage('sound=on')
    try {
      const waits = page.getByText(m.speakers_sound_waits())
      await waits.waitFor()
      await advance(page, 6 * 60_000)
      await page.getByText(m.speakers_over(), { exact: true }).first().waitFor()
      expect(await beats(page)).toBe(0)
      await page.getByRole('heading', { level: 1 }).click()
      await expect.poll(() => beats(page)).toBe(2)
      expect(await waits.count()).toBe(0)
      // Who speaks next is told by sound as well, without another touch.
      await write(
        page,
        { kind: 'speech-stopped', speech: speechOf(15) },
        { kind: 'speech-started', speech: speechOf(2) },
      )
      await advance(page, 6 * 60_000)
      await expect.poll(() => beats(page)).toBe(4)
    } finally {
      await page.close()
    }
  })
}
