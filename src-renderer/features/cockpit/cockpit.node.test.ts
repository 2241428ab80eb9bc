import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { m, overwriteGetLocale } from '../../../shared/i18n/index.ts'
import { keyMap } from './keys/key-map.ts'
import { launchBrowser, startCockpitPage } from './testing/page.suite.ts'
import { item, meetingId, person, speechOf } from './testing/town-council.ts'

overwriteGetLocale(() => 'de')

let browser: Browser
let server: Awaited<ReturnType<typeof startCockpitPage>>
beforeAll(async () => {
  server = await startCockpitPage()
  browser = await launchBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await server.close()
})

interface Facts {
  readonly phase: string
  readonly public: boolean
  readonly current?: string
  readonly floor: readonly string[]
  readonly agenda: readonly string[]
}
interface Meeting {
  advance(ms: number): void
  write(body: unknown): Promise<unknown>
  bodies(): Record<string, unknown>[]
  refused(): number
  smallControls(): string[]
  overflow(): { wide: number; high: number }
  focused(): string | null | undefined
  called(): string
  notice(text: string): void
  facts(): Facts
}
type Global = { readonly meeting: Meeting }

const laptop = { viewport: { width: 1366, height: 768 } }

/** A cockpit on the given scene; everything that fails in the page fails the test. */
async function open(query = '', options: BrowserContextOptions = laptop): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const faults: string[] = []
  page.on('pageerror', (fault) => faults.push(fault.stack ?? fault.message))
  onTestFinished(async () => {
    await context.close()
    expect(faults).toEqual([])
  })
  await page.goto(`${server.origin}/cockpit.html?${query}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const facts = (page: Page): Promise<Facts> => page.evaluate(() => (globalThis as unknown as Global).meeting.facts())
const bodies = (page: Page): Promise<Record<string, unknown>[]> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.bodies())
const last = async (page: Page): Promise<Record<string, unknown> | undefined> => (await bodies(page)).at(-1)
const advance = (page: Page, ms: number): Promise<void> =>
  page.evaluate((by) => (globalThis as unknown as Global).meeting.advance(by), ms)
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

async function violations(page: Page): Promise<unknown[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })))
}

const looks = [
  { name: 'laptop', options: laptop, query: '' },
  { name: 'laptop, dark', options: laptop, query: 'scheme=dark' },
  { name: 'tablet', options: { viewport: { width: 1024, height: 768 }, hasTouch: true }, query: 'density=touch' },
  { name: 'phone', options: { viewport: { width: 390, height: 844 }, hasTouch: true }, query: 'density=touch' },
  {
    name: 'board, dark',
    options: { viewport: { width: 3840, height: 2160 }, hasTouch: true },
    query: 'density=touch&scheme=dark',
  },
]

test.for(looks)('on a $name axe finds nothing and nothing sticks out of the screen', async ({ options, query }) => {
  const page = await open(query, options)
  expect(await violations(page)).toEqual([])
  const overflow = await page.evaluate(() => (globalThis as unknown as Global).meeting.overflow())
  expect(overflow).toEqual({ wide: 0, high: 0 })
})

test.for(['prepared', 'closed', 'empty'])('in the scene "%s" axe finds nothing', async (scene) => {
  const page = await open(`scene=${scene}`)
  expect(await violations(page)).toEqual([])
})

const dialogs: readonly { name: string; show: (page: Page) => Promise<unknown> }[] = [
  { name: 'change of part', show: (page) => page.keyboard.press('o') },
  { name: 'journal', show: (page) => page.keyboard.press('j') },
  { name: 'request to speak', show: (page) => page.keyboard.press('l') },
  { name: 'keys', show: (page) => page.keyboard.press('?') },
  { name: 'presence code', show: (page) => button(page, m.cockpit_code()).click() },
  { name: 'disturbances', show: (page) => button(page, m.cockpit_disturbances()).click() },
  { name: 'new item', show: (page) => button(page, m.cockpit_add_item()).click() },
]

test.for(dialogs)('the dialog "$name" is accessible and closes by Escape', async ({ show }) => {
  const page = await open()
  await show(page)
  await page.getByRole('dialog').waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
})

test.for(['touch', 'board'])('every control can be hit by a finger (%s)', async (kind) => {
  const viewport = kind === 'board' ? { width: 3840, height: 2160 } : { width: 1024, height: 768 }
  const page = await open('density=touch', { viewport, hasTouch: true })
  const small = await page.evaluate(() => (globalThis as unknown as Global).meeting.smallControls())
  expect(small).toEqual([])
})

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
  expect(await page.evaluate(() => (globalThis as unknown as Global).meeting.refused())).toBe(0)
})

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

test('attendance: one tap each for room, remote and leaving; cut off by the menu', async () => {
  const page = await open()
  const search = page.getByRole('searchbox', { name: m.cockpit_search_member() })
  await page.keyboard.press('f')
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as Global).meeting.focused()))
    .toBe(m.cockpit_search_member())
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
  const name = await page.evaluate(() => (globalThis as unknown as Global).meeting.called())
  const menu = async (): Promise<number> => {
    await button(page, m.cockpit_more({ name })).click()
    const count = await page.getByRole('menuitem', { name: m.cockpit_exclude() }).count()
    await page.keyboard.press('Escape')
    return count
  }
  expect(await menu()).toBe(0)
  for (let count = 0; count < 2; count += 1)
    await page.evaluate(
      (who) => (globalThis as unknown as Global).meeting.write({ kind: 'called-to-order', person: who }),
      called,
    )
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

test('keys do nothing while somebody types, and can be switched off', async () => {
  const page = await open()
  await page.keyboard.press('m')
  await page.getByRole('textbox', { name: m.cockpit_note_on({ item: m.cockpit_item_number({ number: 5 }) }) }).waitFor()
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
  expect(await page.getByRole('button', { name: /das Wort erteilen|ist im Saal|aufrufen|Rückgängig/ }).count()).toBe(0)
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

test.for([laptop.viewport, { width: 390, height: 844 }])('notices leave the step free (%o)', async (viewport) => {
  const page = await open('', { viewport })
  await page.evaluate(() => (globalThis as unknown as Global).meeting.notice('Gespeichert'))
  const notice = await page.getByRole('region', { name: m.common_notices() }).boundingBox()
  const step = await button(page, m.cockpit_step_stop()).boundingBox()
  expect((notice?.y ?? Infinity) + (notice?.height ?? 0)).toBeLessThanOrEqual(step?.y ?? 0)
})
