import type { Browser, Page } from 'playwright-core'
import { administrator } from '../../e2e/fixtures/meeting/small-council.ts'
import { signIn } from '../../e2e/fixtures/set-up-town.ts'
import { m } from '../../shared/i18n/index.ts'
import { meeting, type CalledCouncil } from './transmission.ts'

/** Milliseconds in which the desk measures what its machine can do, on one that is busy. */
const measuring = 120_000

/** Transmits a meeting from the app's own broadcast desk, with the computer's camera and microphone; on air when it settles. */
export async function transmitFromDesk(browser: Browser, called: CalledCouncil, camera?: () => void): Promise<Page> {
  const desk = await browser.newPage({ locale: 'de-DE' })
  desk.setDefaultTimeout(measuring)
  if (camera) await desk.addInitScript(camera)
  await desk.goto(`${called.council.hub.address}/app/#/meetings/${meeting}/broadcast`)
  await signIn(desk, administrator.login, administrator.password)
  await desk
    .getByRole('button', { name: /fake_device|y4m/ })
    .first()
    .click()
  const sound = desk.getByRole('region', { name: m.broadcast_sound(), exact: true })
  await sound.getByRole('button', { name: /Fake Default/ }).click()
  await desk.getByRole('button', { name: m.broadcast_start(), exact: true }).click()
  const air = desk.getByRole('region', { name: m.broadcast_air() })
  await air.getByText(m.broadcast_off_waiting()).waitFor()
  await called.open()
  await air.getByText(m.broadcast_air_on()).first().waitFor()
  return desk
}
