import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import MonthGrid from './MonthGrid.svelte'

const entry = (day: string) => ({ key: day, day, href: `#/${day}`, time: '17:00', title: day, label: `17:00 ${day}` })

test('arrow keys move between days with entries, page keys turn the month', async () => {
  const onturn = vi.fn()
  const entries = ['2026-05-04', '2026-05-06', '2026-05-13'].map(entry)
  const screen = await render(MonthGrid, { month: '2026-05', today: '2026-05-05', entries, onturn })
  const link = (day: string) => screen.getByRole('link', { name: `17:00 ${day}` })
  ;(link('2026-05-04').element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(link('2026-05-06')).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(link('2026-05-13')).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}{ArrowLeft}')
  await expect.element(link('2026-05-04')).toHaveFocus()
  await userEvent.keyboard('{PageDown}{PageUp}')
  expect(onturn.mock.calls).toEqual([[1], [-1]])
  expect(screen.container.querySelector('[aria-current="date"]')?.getAttribute('datetime')).toBe('2026-05-05')
})
