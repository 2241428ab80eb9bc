import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import { keyMap } from '../keys/key-map.ts'
import { bodies, button, facts, last, open } from '../testing/driver.ts'
import { item } from '../testing/town-council.ts'

/** Keys, and who may use them. */
export function keysTests(): void {
  test('keys do nothing while somebody types, and can be switched off', async () => {
    const page = await open()
    await page.keyboard.press('m')
    await page
      .getByRole('textbox', { name: m.cockpit_note_on({ item: m.cockpit_item_number({ number: 5 }) }) })
      .waitFor()
    const before = (await bodies(page)).length
    await page.keyboard.type('nsnw')
    expect((await bodies(page)).length).toBe(before)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => last(page)).toMatchObject({ kind: 'note-added', text: 'nsnw', item: item(5) })
    await page.getByRole('tab', { name: m.cockpit_tab_speakers() }).click()
    await page.keyboard.press('?')
    await page.getByRole('switch').click()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    const count = (await bodies(page)).length
    await page.keyboard.press('s')
    expect((await bodies(page)).length).toBe(count)
    await page.keyboard.press('Control+z')
    await expect.poll(() => last(page)).toMatchObject({ kind: 'corrected' })
  })

  test('the second half of a double click takes no second step', async () => {
    const page = await open()
    const before = (await bodies(page)).length
    await button(page, m.cockpit_step_stop()).dblclick()
    await expect.poll(async () => (await facts(page)).floor).toEqual([])
    expect((await bodies(page)).length).toBe(before + 1)
  })

  test('a member without the chair sees the meeting and can change nothing', async () => {
    const page = await open('as=member')
    await page.getByRole('list', { name: m.speakers_list() }).waitFor()
    const before = (await bodies(page)).length
    for (const { key } of keyMap) {
      await page.keyboard.press(key)
      await page.keyboard.press('Escape')
    }
    expect((await bodies(page)).length).toBe(before)
    expect(await page.getByRole('button', { name: /das Wort erteilen|ist im Saal|aufrufen|Rückgängig/ }).count()).toBe(
      0,
    )
  })
}
