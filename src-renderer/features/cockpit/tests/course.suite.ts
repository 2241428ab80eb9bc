import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { m } from '../../../../shared/i18n/index.ts'
import { advance, button, facts, last, menuItem, open, refused, write } from '../testing/driver.ts'
import { item, mayor, minute, person, seats, start } from '../testing/town-council.ts'

/** The course of the meeting. */
export function courseTests(): void {
  test('by the one key of the next step a meeting goes from its opening to its end', async () => {
    const page = await open('scene=prepared')
    await page.keyboard.press('n')
    await expect.poll(async () => (await facts(page)).phase).toBe('open')
    for (let number = 1; number <= 12; number += 1) {
      await page.keyboard.press('n')
      await expect.poll(async () => (await facts(page)).current).toBe(item(number))
    }
    await page.keyboard.press('n')
    await expect.poll(async () => (await facts(page)).current).toBeUndefined()
    // The public is in: the closed part begins with its consequences, never by itself.
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: m.cockpit_close_part() })
    await dialog.getByText(m.cockpit_part_remote({ count: 5 })).waitFor()
    await dialog.getByText(m.cockpit_part_waiting_closed({ count: 3 })).waitFor()
    expect((await facts(page)).public).toBe(true)
    await dialog.getByRole('button', { name: m.cockpit_close_part() }).click()
    await page.getByText(m.cockpit_not_public(), { exact: true }).waitFor()
    for (const number of [13, 14, 15]) {
      await page.keyboard.press('n')
      await expect.poll(async () => (await facts(page)).current).toBe(item(number))
    }
    await page.keyboard.press('n')
    await page.keyboard.press('n')
    await page.getByRole('dialog', { name: m.cockpit_close() }).getByRole('button', { name: m.cockpit_close() }).click()
    await expect.poll(async () => (await facts(page)).phase).toBe('closed')
    const done = Array.from({ length: 15 }, (_, n) => `${n + 1} done`)
    expect((await facts(page)).agenda).toEqual(done)
    expect(await refused(page)).toBe(0)
  })

  test('a hybrid meeting opens once its chair is in the room, and the step before says so', async () => {
    const page = await open('scene=prepared')
    const presidents = [mayor.person, person(0), person(14)]
    await write(page, ...presidents.map((who) => ({ kind: 'person-left' as const, person: who })))
    const arrives = button(page, m.cockpit_step_chair_arrives({ name: mayor.name }))
    await arrives.waitFor()
    // Members are asked at home meanwhile: nobody waits for a chair.
    const vote = 'vote:circulation'
    const until = start + 60 * minute
    await write(page, {
      ...{ kind: 'vote-opened', vote, item: item(1), question: 'Im Umlauf?', subject: 'circular', until },
      ...{ majority: 'unanimous-statutory', mode: 'devices', secret: false },
    })
    await button(page, m.cockpit_step_vote()).waitFor()
    await write(page, { kind: 'vote-cancelled', vote, reason: 'Erledigt' })
    await arrives.waitFor()
    await page.keyboard.press('n')
    await arrives.waitFor({ state: 'detached' })
    expect((await facts(page)).phase).toBe('prepared')
    await page.keyboard.press('n')
    await expect.poll(async () => (await facts(page)).phase).toBe('open')
    expect(await refused(page)).toBe(0)
  })

  /** The council agrees to something about the agenda. */
  const agree = (page: Page, subject: string): Promise<void> => {
    const vote = `vote:${subject}`
    return write(
      page,
      {
        ...{ kind: 'vote-opened', vote, item: item(5), question: `Beschluss ${subject}`, subject },
        ...{ majority: 'simple', mode: 'hand', secret: false },
      },
      { kind: 'votes-counted', vote, tally: { yes: 38, no: 0, abstain: 0, invalid: 0 } },
      { kind: 'vote-closed', vote },
    )
  }

  test('an item is moved once the body has decided, and the law that asks for it is named', async () => {
    const page = await open()
    const up = async (): Promise<void> => {
      await button(page, m.cockpit_more_item({ item: 8 })).click()
      await menuItem(page, m.cockpit_move_up()).click()
    }
    const dialog = page.getByRole('dialog', { name: m.cockpit_move_title() })
    await up()
    await dialog.getByText(/§ 21 Mustergeschäftsordnung/).waitFor()
    await button(dialog, m.cockpit_vote_on_it()).click()
    const question = page.getByRole('textbox', { name: m.votes_question() })
    await expect.poll(() => question.inputValue()).toMatch(/8 vor .* 7 behandeln/)
    await agree(page, 'procedure')
    await up()
    await button(dialog, m.cockpit_move_title()).click()
    await expect.poll(() => last(page)).toMatchObject({ kind: 'item-moved', item: item(8), before: item(7) })
    expect((await facts(page)).agenda.slice(5, 8)).toEqual(['6 waiting', '8 waiting', '7 waiting'])
    await button(page, m.cockpit_undo()).click()
    await expect.poll(async () => (await facts(page)).agenda.slice(6, 8)).toEqual(['7 waiting', '8 waiting'])
  })

  test('an item is added after the vote that the law asks for', async () => {
    const page = await open()
    const dialog = page.getByRole('dialog', { name: m.cockpit_add_item() })
    await button(page, m.cockpit_add_item()).click()
    await button(dialog, m.cockpit_vote_on_it()).click()
    await dialog.getByText(m.cockpit_add_name_missing()).waitFor()
    await dialog.getByLabel(m.cockpit_add_name()).fill('Bahnstrecke')
    await button(dialog, m.cockpit_vote_on_it()).click()
    await page.getByRole('form', { name: m.votes_prepare() }).waitFor()
    await agree(page, 'extension')
    await button(page, m.cockpit_add_item()).click()
    await dialog.getByLabel(m.cockpit_add_before()).selectOption({ index: 1 })
    await button(dialog, m.cockpit_add_item()).click()
    await expect.poll(async () => (await facts(page)).agenda.slice(4, 7)).toEqual(['5 open', '16 waiting', '6 waiting'])
    expect(await refused(page)).toBe(1)
  })

  test('the presidency is handed over to a deputy who is in the room', async () => {
    const page = await open()
    const name = seats.find((seat) => seat.person === person(0))?.name ?? ''
    await button(page, m.cockpit_meeting_menu()).click()
    await menuItem(page, m.cockpit_hand_to({ name })).click()
    await expect.poll(async () => (await facts(page)).presiding).toBe(person(0))
    await page.getByText(m.cockpit_chair({ name })).waitFor()
  })

  test('a pause stops the clock of who speaks, and the one key goes on', async () => {
    const page = await open()
    await button(page, m.cockpit_meeting_menu()).click()
    await menuItem(page, m.cockpit_pause()).click()
    const dialog = page.getByRole('dialog', { name: m.cockpit_pause() })
    await dialog.getByLabel(m.cockpit_field_reason()).fill('Fraktionsberatung')
    await button(dialog, m.cockpit_pause()).click()
    await expect.poll(() => last(page)).toMatchObject({ kind: 'meeting-paused', reason: 'Fraktionsberatung' })
    expect((await facts(page)).phase).toBe('paused')
    const standing = await page.getByRole('timer').textContent()
    await advance(page, 60_000)
    expect(await page.getByRole('timer').textContent()).toBe(standing)
    await page.keyboard.press('n')
    await expect.poll(async () => (await facts(page)).phase).toBe('open')
  })
}
