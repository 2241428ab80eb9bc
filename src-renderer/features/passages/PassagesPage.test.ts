import type { Component } from 'svelte'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { AnyRecord, Passage } from '../../../shared/council/records/index.ts'
import type { Role } from '../../../shared/rules/access.ts'
import { expectAccessible, expectTouchTargets } from '../votes/testing/accessible.ts'
import PassagesPage from './PassagesPage.svelte'
import { Office } from './testing/office.svelte.ts'
import OfficeFrame from './testing/OfficeFrame.svelte'

const stamps = { schema: 1, created: '2026-11-01T08:00:00Z', modified: '2026-11-01T08:00:00Z' } as const
const organization = (key: string, name: string, organizationType: string) =>
  ({
    ...{ ...stamps, _id: `organization:${key}`, type: 'organization', body: 'body:town', name, organizationType },
  }) as unknown as AnyRecord
const bodies = [
  organization('council', 'Stadtrat', 'council'),
  organization('planning', 'Bauausschuss', 'committee'),
  organization('reds', 'Fraktion', 'faction'),
]
const passage = (key: string, order: string, fields: Partial<Passage> = {}): Passage => ({
  ...{ ...stamps, _id: `passage:${key}`, type: 'passage', name: key, text: `Worte zu ${key}.`, order, ...fields },
})
const three = [passage('Eins', 'a0'), passage('Zwei', 'a1'), passage('Drei', 'a2')]

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
  onTestFinished(() => history.replaceState(null, '', '#/'))
})

async function open(records: readonly AnyRecord[] = [], role: Role = 'clerk', at = '#/desk/passages') {
  await page.viewport(1366, 900)
  history.replaceState(null, '', at)
  const office = new Office([...bodies, ...records], role)
  const screen = await render(OfficeFrame as unknown as Component<Record<string, unknown>>, {
    ...{ office, shown: PassagesPage, with: {} },
  })
  const names = (list: string) =>
    screen
      .getByRole('list', { name: list })
      .getByRole('listitem')
      .elements()
      .map((item) => item.getAttribute('aria-label'))
  const press = (name: string) => screen.getByRole('button', { name, exact: true }).click()
  return { office, screen, names, press, dialog: screen.getByRole('dialog') }
}
const town = 'Alle Gremien der Stadt'
const law = 'Vorschläge nach dem Recht'

test('a town that has none sees what the law suggests, and how to begin', async () => {
  const { screen, names } = await open()
  await expect.element(screen.getByText('Noch keine eigenen Textbausteine')).toBeVisible()
  expect(names(law)).toHaveLength(5)
  await expectAccessible()
  expectTouchTargets()
})

test('a passage is made: placeholders by their buttons, a preview of what recorders will get, and kept by their keys', async () => {
  const { office, screen, press, dialog } = await open()
  await press('Neuer Textbaustein')
  await dialog.getByRole('textbox', { name: 'Bezeichnung' }).fill('Begrüßung')
  await dialog.getByRole('textbox', { name: 'Text', exact: true }).click()
  await userEvent.keyboard('Um ')
  await dialog.getByRole('button', { name: 'Uhrzeit' }).click()
  await userEvent.keyboard(' Uhr eröffnet ')
  await dialog.getByRole('button', { name: 'Sitzungsleitung' }).click()
  await userEvent.keyboard('.')
  const preview = dialog.getByRole('region', { name: 'Vorschau' })
  await expect.element(preview).toMatchTextContent(/Um 17:00 Uhr eröffnet Frau Ida Beispiel\./)
  await dialog.getByRole('combobox', { name: 'Textbausteine für' }).selectOptions('Stadtrat')
  await dialog.getByRole('combobox', { name: 'Gehört zu' }).selectOptions('Eröffnung')
  await dialog.getByRole('checkbox', { name: /^In der Vorlage/ }).click()
  await expectAccessible()
  await dialog.getByRole('button', { name: 'Speichern' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  const [made] = office.all('passage')
  expect(made).toMatchObject({
    ...{ name: 'Begrüßung', text: 'Um {time} Uhr eröffnet {chair}.', organization: 'organization:council' },
    ...{ place: 'opening', template: true },
  })
  await screen.getByRole('combobox', { name: 'Textbausteine für' }).selectOptions('Stadtrat')
  const row = screen.getByRole('listitem', { name: 'Begrüßung' })
  await expect.element(row).toMatchTextContent(/Um \{Uhrzeit\} Uhr eröffnet \{Sitzungsleitung\}\./)
  await expect.element(row).toMatchTextContent(/In der Vorlage/)
})

test('a placeholder that does not exist is refused at once, in a sentence that says where and how to mend it', async () => {
  const { office, press, dialog } = await open()
  await press('Neuer Textbaustein')
  const text = dialog.getByRole('textbox', { name: 'Text', exact: true })
  await dialog.getByRole('textbox', { name: 'Bezeichnung' }).fill('Begrüßung')
  await text.fill('Um {Stunde} beginnt es.')
  const words = /„\{Stunde\}“ an Stelle 4 ist kein Platzhalter\. Schreiben Sie einen von diesen: \{Sitzungsleitung\}/
  await expect.element(dialog.getByText(words)).toBeVisible()
  await expect.element(dialog.getByText(/^Die Vorschau erscheint/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Speichern' }).click()
  await expect.element(text).toHaveFocus()
  await expectAccessible()
  expect(office.all('passage')).toEqual([])
  await text.fill('Um {Uhrzeit beginnt es.')
  await expect.element(dialog.getByText(/Die Klammer „\{“ an Stelle 4 steht allein/)).toBeVisible()
  // Placeholders are known in every language, and by their key.
  await text.fill('Um {time} und {Time} und {uhrzeit}.')
  await dialog.getByRole('button', { name: 'Speichern' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  expect(office.all('passage').map((made) => made.text)).toEqual(['Um {time} und {time} und {time}.'])
})

test('passages change places by the arrow keys, and by the menu; the grip keeps the focus', async () => {
  const { names, screen, press } = await open(three)
  expect(names(town)).toEqual(['Eins', 'Zwei', 'Drei'])
  const grip = screen.getByRole('button', { name: /^„Drei“ verschieben/ })
  ;(grip.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowUp}')
  await expect.poll(() => names(town)).toEqual(['Eins', 'Drei', 'Zwei'])
  await expect.element(grip).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}')
  await expect.poll(() => names(town)).toEqual(['Drei', 'Eins', 'Zwei'])
  await press('Mehr zu „Drei“')
  await screen.getByRole('menuitem', { name: 'Nach unten' }).click()
  await expect.poll(() => names(town)).toEqual(['Eins', 'Drei', 'Zwei'])
})

test('a body takes over what the town has and words it its own way, which stands in its place', async () => {
  const { names, screen, press, dialog } = await open(three, 'clerk', '#/desk/passages?body=organization:planning')
  expect(names('Ganze Stadt')).toEqual(['Eins', 'Zwei', 'Drei'])
  await press('„Zwei“ übernehmen und anpassen')
  await dialog.getByRole('textbox', { name: 'Text', exact: true }).fill('Eigene Worte.')
  await dialog.getByRole('button', { name: 'Speichern' }).click()
  await expect.poll(() => names('Bauausschuss')).toEqual(['Zwei'])
  const replaced = screen.getByRole('list', { name: 'Ganze Stadt' }).getByRole('listitem', { name: 'Zwei' })
  await expect.element(replaced).toMatchTextContent(/Ersetzt/)
  await press('Mehr zu „Zwei“')
  await screen.getByRole('menuitem', { name: 'Entfernen' }).click()
  await expect.element(replaced).not.toMatchTextContent(/Ersetzt/)
  await press('Rückgängig')
  await expect.poll(() => names('Bauausschuss')).toEqual(['Zwei'])
  await expectAccessible()
})

test('what the law suggests is taken over with its placeholders and its source', async () => {
  const { office, press, dialog } = await open()
  await press('„Bericht der Verwaltung“ übernehmen und anpassen')
  await expect
    .element(dialog.getByRole('textbox', { name: 'Text', exact: true }))
    .toHaveValue(
      'Die Verwaltung berichtet um {Uhrzeit} Uhr zu „{Tagesordnungspunkt}“. Der Rat nimmt den Bericht zur Kenntnis.',
    )
  await dialog.getByRole('button', { name: 'Speichern' }).click()
  await expect
    .poll(() => office.all('passage').map(({ source, place }) => [source, place]))
    .toEqual([['§ 33 GemO', 'item']])
})

test('without network passages are kept on the device, which says so', async () => {
  const { office, screen, press, dialog } = await open(three)
  office.phase = 'offline'
  await expect.element(screen.getByText(/^Ohne Verbindung zum Server/)).toBeVisible()
  await press('„Eins“ bearbeiten')
  await dialog.getByRole('textbox', { name: 'Bezeichnung' }).fill('Uno')
  await dialog.getByRole('button', { name: 'Speichern' }).click()
  await expect.element(screen.getByRole('listitem', { name: 'Uno' })).toMatchTextContent(/Noch nicht übertragen/)
  await expectAccessible()
})

test('staff read them, and can change nothing', async () => {
  const { names, screen } = await open(three, 'staff')
  await expect.element(screen.getByText('Dies kann nur der Sitzungsdienst ändern.')).toBeVisible()
  expect(names(town)).toEqual(['Eins', 'Zwei', 'Drei'])
  expect(screen.getByRole('main').getByRole('button').elements()).toEqual([])
  await expectAccessible()
})

test('while they come, and when they cannot be read, the page says so and offers nothing that fails', async () => {
  const { office, screen } = await open(three)
  office.standing = 'failed'
  await expect.element(screen.getByText('Die Textbausteine sind auf diesem Gerät nicht lesbar')).toBeVisible()
  await expectAccessible()
  office.standing = 'loading'
  await expect.element(screen.getByText('Noch keine eigenen Textbausteine')).not.toBeInTheDocument()
  await expectAccessible()
})
