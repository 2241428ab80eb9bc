import { demo, people, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { closeItem, deskItem, openDeskMeeting, openItem, renameItem } from '../fixtures/desk.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

test(
  'two clerks change one item without network: both versions of a field show, other fields merge',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    const first = device.page
    await signInAs(first, people.clerk)
    const { page: second } = await startDevice()
    await signInAs(second, people.administrator)
    for (const page of [first, second]) await openDeskMeeting(page, demo.councilMeeting)
    await expect(deskItem(first, demo.announcements)).toBeVisible()

    await hub.cable.unplug()
    for (const page of [first, second]) await expect(syncButton(page, words.sync_offline())).toBeVisible()
    await renameItem(first, demo.announcements, 'Bericht der Verwaltung')
    await renameItem(second, demo.announcements, 'Auskünfte der Verwaltung')
    await closeItem(second, 'Auskünfte der Verwaltung', 'Personalangelegenheit')
    await hub.cable.plugIn()

    const versions = (page: typeof first) =>
      page.getByRole('listitem').filter({ hasText: words.desk_two_versions() }).filter({ hasText: 'der Verwaltung' })
    for (const page of [first, second]) {
      await expect(versions(page)).toHaveCount(1)
      await expect(versions(page)).toContainText('Personalangelegenheit')
    }

    const shown = (await versions(first).getAttribute('aria-label')) ?? ''
    const dialog = await openItem(first, shown)
    for (const name of ['Bericht der Verwaltung', 'Auskünfte der Verwaltung'])
      await expect(
        dialog.getByRole('group', { name: words.desk_item_name() }).getByText(name, { exact: true }),
      ).toBeVisible()
    await lookAt(first, looks[0]!)
    await dialog
      .getByRole('button', { name: words.desk_version_keep_this({ text: 'Auskünfte der Verwaltung' }) })
      .click()
    await expect(dialog.getByText(words.desk_versions_detail())).toBeHidden()
    await dialog.getByRole('button', { name: words.desk_cancel() }).click()

    for (const page of [first, second]) {
      await expect(deskItem(page, 'Auskünfte der Verwaltung')).toContainText('Personalangelegenheit')
      await expect(versions(page)).toHaveCount(0)
      await expect(syncButton(page, words.sync_live())).toBeVisible()
    }
  },
)
