import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { syncButton } from '../fixtures/demo-people.ts'
import { startDevice, type Device } from '../fixtures/device.ts'
import { OwnHub } from '../fixtures/hub/own-hub.ts'
import { chooseLanguage, lookAt, looks, speak } from '../fixtures/looks.ts'
import { accountMenu, setUpTown } from '../fixtures/set-up-town.ts'
import { expect, expectAccessible, test as base, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

interface Joining {
  /** A hub that no authority vouches for: its join code alone says which key is its own. */
  readonly hub: OwnHub
  /** Another one, with another key. */
  readonly other: OwnHub
  /** A desktop app that belongs to no hub. */
  readonly device: Device
}

const test = base.extend<Joining>({
  hub: async ({ folder }, use) => {
    const hub = await OwnHub.start(join(folder, 'hub'), 'empty', 'own-certificate')
    await use(hub)
    await hub.stop()
  },
  other: async ({ folder }, use) => {
    const hub = await OwnHub.start(join(folder, 'other'), 'empty', 'own-certificate')
    await use(hub)
    await hub.stop()
  },
  device: async ({ folder }, use) => {
    const device = await startDevice('desktop', join(folder, 'device'), undefined)
    await use(device)
    await device.close()
  },
})

async function lookFor(page: Device['page'], link: string): Promise<void> {
  await page.getByLabel(words.shell_join_link()).fill(link)
  await page.getByRole('button', { name: words.shell_join_find() }).click()
}

async function joinHub(page: Device['page'], link: string): Promise<void> {
  await lookFor(page, link)
  await expect(page.getByText(words.shell_join_compare())).toBeVisible()
  await page.getByRole('button', { name: words.shell_join_button() }).click()
}

test.afterEach(() => speak('de'))

test.describe('a desktop app that belongs to no hub', { tag: '@desktop' }, () => {
  test('joins one by its link, and says in plain words why it cannot', async ({ hub, other, device }) => {
    const { page } = device
    await expect(page.getByRole('heading', { name: words.shell_join_title() })).toBeVisible()
    // The last one is German, as the rest of the journey.
    for (const look of looks.toReversed()) {
      await chooseLanguage(page, look.locale)
      await lookAt(page, look)
    }

    const fault = (text: string) => expect(page.getByText(text).first()).toBeVisible()
    await lookFor(page, hub.origin)
    await fault(words.shell_join_unreadable())
    await hub.cable.unplug()
    await lookFor(page, hub.joinLink)
    await fault(words.shell_join_unreachable())
    await expectAccessible(page)
    await hub.cable.plugIn()
    // Somebody else answers at the hub's address.
    await other.takePlaceOf(hub)
    await lookFor(page, hub.joinLink)
    await fault(words.shell_join_other_certificate())
    await hub.takePlaceOf(hub)

    await lookFor(page, hub.joinLink)
    const fingerprint = new URL(hub.joinLink).searchParams.get('key') ?? ''
    await expect(page.getByText(fingerprint.slice(0, 6))).toContainText(/^[\w-]{6}( [\w-]{1,6}){7}$/)
    await expectAccessible(page)
    await page.getByRole('button', { name: words.shell_join_button() }).click()
    await setUpTown(page, hub.setUpCode)

    const again = await device.restart()
    await expect(accountMenu(again)).toBeVisible()
    await expect(syncButton(again, words.sync_live())).toBeVisible()
  })

  test('sends nothing to another hub that takes its hub’s place', async ({ hub, other, device }) => {
    const { page } = device
    await joinHub(page, hub.joinLink)
    await setUpTown(page, hub.setUpCode)
    await other.takePlaceOf(hub)
    await expect(page.getByText(words.shell_hub_refused()).last()).toBeVisible()
    await expect(syncButton(page, words.sync_offline())).toBeVisible()
    await expect(accountMenu(page)).toBeVisible()
  })

  test('changes to another hub by a link that was opened, and keeps nothing of the first', async ({
    hub,
    other,
    device,
  }) => {
    const { page, electron } = device
    await joinHub(page, hub.joinLink)
    await setUpTown(page, hub.setUpCode)
    await visit(page, '#/settings')
    await expect(page.getByText(hub.origin)).toBeVisible()
    await expect(page.getByRole('link', { name: words.shell_hub_change() })).toBeVisible()
    await expectAccessible(page)

    // As the system starts the app a second time, with the link among the arguments.
    await electron?.evaluate(
      ({ app }, link) => void app.emit('second-instance', {}, ['ratssaal', link], '/'),
      other.joinLink,
    )
    await expect(page.getByLabel(words.shell_join_link())).toHaveValue(other.joinLink)
    await page.getByRole('button', { name: words.shell_join_find() }).click()
    await expect(page.getByText(words.shell_join_purge())).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: words.shell_join_button() }).click()
    await setUpTown(page, other.setUpCode)

    // Every database here was made for the second hub: the first administrator's copies are gone.
    await expect.poll(async () => new Set(await accountsWithCopies(page)).size).toBe(1)
  })
})

/** The accounts that own copies of documents on this device; copies of what is public belong to nobody. */
const accountsWithCopies = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opened = indexedDB.open('ratssaal-device')
        opened.onerror = () => reject(new Error('cannot be opened'))
        opened.onsuccess = () => {
          const asked = opened.result.transaction('copies').objectStore('copies').getAll()
          asked.onsuccess = () => {
            opened.result.close()
            resolve((asked.result as { account: string }[]).map(({ account }) => account).filter(Boolean))
          }
        }
      }),
  )
