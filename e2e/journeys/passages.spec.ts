import type { Page } from '@playwright/test'
import { demo, people, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { saveDialog } from '../fixtures/desk.ts'
import { chooseLook, closeOverlay, lookAt, looks, speak } from '../fixtures/looks.ts'
import { gatherCouncil, join } from '../fixtures/meeting/council.ts'
import { meetBriefly } from '../fixtures/meeting/short-evening.ts'
import { expectNoPublicWord, overhear } from '../fixtures/meeting/story/visitor.ts'
import { tellNetworkIsBack } from '../fixtures/network-back.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })
test.afterEach(() => speak('de'))

const [inGerman, inEnglish] = looks as [(typeof looks)[number], (typeof looks)[number]]
const name = 'Dank an den Bauhof'
const welcome = /begrüßt die Mitglieder des Rates, die Verwaltung und die Zuhörenden am/
const thanks = 'dankt allen Anwesenden für die sachliche Beratung.'
/** Stands in a passage that nobody inserts. */
const unused = 'Sperlingskrautverzeichnis'

const button = (page: Page, label: string | RegExp) => page.getByRole('button', { name: label })

test(
  'a clerk words passages for the council, and whoever writes its minutes inserts them and the template, once',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    test.setTimeout(240_000)
    const council = await gatherCouncil(hub.origin)
    const clerk = await join(hub, council, people.clerk.login)
    await meetBriefly(clerk, council, 'Soll der Steg am Altrhein erneuert werden?', 'Bleibt unter uns.')
    const minutes = `#/meetings/${council.meeting._id}/minutes` as const

    const cable = await hub.layCable()
    const { page: recorder } = await startDevice(cable)
    await signInAs(recorder, people.administrator)
    await visit(recorder, minutes)
    const offer = button(recorder, new RegExp(`^${words.passages_template_insert()}`))
    // Of the demo town: the council's own words of the opening, and the town's for the close.
    await expect(offer).toHaveCount(2)
    await lookAt(recorder, inGerman)
    await openPassages(recorder)
    await expect(recorder.getByRole('menuitem', { name: 'Begrüßung im Stadtrat' })).toBeVisible()

    const { page } = device
    await signInAs(page, people.clerk)
    await visit(page, '#/desk')
    await page.getByRole('link', { name: words.passages_link() }).click()
    await page.getByLabel(words.passages_for(), { exact: true }).selectOption({ label: demo.council })
    await expect(page.getByRole('listitem', { name: 'Begrüßung im Stadtrat' })).toBeVisible()
    await lookAt(page, inGerman)
    await makePassage(page, name, `{${words.passages_word_chair()}} dankt um {Stunde} Uhr dem Bauhof.`)
    await expect(page.getByRole('dialog')).toContainText('„{Stunde}“')
    await lookAt(page, inGerman)
    const text = page.getByRole('dialog').getByLabel(words.passages_text(), { exact: true })
    await text.fill(`{${words.passages_word_chair()}} dankt zu „{${words.passages_word_item()}}“ dem Bauhof.`)
    await saveDialog(page.getByRole('dialog'))
    await makePassage(page, unused, unused)
    await saveDialog(page.getByRole('dialog'))

    // It comes into the menu that is open, without a word from its reader.
    await recorder.getByRole('menuitem', { name }).click()
    const editor = recorder.getByRole('textbox', { name: new RegExp(`^${words.minutes_own_label({ place: '' })}`) })
    await expect(editor).toContainText(/dankt zu „.+“ dem Bauhof\./)
    await expect(editor).not.toContainText('{')
    await button(recorder, words.minutes_done()).click()

    // Two who insert the template without hearing of each other insert it once.
    await visit(page, minutes)
    const other = button(page, new RegExp(`^${words.passages_template_insert()}`))
    await expect(other).toHaveCount(2)
    await cable.unplug()
    await expect(syncButton(recorder, words.sync_offline())).toBeVisible()
    for (const some of [offer, other]) {
      await some.first().press('Enter')
      await some.first().press('Enter')
      await expect(some).toHaveCount(0)
    }
    await openPassages(recorder)
    await expect(recorder.getByRole('menuitem', { name })).toBeVisible()
    await closeOverlay(recorder)
    await button(recorder, words.minutes_done()).click()
    await cable.plugIn()
    await tellNetworkIsBack(recorder)
    for (const one of [recorder, page]) {
      await expect(one.getByText(words.text_received())).toBeVisible()
      await expect(one.getByText(welcome)).toHaveCount(1)
      await expect(one.getByText(thanks)).toHaveCount(1)
    }
    await lookAt(page, inGerman)

    const overheard = await overhear(await device.context.newPage())
    await expectNoPublicWord({ hub, council, clerk, overheard }, [unused, name, 'Begrüßung im Stadtrat'])
    const { page: member } = await startDevice()
    await signInAs(member, people.builder)
    await visit(member, '#/desk/passages')
    await expect(member.getByText(words.desk_staff_locked())).toBeVisible()
    await expect(member.getByText(words.passages_none_to_read())).toBeVisible()

    await chooseLook(page, inEnglish)
    await visit(page, '#/desk/passages')
    await expect(page.getByRole('heading', { level: 1, name: words.passages_title() })).toBeVisible()
    await lookAt(page, inEnglish)
    clerk.leave()
  },
)

/** Begins words of one's own in the first section that takes some, and opens the menu there. */
async function openPassages(page: Page): Promise<void> {
  await button(page, new RegExp(`^${words.minutes_add_first()}|^${words.minutes_edit()}:`))
    .first()
    .click()
  await button(page, words.passages_insert()).click()
}

async function makePassage(page: Page, called: string, text: string): Promise<void> {
  await button(page, words.passages_new()).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words.passages_name(), { exact: true }).fill(called)
  await dialog.getByLabel(words.passages_text(), { exact: true }).fill(text)
}
