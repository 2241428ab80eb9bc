import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { overwriteGetLocale } from '../../../shared/i18n/index.ts'
import type { KioskExit } from '../../../shared/ipc/contract.ts'
import { expectAccessible } from '../votes/testing/accessible.ts'
import KeypadFrame from './testing/KeypadFrame.svelte'

const code = '731905'
let heard: string[]
let wait: number

/** As the shell answers: the right code lets out, a wrong one may have to wait. */
async function leave(typed: string): Promise<KioskExit> {
  heard.push(typed)
  return typed === code ? { left: true } : { left: false, wait }
}

const field = () => page.getByLabelText('Ausstiegscode', { exact: true })
const key = (name: string) => page.getByRole('button', { name, exact: true })

beforeEach(() => {
  overwriteGetLocale(() => 'de')
  heard = []
  wait = 0
})
afterEach(() => overwriteGetLocale(() => 'de'))

test('by finger: keys of 48 px, a digit taken back, nothing beyond twelve digits', async () => {
  await render(KeypadFrame, { leave })
  await expectAccessible()
  for (const { element } of page
    .getByRole('group', { name: 'Ziffern' })
    .getByRole('button')
    .all()
    .map((one) => ({ element: one.element() }))) {
    const { width, height } = element.getBoundingClientRect()
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(48)
  }
  for (const digit of '7319059') await key(digit).click()
  await key('Letzte Ziffer löschen').click()
  await expect.element(field()).toHaveValue(code)
  await key('Weiter').click()
  await expect.element(page.getByRole('heading', { name: 'left' })).toBeVisible()
  expect(heard).toEqual([code])
})

test('by keyboard alone: a wrong code is said and wiped, the right one lets out', async () => {
  await render(KeypadFrame, { leave })
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('12a34567890123456{Enter}')
  await expect.element(page.getByRole('dialog').getByText('Dieser Code stimmt nicht.')).toBeVisible()
  await expect.element(field()).toHaveValue('')
  await expect.element(field()).toHaveFocus()
  await expectAccessible()
  await userEvent.keyboard(`${code}{Enter}`)
  await expect.element(page.getByRole('heading', { name: 'left' })).toBeVisible()
  expect(heard).toEqual(['123456789012', code])
})

test('while it has to wait nothing is tried, and it says until when; then it goes on', async () => {
  await render(KeypadFrame, { leave })
  wait = 8
  await userEvent.keyboard('111111{Enter}')
  await expect.element(page.getByRole('dialog').getByText(/Zu viele falsche Codes\. .* \d\d:\d\d:\d\d/)).toBeVisible()
  await expect.element(key('Weiter')).toBeDisabled()
  await userEvent.keyboard(`${code}{Enter}`)
  expect(heard).toEqual(['111111'])
  await expect.element(key('Weiter')).toBeEnabled()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: 'left' })).toBeVisible()
})

test('in English, and Escape leaves the kiosk as it is', async () => {
  overwriteGetLocale(() => 'en')
  await render(KeypadFrame, { leave })
  await expect.element(page.getByRole('dialog', { name: 'Leave kiosk mode' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('heading', { name: 'closed' })).toBeVisible()
  expect(heard).toEqual([])
})
