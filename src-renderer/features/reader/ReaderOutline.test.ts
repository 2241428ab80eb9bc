import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { m } from '../../../shared/i18n/index.ts'
import type { OutlineEntry } from './pdf-session.ts'
import ReaderOutline from './ReaderOutline.svelte'

const entry = (title: string, page: number, children: readonly OutlineEntry[] = []): OutlineEntry => ({
  ...{ title, page, children },
  destination: title,
})
const staff = entry('Staff', 12)
const costs = entry('Costs', 10, [staff, entry('Material', 14)])
const entries = [entry('Preface', 1), entry('Budget', 5, [costs]), entry('Annex', 20, [entry('Tables', 21)])]

test('what lies on the way to the page being read is unfolded, and follows it', async () => {
  const screen = await render(ReaderOutline, { entries, current: costs, onchoose: vi.fn() })
  await expect.element(screen.getByRole('button', { name: 'Material 14' })).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Costs 10' })).toHaveAttribute('aria-current', 'location')
  await expect.element(screen.getByText('Tables')).not.toBeInTheDocument()
  await screen.rerender({ current: entries[2]?.children[0] })
  await expect.element(screen.getByText('Tables')).toBeVisible()
  await expect.element(screen.getByText('Material')).not.toBeInTheDocument()
})

test('a fold that somebody opened or closed by keyboard stays so', async () => {
  const onchoose = vi.fn()
  const screen = await render(ReaderOutline, { entries, current: staff, onchoose })
  const fold = (title: string) => screen.getByRole('button', { name: m.reader_outline_below({ title }), exact: true })
  await userEvent.tab()
  await userEvent.tab()
  await expect.element(fold('Budget')).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByText('Staff')).not.toBeInTheDocument()
  await fold('Annex').click()
  await screen.getByRole('button', { name: 'Tables 21' }).click()
  expect(onchoose.mock.calls).toEqual([[entries[2]?.children[0]]])
  await screen.rerender({ current: entries[2]?.children[0] })
  await expect.element(fold('Budget')).toHaveAttribute('aria-expanded', 'false')
  await expect.element(fold('Annex')).toHaveAttribute('aria-expanded', 'true')
})
