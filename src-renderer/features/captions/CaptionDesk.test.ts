import axe from 'axe-core'
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import DeskFrame from './testing/DeskFrame.svelte'
import { DeskWire } from './testing/desk-wire.ts'

let wire: DeskWire
beforeEach(() => {
  wire = new DeskWire()
  document.documentElement.dataset['density'] = 'touch'
})

const me = 'account:me'
const other = 'account:other'
const field = () => page.getByRole('textbox', { name: 'Zeile' })
const state = () => page.getByRole('region', { name: 'Stand der Untertitel' })
const lines = () => page.getByRole('region', { name: 'Zeilen' })
async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body)
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
const someone = (text: string, place: number) =>
  wire.say(other, {
    ...{ act: 'said', caption: `caption:${String(place).padStart(26, '0')}`, text },
    time: { from: place, to: place + 1 },
  })

test('a line is typed, sent, corrected and taken back by keyboard alone', async () => {
  await render(DeskFrame, { wire, me })
  await expect.element(state().getByText('Offen').last()).toBeVisible()
  await expect.element(field()).toHaveFocus()
  const before = Date.now()
  await userEvent.keyboard('Guten Abnd.{Enter}')
  await expect.poll(() => wire.heard).toMatchObject([{ act: 'said', text: 'Guten Abnd.' }])
  const [said] = wire.heard
  expect(said?.act === 'said' && said.time.from >= before && said.time.to <= Date.now() + 1).toBe(true)
  await expect.element(field()).toHaveValue('')
  await userEvent.keyboard('{ArrowUp}')
  await expect.element(page.getByRole('textbox', { name: 'Zeile berichtigen' })).toHaveValue('Guten Abnd.')
  await userEvent.keyboard('{Backspace}{Backspace}{Backspace}end.{Enter}')
  await expect.poll(() => wire.heard.at(-1)).toMatchObject({ act: 'corrected', text: 'Guten Abend.' })
  await expect.element(lines().getByText('berichtigt').last()).toBeVisible()
  await expectAccessible()
  await userEvent.keyboard('{ArrowUp}{Control>}a{/Control}{Backspace}{Enter}')
  await expect.poll(() => wire.heard.at(-1)).toMatchObject({ act: 'taken-back' })
  await expect.element(lines().getByText('zurückgenommen').last()).toBeVisible()
})

test('the offset is set from the field, and moves the time of the line', async () => {
  await render(DeskFrame, { wire, me })
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('{Alt>}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowDown}{/Alt}')
  await expect.element(page.getByRole('status').filter({ hasText: '1,0' }).first()).toBeInTheDocument()
  const before = Date.now()
  await userEvent.keyboard('Wort{Enter}')
  await expect.poll(() => wire.heard).toHaveLength(1)
  const [said] = wire.heard
  if (said?.act !== 'said') throw new Error('nothing was said')
  expect(said.time.from).toBeGreaterThanOrEqual(before - 1000)
  expect(said.time.to).toBeLessThanOrEqual(Date.now() - 999)
})

test('two take turns, and see each other’s lines at once', async () => {
  await render(DeskFrame, { wire, me })
  wire.linkOf(other).follow(() => undefined)
  await expect.element(state().getByText('Sie schreiben').last()).toBeVisible()
  await expect.element(state().getByText('Hier: Ada Amt, Ben Protokoll').last()).toBeVisible()
  await userEvent.keyboard('{F2}')
  await expect.element(state().getByText('Ben Protokoll schreibt').last()).toBeVisible()
  someone('Von drüben.', 1)
  await expect.element(lines().getByText('Von drüben.')).toBeVisible()
  await expect.element(lines().getByText('Ben Protokoll')).toBeVisible()
  await page.getByRole('button', { name: 'Übernehmen (F2)' }).click()
  await expect.element(state().getByText('Sie schreiben').last()).toBeVisible()
})

test('what is typed while the hub is away is sent once it is back, in order; nothing is lost', async () => {
  await render(DeskFrame, { wire, me })
  await expect.element(field()).toHaveFocus()
  wire.cut(true)
  await expect.element(state().getByText('Keine Verbindung').last()).toBeVisible()
  await userEvent.keyboard('Eins{Enter}Zwei{Enter}')
  await expect.element(lines().getByText('noch nicht gesendet')).toBeVisible()
  await expectAccessible()
  wire.cut(false)
  await expect.poll(() => wire.heard.map((one) => 'text' in one && one.text)).toEqual(['Eins', 'Zwei'])
  await expect.element(lines().getByText('zu sehen').last()).toBeVisible()
})

test('what is refused says why, and can be had back', async () => {
  await render(DeskFrame, { wire, me })
  await expect.element(field()).toHaveFocus()
  wire.desk = { ...wire.desk, open: false, because: ['log'] }
  wire.refusal = 'closed'
  wire.tell()
  await expect.element(state().getByText('Geschlossen').last()).toBeVisible()
  await userEvent.keyboard('Zu spät{Enter}')
  await expect.element(lines().getByText('Niemand hat es gelesen.', { exact: false }).last()).toBeVisible()
  await expectAccessible()
  await page.getByRole('button', { name: 'In das Feld holen: Zu spät' }).click()
  await expect.element(field()).toHaveValue('Zu spät')
  await expect.element(lines().getByText('Noch keine Zeile.').last()).toBeVisible()
  await field().fill('x'.repeat(301))
  await expect.element(page.getByText('1 Zeichen zu viel.', { exact: false })).toBeVisible()
})

test('a file is brought in, or what is wrong with it is told by line', async () => {
  await render(DeskFrame, { wire, me })
  await page.getByText('Aus einer Datei (WebVTT)').click()
  const choose = (text: string) =>
    page.getByLabelText('Datei').upload(new File([text], 'sitzung.vtt', { type: 'text/vtt' }))
  await choose('WEBVTT\n\n00:01,000 --> 00:02,000\nx')
  await expect.element(page.getByText('Zeile 3: Hier muss eine Zeitangabe stehen', { exact: false })).toBeVisible()
  await choose('WEBVTT\n\n00:01.000 --> 00:02.000\nx')
  await expect.element(page.getByText('1 Untertitel übernommen.')).toBeVisible()
  await expect.element(page.getByText('Zeilen 9', { exact: false })).toBeVisible()
  await expectAccessible()
})
