import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import { button, facts, last, open, smallControls, violations, write } from '../testing/driver.ts'
import { item, person, seats } from '../testing/town-council.ts'

/** Votes and elections on the chair's one screen. */
export function decisionsTests(): void {
  const fill = async (page: Page, numbers: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, number] of Object.entries(numbers))
      await page.getByRole('textbox', { name, exact: true }).fill(number)
    await button(page, m.votes_count_record()).click()
  }

  test('a vote is opened, counted and announced; the next step waits for it, and it is taken back', async () => {
    const page = await open('density=touch')
    await page.keyboard.press('v')
    await button(page, m.votes_prepare()).click()
    await page.getByRole('textbox', { name: m.votes_question() }).fill('Soll saniert werden?')
    await page.getByRole('radio', { name: m.votes_mode_hand() }).check()
    expect(await violations(page)).toEqual([])
    expect(await smallControls(page)).toEqual([])
    await button(page, m.votes_open()).click()
    await button(page, m.cockpit_step_vote()).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await smallControls(page)).toEqual([])
    await fill(page, { [m.cockpit_choice_yes()]: '30', [m.cockpit_choice_no()]: '2' })
    const result = page.getByRole('article', { name: 'Soll saniert werden?' })
    await result.waitFor()
    expect(await button(page, m.cockpit_step_vote()).count()).toBe(0)
    await button(page, m.cockpit_undo()).click()
    await expect.poll(() => result.count()).toBe(0)
    await button(page, m.cockpit_step_vote()).waitFor()
  })

  test('an election goes from its candidates to the result', async () => {
    const page = await open('density=touch')
    await write(page, { kind: 'item-opened', item: item(11) })
    await page.keyboard.press('v')
    await button(page, m.votes_election_start()).click()
    const names = [1, 2].map((number) => seats.find((seat) => seat.person === person(number))?.name ?? '')
    for (const name of names) {
      await page.getByRole('combobox', { name: m.votes_election_person() }).selectOption({ label: name })
      await button(page, m.votes_election_nominate()).click()
      await page.getByRole('list', { name: m.votes_election_candidates() }).getByText(name).waitFor()
    }
    expect(await violations(page)).toEqual([])
    expect(await smallControls(page)).toEqual([])
    await button(page, /1\. Wahlgang eröffnen/).click()
    const [first = '', second = ''] = names
    await fill(page, { [first]: '20', [second]: '10' })
    await expect.poll(() => last(page)).toMatchObject({ kind: 'round-counted', round: 1 })
    await page.getByText(`Gewählt ist ${first}`).first().waitFor()
    expect(await violations(page)).toEqual([])
    expect((await facts(page)).current).toBe(item(11))
  })
}
