import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { syncButton } from '../fixtures/demo-people.ts'
import { startDevice } from '../fixtures/device.ts'
import { accountMenu, setUpTown } from '../fixtures/set-up-town.ts'
import { expect, test, words } from '../fixtures/test.ts'

/** Stands before a hub and serves another build of its service worker once it is told to. */
async function startFront(hub: string) {
  let build = ''
  const server = createServer((asked, answer) => {
    const passed = request(hub + asked.url, { method: asked.method, headers: asked.headers }, (given) => {
      const isWorker = build !== '' && asked.url === '/app/sw.js'
      const { 'content-length': _, etag: __, ...headers } = given.headers
      answer.writeHead(given.statusCode ?? 502, isWorker ? headers : given.headers)
      given.pipe(answer, { end: !isWorker })
      if (isWorker) given.on('end', () => answer.end(`\n// ${build}\n`))
    })
    if (build !== '' && asked.url === '/app/sw.js')
      for (const header of ['if-none-match', 'if-modified-since', 'accept-encoding']) passed.removeHeader(header)
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serveBuild: (name: string) => void (build = name),
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test.use({ keepsApp: true })

test.describe('the web app that a browser keeps', { tag: '@web' }, () => {
  test('holds its own files and no answer of the hub, and starts by them without a network', async ({
    hub,
    device,
  }) => {
    const { page } = device
    await device.readyForOffline()
    await expect(page.getByText(words.shell_starts_offline()).first()).toBeVisible()
    await setUpTown(page, hub.setUpCode)
    await expect(syncButton(page, words.sync_live())).toBeVisible()
    const kept = await page.evaluate(async () => {
      const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
      const requests = await Promise.all(stores.map((store) => store.keys()))
      return requests.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept).toContain('/app/index.html')
    expect(kept.filter((path) => !path.startsWith('/app/'))).toEqual([])

    await hub.cable.unplug()
    await page.reload()
    await expect(accountMenu(page)).toBeVisible()
    await expect(syncButton(page, words.sync_offline())).toBeVisible()
  })

  test('takes a new version when its person wants it', async ({ hub, folder }) => {
    const front = await startFront(hub.origin)
    const device = await startDevice('web', join(folder, 'device'), front.origin)
    try {
      const { page } = device
      await device.readyForOffline()
      await expect(page.getByText(words.shell_starts_offline()).first()).toBeVisible()
      front.serveBuild('another build')
      await page.reload()
      await expect(page.getByText(words.shell_new_version()).first()).toBeVisible()
      const before = await page.evaluate(() => performance.timeOrigin)
      await page.getByRole('button', { name: words.common_reload(), exact: true }).click()
      await page.waitForFunction((old) => performance.timeOrigin !== old, before)
      await expect(page.getByRole('heading', { name: words.account_setup_title() })).toBeVisible()
      const waits = await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null)
      expect(waits).toBe(false)
    } finally {
      await device.close()
      front.stop()
    }
  })
})
