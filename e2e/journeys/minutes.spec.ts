import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { people, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { addItem } from '../fixtures/desk.ts'
import { tabTo } from '../fixtures/keys.ts'
import { chooseLook, lookAt, looks, speak } from '../fixtures/looks.ts'
import { agendaOf, gatherCouncil, join } from '../fixtures/meeting/council.ts'
import { letPass } from '../fixtures/meeting/passing-time.ts'
import { meetBriefly } from '../fixtures/meeting/short-evening.ts'
import { expectNoPublicWord, overhear } from '../fixtures/meeting/story/visitor.ts'
import { tellNetworkIsBack } from '../fixtures/network-back.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const [inGerman, inEnglish] = looks as [(typeof looks)[number], (typeof looks)[number]]
const question = 'Soll der Steg am Altrhein erneuert werden?'
const closedNote = 'Der Käufer bietet Drosselbart 271.828 Euro'
const closedWords = 'Die Verwaltung rät zu Zurückhaltung wegen Hagebuttenstreit.'
const openWords = 'Die Vorsitzende dankt dem Bauhof.'
const decision = 'Wird der Einwendung zur Niederschrift stattgegeben?'
const wished = 'Die Vorsitzende dankt dem Bauhof und der Feuerwehr.'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const editor = (page: Page, label: string) => page.getByRole('textbox', { name: new RegExp(`^${label}`) })
const ownLabel = words.minutes_own_label({ place: '' })
const changeLabel = words.minutes_change_label({ name: '' })

test(
  'minutes are written by two, one of them without network, signed, published, and objected to',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    test.setTimeout(240_000)
    const council = await gatherCouncil(hub.origin)
    const itemName = agendaOf(council).find((entry) => entry.public)?.name ?? ''
    const clerk = await join(hub, council, people.clerk.login)
    await meetBriefly(clerk, council, question, closedNote)
    const minutes = `#/meetings/${council.meeting._id}/minutes` as const

    const { page: recorder } = device
    await signInAs(recorder, people.clerk)
    await visit(recorder, `#/meetings/${council.meeting._id}`)
    await recorder.getByRole('link', { name: words.minutes_page() }).click()
    await expect(recorder.getByText(question).first()).toBeVisible()

    const cable = await hub.layCable()
    const { page: deputy } = await startDevice(cable)
    await signInAs(deputy, people.administrator)
    await visit(deputy, minutes)
    await expect(deputy.getByText(question).first()).toBeVisible()

    await writeBelow(recorder, question, openWords)
    await expect(deputy.getByText(openWords)).toBeVisible()

    await cable.unplug()
    await expect(syncButton(deputy, words.sync_offline())).toBeVisible()
    const result = words.minutes_vote_result().trim()
    await change(deputy, result, ' Ohne Aussprache.')
    await expect(deputy.getByText(words.text_here())).toBeVisible()
    await change(recorder, result, ' Einmütig.')
    await writeBelow(recorder, words.minutes_note({ text: closedNote }), closedWords)
    await expect(recorder.getByText(words.text_received())).toBeVisible()
    await expect(recorder.getByText('Ohne Aussprache.')).toHaveCount(0)
    await letPass(hub, [recorder.context(), deputy.context()], 10 * 60_000)
    await cable.plugIn()
    await tellNetworkIsBack(deputy)
    for (const page of [recorder, deputy]) {
      const merged = page.getByText('Ohne Aussprache.').filter({ hasText: 'Einmütig.' })
      await expect(merged).toHaveText(/^Abstimmungsergebnis: Angenommen/)
      expect((await merged.textContent())?.match(/Abstimmungsergebnis/g)).toHaveLength(1)
      await expect(page.getByText(closedWords)).toBeVisible()
      await expect(page.getByText(words.text_received())).toBeVisible()
    }

    await lookAt(recorder, inGerman)
    await button(recorder, new RegExp(`^${words.minutes_compare()}: ${result}`)).click()
    await expect(recorder.getByRole('dialog').getByText('Einmütig.')).toBeVisible()
    await recorder.keyboard.press('Escape')
    await tabTo(recorder, 'tab', words.minutes_tab_draft())
    await recorder.keyboard.press('ArrowRight')
    await expect(recorder.getByRole('article')).toContainText(openWords)
    await expect(recorder.getByRole('article')).not.toContainText(closedWords)
    await lookAt(recorder, inGerman)
    const download = recorder.waitForEvent('download')
    await button(recorder, words.minutes_pdf()).click()
    expect((await download).suggestedFilename()).toContain('öffentlicher Teil')
    await recorder.getByRole('tab', { name: words.minutes_tab_closed() }).click()
    await expect(recorder.getByRole('article')).toContainText(closedWords)

    await button(recorder, words.minutes_present()).click()
    await button(recorder, words.minutes_present()).last().click()
    await button(recorder, words.minutes_sign_as_clerk()).click()
    await visit(recorder, '#/desk')
    const unsigned = (capacity: string): string => words.minutes_unsigned_by({ capacity })
    await expect(recorder.getByText(unsigned(words.minutes_sign_chair()))).toBeVisible()
    await expect(recorder.getByText(unsigned(words.minutes_sign_clerk()))).toHaveCount(0)
    await lookAt(recorder, inGerman)
    await visit(recorder, minutes)
    const visitor = await device.context.newPage()
    const overheard = await overhear(visitor)
    const site = `${hub.origin}/de/meeting/${council.meeting._id.slice('meeting:'.length)}`
    await visitor.goto(`${site}`)
    const secrets = [closedNote, closedWords, 'Drosselbart', 'Hagebuttenstreit']
    await expectNoPublicWord({ hub, council, clerk, overheard }, [...secrets, openWords])

    const { page: chair } = await startDevice()
    await signInAs(chair, people.mayor)
    await visit(chair, minutes)
    await button(chair, words.minutes_sign_as_chair()).click()
    await expect(chair.getByText(words.minutes_state_signed()).first()).toBeVisible()
    await lookAt(chair, inGerman)

    await button(recorder, words.minutes_publish()).click()
    await button(recorder, words.minutes_publish()).last().click()
    await expect(recorder.getByText(words.minutes_state_published()).first()).toBeVisible()
    await expect(recorder.getByText(words.minutes_missing_chair())).toHaveCount(0)
    await expect(async () => {
      await visitor.goto(`${site}/minutes`)
      await expect(visitor.getByText(openWords)).toBeVisible({ timeout: 1000 })
    }).toPass()
    await expect(visitor.getByText('Ohne Aussprache.')).toBeVisible()
    await expectNoPublicWord({ hub, council, clerk, overheard }, secrets)

    await recorder.getByRole('tab', { name: words.minutes_tab_resolutions() }).click()
    await button(recorder, new RegExp(`^${words.minutes_resolution_edit()}: ${question.slice(0, 20)}`)).click()
    await recorder.getByLabel(words.minutes_resolution_responsible()).fill('Bauhof')
    await recorder.getByLabel(words.minutes_resolution_due_label()).fill('2027-03-01')
    await button(recorder, words.desk_save()).click()
    await expect(recorder.getByText('Bauhof', { exact: true })).toBeVisible()
    const excerpt = recorder.waitForEvent('download')
    await button(recorder, words.minutes_excerpt()).first().click()
    expect((await excerpt).suggestedFilename()).toContain('Beschlussauszug')

    const { page: member } = await startDevice()
    await signInAs(member, people.builder)
    await visit(member, minutes)
    await expect(member.getByText(closedWords)).toBeVisible()
    const [heading] = await member.locator('h3', { hasText: itemName }).allTextContents()
    await button(member, `${words.minutes_object()}: ${heading}`).click()
    await member.getByLabel(words.minutes_wished()).fill(wished)
    await member.getByRole('dialog').getByRole('button', { name: words.minutes_object() }).click()
    await expect(member.getByText(words.minutes_objection_raised(), { exact: true })).toBeVisible()

    await recorder.getByRole('tab', { name: words.minutes_objections() }).click()
    await expect(recorder.getByText(wished)).toBeVisible()
    await lookAt(recorder, inGerman)
    await expectNoPublicWord({ hub, council, clerk, overheard }, secrets)

    const planned = await gatherCouncil(hub.origin, council.meeting.start)
    await visit(recorder, `#/desk/meetings/${planned.meeting._id}`)
    await addItem(recorder, 'Einwendung gegen die Niederschrift')
    await visit(recorder, minutes)
    await recorder.getByRole('tab', { name: words.minutes_objections() }).click()
    await button(recorder, words.minutes_table_objection()).click()
    await expect(recorder.getByLabel(words.minutes_next_meeting(), { exact: true })).toContainText(planned.meeting.name)
    await lookAt(recorder, inGerman)
    await button(recorder, words.minutes_table_objection()).last().click()
    await expect(recorder.getByText(words.minutes_objection_tabled(), { exact: true })).toBeVisible()
    const next = await gatherCouncil(hub.origin, council.meeting.start)
    const later = await join(hub, next, people.clerk.login)
    await meetBriefly(later, next, decision, closedNote)
    later.leave()
    await button(recorder, words.minutes_decide_objection()).click()
    await expect(recorder.getByLabel(words.minutes_decided_by(), { exact: true })).toContainText(decision)
    await lookAt(recorder, inGerman)
    await button(recorder, words.minutes_decide_objection()).last().click()
    await expect(recorder.getByText(words.minutes_objection_accepted(), { exact: true })).toBeVisible()
    await expect(member.getByText(wished).first()).toBeVisible()
    await expect(async () => {
      await visitor.reload()
      await expect(visitor.getByText(wished)).toBeVisible({ timeout: 1000 })
    }).toPass()
    await expect(visitor.getByText(openWords)).toBeVisible()
    await lookAt(visitor, inGerman)
    await expectNoPublicWord({ hub, council, clerk, overheard }, secrets)

    await recorder.getByRole('tab', { name: words.minutes_allowance() }).click()
    const allowances = recorder.getByRole('table', { name: words.minutes_allowance() }).getByRole('row')
    await expect(allowances.first()).toBeVisible()
    await lookAt(recorder, inGerman)
    // The screen has a row for the sum besides.
    expect(await savedRows(recorder)).toHaveLength((await allowances.count()) - 1)

    await visit(recorder, '#/desk')
    await lookAt(recorder, inGerman)
    await recorder.getByRole('link', { name: words.minutes_resolutions_page() }).click()
    await expect(recorder.getByText('Bauhof', { exact: true })).toBeVisible()
    await lookAt(recorder, inGerman)
    await visit(recorder, '#/desk/statistics')
    const members = recorder.getByRole('table', { name: words.minutes_statistics_members() }).getByRole('row')
    await expect(members.first()).toBeVisible()
    await expect(recorder.getByText(words.minutes_statistics_of({ attended: 2, meetings: 2 })).first()).toBeVisible()
    await lookAt(recorder, inGerman)
    const statistics = await savedRows(recorder)
    expect(statistics).toHaveLength(await members.count())
    for (const secret of secrets) expect(statistics.join()).not.toContain(secret)

    await chooseLook(deputy, inEnglish)
    await visit(deputy, minutes)
    await expect(deputy.getByRole('heading', { level: 1, name: words.minutes_page() })).toBeVisible()
    await lookAt(deputy, inEnglish)
    speak('de')
    clerk.leave()
  },
)

/** Adds a paragraph behind the block that begins so. */
async function writeBelow(page: Page, block: string, text: string): Promise<void> {
  await button(page, new RegExp(`^${words.minutes_add()}: ${escaped(block.slice(0, 40))}`)).click()
  await expect(editor(page, escaped(ownLabel))).toBeFocused()
  await page.keyboard.type(text)
  await button(page, words.minutes_done()).click()
}

/** Adds words to the block that begins so. */
async function change(page: Page, block: string, text: string): Promise<void> {
  await button(page, new RegExp(`^${words.minutes_change()}: ${escaped(block)}`)).click()
  await expect(editor(page, escaped(changeLabel))).toBeFocused()
  await page.keyboard.type(text)
  await button(page, words.minutes_done()).click()
}

const escaped = (text: string): string => text.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Lines of the spreadsheet that the screen saves, its header among them. */
async function savedRows(page: Page): Promise<string[]> {
  const download = page.waitForEvent('download')
  await button(page, words.minutes_allowance_csv()).click()
  return (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n')
}
