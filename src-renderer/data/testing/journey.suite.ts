import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { HubConfigInput } from '../../../src-main/hub/config.ts'
import { password, setUp, startTestHub, welcome, type Caller, type TestHub } from '../../../src-main/hub/testing/hub.ts'
import { devicePages, launchBrowser } from './browser.suite.ts'
import { frontFor, openDevice, openWindow, type Window } from './devices.suite.ts'
import type { Front } from './front.suite.ts'
import { member, put, smallTown } from './town.suite.ts'

/** A hub with a small town, its network, and people with devices. */
export interface Town {
  readonly hub: TestHub
  readonly front: Front
  readonly admin: Caller
  clerk(): Promise<Caller>
  member(): Promise<Caller>
  /** A network of its own that leads to the same hub. */
  anotherFront(): Promise<Front>
  /** A window signed in and live, on a device of its own and in the town's network unless others are given. */
  device(who: Caller, context?: BrowserContext, network?: Front): Promise<Window>
}

/** To be called once in a test file: builds the pages and starts a browser for all its tests. */
export function prepareTowns(): { openTown: (config?: HubConfigInput) => Promise<Town>; browser: () => Browser } {
  let page: string
  let browser: Browser
  beforeAll(async () => {
    page = await devicePages()
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  const openTown = async (config: HubConfigInput = {}): Promise<Town> => {
    const hub = await startTestHub(config)
    const admin = await setUp(hub)
    await put(hub, smallTown())
    const front = await frontFor(page, hub.origin)
    return {
      ...{ hub, front, admin },
      clerk: () => welcome(hub, admin, ['clerk']),
      member: () => welcome(hub, admin, ['member'], member._id),
      anotherFront: () => frontFor(page, hub.origin),
      device: async (who, context, network = front) => {
        const window = await openWindow(context ?? (await openDevice(browser)), network)
        expect(await window.call('signIn', who.session!.account.login, password)).toMatchObject({ ok: true })
        await window.untilLive()
        return window
      },
    }
  }
  return { openTown, browser: () => browser }
}
