import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, setUp, startTestHub, welcome } from '../../src-main/hub/testing/hub.ts'
import { buildDevicePage, frontFor, launchBrowser, openDevice, openWindow } from './testing/devices.suite.ts'

let page: string
let browser: Browser
beforeAll(async () => {
  page = await buildDevicePage()
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

test('first contact', async () => {
  const hub = await startTestHub()
  const admin = await setUp(hub)
  const front = await frontFor(page, hub.origin)
  const window = await openWindow(await openDevice(browser), front)
  window.page.on('console', (message) => console.log(message.text()))
  expect(await window.call('signIn', admin.session!.account.login, password)).toMatchObject({ ok: true })
  console.log(await window.get('session'))
  await window.untilLive()
  void welcome
})
