import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import { button, calledToOrder, focused, last, menuItem, open, write } from '../testing/driver.ts'
import { item, person, seats } from '../testing/town-council.ts'

/** Who is there. */
export function attendanceTests(): void {
  test('attendance: one tap each for room, remote and leaving; cut off by the menu', async () => {
    const page = await open()
    const search = page.getByRole('searchbox', { name: m.cockpit_search_member() })
    await page.keyboard.press('f')
    await expect.poll(() => focused(page)).toBe(m.cockpit_search_member())
    await page.keyboard.type('almut')
    const roster = page.getByRole('group', { name: m.cockpit_roster() })
    await expect.poll(() => roster.getByRole('listitem').count()).toBe(1)
    await search.fill('')
    const name =
      (await page
        .getByRole('button', { name: /ist im Saal$/, pressed: false })
        .first()
        .getAttribute('aria-label')) ?? ''
    const who = name.replace(' ist im Saal', '')
    await button(page, m.cockpit_is_in_room({ name: who })).click()
    await expect.poll(async () => (await last(page))?.['kind']).toBe('person-arrived')
    await button(page, m.cockpit_is_remote({ name: who })).click()
    await expect.poll(() => last(page)).toMatchObject({ kind: 'person-arrived', mode: 'remote', by: 'list' })
    await button(page, m.cockpit_more({ name: who })).click()
    await page.getByRole('menuitem', { name: m.cockpit_lost() }).click()
    await expect.poll(async () => (await last(page))?.['kind']).toBe('connection-lost')
    await button(page, m.cockpit_is_remote({ name: who })).click()
    await expect.poll(async () => (await last(page))?.['kind']).toBe('connection-restored')
    await button(page, m.cockpit_is_remote({ name: who })).click()
    await expect.poll(async () => (await last(page))?.['kind']).toBe('person-left')
  })

  test('exclusion is offered from the number of calls to order in the rules', async () => {
    const page = await open()
    const called = person(16)
    const name = await calledToOrder(page)
    const menu = async (): Promise<number> => {
      await button(page, m.cockpit_more({ name })).click()
      const count = await page.getByRole('menuitem', { name: m.cockpit_exclude() }).count()
      await page.keyboard.press('Escape')
      return count
    }
    expect(await menu()).toBe(0)
    for (let count = 0; count < 2; count += 1) await write(page, { kind: 'called-to-order', person: called })
    expect(await menu()).toBe(1)
  })

  test('a disturbance begins, stands on the screen and ends with its consequence', async () => {
    const page = await open()
    await button(page, m.cockpit_disturbances()).click()
    await page.getByLabel(m.cockpit_field_what()).fill('Ton der Zugeschalteten fällt aus')
    await button(page, m.cockpit_disturbance_begin()).click()
    await page.keyboard.press('Escape')
    await page
      .getByText(m.cockpit_disturbance_now({ what: 'Ton der Zugeschalteten fällt aus' }))
      .first()
      .waitFor()
    await button(page, m.cockpit_disturbance_end()).click()
    await page.getByRole('menuitem', { name: m.cockpit_consequence_interrupted() }).click()
    await expect.poll(() => last(page)).toMatchObject({ kind: 'disturbance-ended', consequence: 'interrupted' })
  })

  test('a conflict of interest is declared by the menu and lifted where it stands', async () => {
    const page = await open()
    const name = seats.find((seat) => seat.person === person(3))?.name ?? ''
    await button(page, m.cockpit_more({ name })).click()
    await menuItem(page, m.cockpit_conflict()).click()
    const dialog = page.getByRole('dialog', { name: m.cockpit_conflict_title() })
    await button(dialog, m.cockpit_conflict_title()).click()
    const conflicts = page.getByRole('list', { name: m.cockpit_conflicts() })
    await conflicts.getByText(m.cockpit_away_from_table({ name })).waitFor()
    await button(conflicts, m.cockpit_lift_conflict({ name })).click()
    await expect.poll(() => last(page)).toMatchObject({ kind: 'conflict-lifted', person: person(3), item: item(5) })
    expect(await conflicts.getByRole('listitem').count()).toBe(1)
    await button(page, m.cockpit_undo()).click()
    await expect.poll(() => conflicts.getByRole('listitem').count()).toBe(2)
  })
}
