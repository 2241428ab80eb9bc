import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { SharedText } from '../../data/yjs/index.ts'
import { openText, received, type TextDevice } from '../../data/yjs/testing/text-device.ts'
import { expectAccessible, expectTouchTargets } from '../votes/testing/accessible.ts'
import { stage } from '../votes/testing/staged.ts'
import SharedTextEditor from './SharedTextEditor.svelte'
import WholeText from './testing/WholeText.svelte'

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})

function open(): { device: TextDevice; text: SharedText } {
  const opened = openText()
  onTestFinished(() => opened.text.close())
  return opened
}

async function show(text: SharedText) {
  const screen = await stage(WholeText, { text, label: 'Niederschrift' })
  // Headings of the text stand below one of the page.
  const heading = Object.assign(document.createElement('h2'), { textContent: 'Niederschrift' })
  document.querySelector('h1')?.after(heading)
  const page = screen.getByRole('textbox', { name: 'Niederschrift' })
  await expect.element(page).toBeVisible()
  return { screen, page, html: () => page.element().innerHTML.replaceAll(/<br[^>]*>/g, '') }
}

const xml = ({ doc }: SharedText): string => doc.getXmlFragment('text').toJSON()

test('everything is done by keyboard, told by name, and fit for a finger', async () => {
  const { text } = open()
  const { screen, page } = await show(text)
  await expect.element(page).toHaveAttribute('aria-multiline', 'true')
  await expectAccessible()
  expectTouchTargets()
  await page.click()
  await userEvent.keyboard('Die Sitzung ')
  await userEvent.keyboard('{Escape}')
  const bold = screen.getByRole('button', { name: 'Fett' })
  await expect.element(bold).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(screen.getByRole('button', { name: 'Überschrift' })).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}{Enter}')
  await expect.element(page).toHaveFocus()
  await expect.element(bold).toHaveAttribute('aria-pressed', 'true')
  await userEvent.keyboard('beginnt.')
  expect(xml(text)).toBe('<paragraph>Die Sitzung <bold>beginnt.</bold></paragraph>')
  await expectAccessible()
})

test('words that are put in go where the cursor is, of several paragraphs each stays one, and nothing in them is markup', async () => {
  const { text } = open()
  const screen = await render(SharedTextEditor, { text, label: 'Niederschrift', root: 'text' })
  const { insert } = screen.component as { insert: (paragraphs: readonly string[]) => boolean | undefined }
  const page = screen.getByRole('textbox', { name: 'Niederschrift' })
  await page.click()
  await userEvent.keyboard('Vorher ')
  insert(['<b>eins</b>'])
  await userEvent.keyboard(' nachher')
  expect(page.element().innerHTML).toBe('<p>Vorher &lt;b&gt;eins&lt;/b&gt; nachher</p>')
  await userEvent.keyboard('{Enter}')
  insert(['Zwei.', 'Drei.'])
  await userEvent.keyboard(' Vier.')
  const paragraphs = [...(text.doc.getXmlFragment('text').toArray() as { toJSON: () => string }[])]
  expect(paragraphs.map((paragraph) => paragraph.toJSON()).slice(1)).toEqual([
    '<paragraph>Zwei.</paragraph>',
    '<paragraph>Drei. Vier.</paragraph>',
  ])
})

test('headings, lists and tables', async () => {
  const { text } = open()
  const { screen, page, html } = await show(text)
  const press = (name: string) => screen.getByRole('button', { name }).click()
  await page.click()
  await press('Überschrift')
  await userEvent.keyboard('Beratung{Enter}')
  await press('Aufzählung')
  await userEvent.keyboard('eins{Enter}zwei{Enter}{Enter}')
  await press('Nummerierte Liste')
  await userEvent.keyboard('erstens{Enter}{Enter}')
  await press('Tabelle einfügen')
  await userEvent.keyboard('Ja{Tab}Nein')
  expect(html()).toContain('<h3>Beratung</h3><ul><li><p>eins</p></li><li><p>zwei</p></li></ul><ol><li><p>erstens</p>')
  await expect.element(screen.getByRole('columnheader', { name: 'Nein' })).toBeVisible()
  await press('Spalte rechts einfügen')
  await press('Zeile löschen')
  expect(page.element().querySelectorAll('tr').length).toBe(2)
  await expectAccessible()
  expectTouchTargets()
  await press('Tabelle löschen')
  expect(html()).not.toContain('<table')
})

test('the wording of a resolution keeps its lines', async () => {
  const { text } = open()
  const { screen, page } = await show(text)
  await page.click()
  await screen.getByRole('button', { name: 'Wortlaut eines Beschlusses' }).click()
  await userEvent.keyboard('Der Rat beschließt:')
  expect(xml(text)).toBe('<resolution>Der Rat beschließt:</resolution>')
  await expectAccessible()
})

test('two write in one text, and undo takes back one’s own alone', async () => {
  const [one, two] = [open(), open()]
  one.device.onStored = (updates) => two.device.tell(updates)
  two.device.onStored = (updates) => one.device.tell(updates)
  const first = await show(one.text)
  await first.page.click()
  await userEvent.keyboard('Meins. ')
  await one.text.flush()
  const paragraph = two.text.doc.getXmlFragment('text').get(0)
  expect(xml(two.text)).toBe('<paragraph>Meins. </paragraph>')
  two.text.doc.transact(() => {
    const words = (paragraph as unknown as { get(place: number): { insert(at: number, text: string): void } }).get(0)
    words.insert(0, 'Ihres. ')
  })
  await two.text.flush()
  await expect.element(first.page).toHaveTextContent('Ihres. Meins.')
  // What is typed slowly has several steps.
  const pressUntil = (name: string | RegExp, wanted: string): Promise<void> =>
    expect
      .poll(async () => {
        if (xml(one.text) !== wanted) await first.screen.getByRole('button', { name }).click()
        return xml(one.text)
      })
      .toBe(wanted)
  await pressUntil(/^Rückgängig/, '<paragraph>Ihres. </paragraph>')
  await pressUntil('Wiederherstellen', '<paragraph>Ihres. Meins. </paragraph>')
  await one.text.flush()
  expect(xml(two.text)).toBe(xml(one.text))
})

test('what is pasted is text of the kinds there are, never markup that runs or loads', async () => {
  const { text } = open()
  const { page } = await show(text)
  await page.click()
  const clipboardData = new DataTransfer()
  const hostile =
    '<p onclick="x()">Wort <b>fett</b><img src="https://evil.invalid/x.png"><script>x()</script></p><style>p{}</style>'
  clipboardData.setData('text/html', `${hostile}<a href="javascript:x()">Verweis</a><iframe src="/"></iframe>`)
  page.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  await expect.element(page).toHaveTextContent('Wort fettVerweis')
  const kinds = new Set([...page.element().querySelectorAll('*')].map(({ localName }) => localName))
  expect([...kinds].sort()).toEqual(['p', 'strong'])
  expect(page.element().innerHTML).not.toMatch(/onclick|javascript|evil/)
})

test('says what is safe where, and why something is not', async () => {
  const { device, text } = open()
  const { screen, page } = await show(text)
  await page.click()
  await userEvent.keyboard('Wort')
  await expect.element(screen.getByText('Wird gleich auf diesem Gerät gesichert.')).toBeVisible()
  await text.flush()
  const own = received([...device.known][0]!)
  device.tell([{ ...own, pending: true }])
  await expect.element(screen.getByText(/^Auf diesem Gerät gesichert\. Wird gesendet/)).toBeVisible()
  device.tell([own])
  await expect.element(screen.getByText('Gesichert und beim Server.')).toBeVisible()
  device.tell([{ ...own, refusal: { reason: 'role' } }])
  const alert = screen.getByRole('alert')
  await expect.element(alert.getByText(/nimmt Ihre Änderungen nicht an/)).toBeVisible()
  device.tell([own])
  device.instead = () => Promise.reject(new Error('No space'))
  await userEvent.keyboard(' mehr')
  await text.flush()
  await expect.element(alert.getByText(/konnten auf diesem Gerät nicht gesichert werden/)).toBeVisible()
  device.instead = undefined
  device.tell([], { state: 'absent' })
  await expect.element(screen.getByText('Dieser Text ist für Sie nicht zugänglich.')).toBeVisible()
  await expectAccessible()
})
