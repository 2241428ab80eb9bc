import type { Page } from '@playwright/test'
import { people, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const name = 'Sanierung des Hallenbads'
const better = 'Sanierung des Hallenbads, erster Abschnitt'

const save = (page: Page) => page.getByRole('button', { name: words.desk_save(), exact: true }).click()
const nameField = (page: Page) => page.getByLabel(words.desk_paper_name(), { exact: true })
const title = (page: Page) => page.getByRole('heading', { level: 1 })

test(
  'an edit that came too late for its author is kept, explained, and given up by them',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    const cable = await hub.layCable()
    const staff = (await startDevice(cable)).page
    await signInAs(staff, people.staff)
    await visit(staff, '#/desk/papers/new')
    await nameField(staff).fill(name)
    await save(staff)
    await expect(title(staff)).toHaveText(name)
    await expect(syncButton(staff, words.sync_live())).toBeVisible()
    await cable.unplug()
    await expect(syncButton(staff, words.sync_offline())).toBeVisible()
    await nameField(staff).fill(better)
    await save(staff)
    await expect(title(staff)).toHaveText(better)

    const clerk = device.page
    await signInAs(clerk, people.clerk)
    await visit(clerk, (await staff.evaluate(() => location.hash)) as `#/${string}`)
    await expect(title(clerk)).toHaveText(name)
    await clerk.getByRole('button', { name: words.desk_publish(), exact: true }).click()
    await clerk.getByRole('dialog').getByRole('button', { name: words.desk_publish(), exact: true }).click()
    await expect(clerk.getByText(words.desk_published()).first()).toBeVisible()

    await cable.plugIn()
    await syncButton(staff, words.sync_refused({ count: 1 })).click()
    const dialog = staff.getByRole('dialog', { name: words.sync_title() })
    await expect(dialog.getByText(better)).toBeVisible()
    await lookAt(staff, looks[0]!)
    await dialog.getByRole('button', { name: words.sync_revert_named({ title: better }) }).click()
    await expect(dialog.getByText(better)).toHaveCount(0)
    await staff.keyboard.press('Escape')
    await expect(title(staff)).toHaveText(name)
    await expect(syncButton(staff, words.sync_live())).toBeVisible()
    await expect(title(clerk)).toHaveText(name)
  },
)
