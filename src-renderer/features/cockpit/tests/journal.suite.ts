import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import { bodies, button, facts, last, open, refused, write, writeAsHub } from '../testing/driver.ts'
import { item, minute, person, speechOf, start } from '../testing/town-council.ts'

/** Taking back and correcting. */
export function journalTests(): void {
  test('a command is taken back by a correction, and the journal shows both', async () => {
    const page = await open()
    await page.keyboard.press('s')
    await expect.poll(async () => (await facts(page)).floor).toEqual([])
    await button(page, m.cockpit_undo()).click()
    await expect.poll(async () => (await facts(page)).floor).toEqual([speechOf(15)])
    expect(await last(page)).toMatchObject({ kind: 'corrected' })
    await page.keyboard.press('j')
    const journal = page.getByRole('dialog', { name: m.cockpit_journal() })
    await journal.locator('s').first().waitFor()
    await journal.getByText(m.cockpit_cause_unknown()).waitFor()
    await journal.getByText(m.cockpit_journal_was_late()).waitFor()
  })

  test('an event is corrected in content from the journal', async () => {
    const page = await open()
    await page.keyboard.press('j')
    await button(page, /^Berichtigen: Vermerk/).click()
    const form = page.getByRole('dialog', { name: m.cockpit_correct_title() })
    await form.getByLabel(m.cockpit_field_text()).fill('Anlage 3 wird aufgenommen.')
    await form.getByRole('button', { name: m.cockpit_correct_save() }).click()
    await expect.poll(async () => (await last(page))?.['kind']).toBe('corrected')
    expect(await last(page)).toMatchObject({
      instead: { kind: 'note-added', item: item(4), text: 'Anlage 3 wird aufgenommen.' },
    })
    const instead = m.cockpit_journal_instead({ words: m.cockpit_event_note({ text: 'Anlage 3 wird aufgenommen.' }) })
    await page.getByText(instead, { exact: true }).waitFor()
  })

  test('what was taken back is restored, from the strip and from the journal', async () => {
    const page = await open()
    await page.keyboard.press('s')
    await button(page, m.cockpit_undo()).click()
    await expect.poll(async () => (await facts(page)).floor).toEqual([speechOf(15)])
    await button(page, m.cockpit_redo()).click()
    await expect.poll(async () => (await facts(page)).floor).toEqual([])
    await page.keyboard.press('j')
    const takeBack = m.cockpit_journal_take_back({ words: m.cockpit_event_taken_back() })
    await button(page, takeBack).first().click()
    await expect.poll(async () => (await facts(page)).floor).toEqual([speechOf(15)])
  })

  test('the time of an event is corrected within its bounds, which are said', async () => {
    const page = await open()
    await page.keyboard.press('j')
    const words = m.cockpit_event_item_opened({ item: m.cockpit_item_number({ number: 5 }) })
    await button(page, m.cockpit_journal_correct({ words })).click()
    const form = page.getByRole('dialog', { name: m.cockpit_correct_title() })
    const bounds = { from: '17:01:00', to: '17:41:00' }
    await form.getByText(m.cockpit_correct_time_hint(bounds)).waitFor()
    const time = form.getByLabel(m.cockpit_correct_time())
    await time.fill('16:30:00')
    await form.getByText(m.cockpit_correct_time_error(bounds)).waitFor()
    expect(await button(form, m.cockpit_correct_save()).isDisabled()).toBe(true)
    await time.fill('17:39:30')
    await button(form, m.cockpit_correct_save()).click()
    await expect.poll(async () => (await last(page))?.['at']).toBe(start + 39.5 * minute)
    await page
      .getByText(m.cockpit_journal_at({ time: '17:39:30' }))
      .first()
      .waitFor()
    // Item 4 was still being dealt with then: it is closed by the very same event.
    expect(await refused(page)).toBe(1)
  })

  test('a time at which it cannot have been changes nothing, and says so', async () => {
    const page = await open()
    await page.keyboard.press('j')
    const words = m.cockpit_event_item_opened({ item: m.cockpit_item_number({ number: 5 }) })
    await button(page, m.cockpit_journal_correct({ words })).click()
    const form = page.getByRole('dialog', { name: m.cockpit_correct_title() })
    // Before item 4 began.
    await form.getByLabel(m.cockpit_correct_time()).fill('17:20:00')
    await button(form, m.cockpit_correct_save()).click()
    await expect.poll(() => refused(page)).toBe(2)
    await page.getByText(m.cockpit_cause_time()).first().waitFor()
  })

  test('the close of a vote whose ballots are known is not taken back, and says why', async () => {
    const page = await open()
    const vote = 'vote:1'
    await write(page, {
      ...{ kind: 'vote-opened', vote, item: item(5), question: 'Dafür?', subject: 'resolution' },
      ...{ majority: 'simple', mode: 'devices', secret: false },
    })
    await page.keyboard.press('v')
    await button(page, m.votes_close()).click()
    await page.getByRole('dialog').getByRole('button', { name: m.votes_close() }).click()
    await expect.poll(async () => (await last(page))?.['kind']).toBe('vote-closed')
    await writeAsHub(page, {
      ...{ kind: 'vote-sealed', vote, digest: 'f'.repeat(64) },
      ballots: [{ person: person(1), choice: 'yes' }],
    })
    const count = (await bodies(page)).length
    await button(page, m.cockpit_undo()).click()
    await page
      .getByText(m.cockpit_refused({ cause: m.cockpit_cause_ballots_known() }))
      .first()
      .waitFor()
    expect((await bodies(page)).length).toBe(count + 1)
    await page.getByRole('article', { name: 'Dafür?' }).waitFor()
    await page.keyboard.press('j')
    const journal = page.getByRole('dialog', { name: m.cockpit_journal() })
    await journal.getByText(m.cockpit_fixed_hub()).first().waitFor()
    const words = m.cockpit_event_vote_closed({ question: 'Dafür?' })
    expect(await button(journal, m.cockpit_journal_take_back({ words })).count()).toBe(0)
    expect(await button(journal, m.cockpit_journal_correct({ words })).count()).toBe(1)
  })

  test('several deeds of one tap are taken back together', async () => {
    const page = await open('scene=closed')
    await page.keyboard.press('o')
    const dialog = page.getByRole('dialog', { name: m.cockpit_open_part() })
    await button(dialog, m.cockpit_open_part()).click()
    await expect.poll(async () => (await facts(page)).public).toBe(true)
    expect((await facts(page)).current).toBeUndefined()
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await facts(page)).current).toBe(item(13))
    expect((await facts(page)).public).toBe(false)
  })
}
