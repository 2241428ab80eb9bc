import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Palette from './Palette.svelte'

const groups = [
  { title: 'Papers', items: [{ key: 'a', title: 'Bridge', href: '#/a' }] },
  {
    title: 'People',
    items: [
      { key: 'b', title: 'Beatrix', href: '#/b' },
      { key: 'c', title: 'Cosima', href: '#/c' },
    ],
  },
]

test('arrow keys go through all groups and around, enter chooses, the focus stays in the field', async () => {
  const onchoose = vi.fn()
  const screen = await render(Palette, { open: true, label: 'Search', query: '', groups, empty: 'Nothing', onchoose })
  const field = screen.getByRole('combobox', { name: 'Search' })
  await expect.element(field).toHaveFocus()
  await expect.element(screen.getByRole('option', { name: 'Bridge' })).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{ArrowUp}')
  const last = screen.getByRole('option', { name: 'Cosima' })
  await expect.element(last).toHaveAttribute('aria-selected', 'true')
  await expect.element(field).toHaveAttribute('aria-activedescendant', last.element().id)
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  expect(onchoose.mock.calls).toEqual([[groups[1]!.items[0]]])
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
})

test('escape closes; nothing to choose is said', async () => {
  const screen = await render(Palette, {
    open: true,
    label: 'Search',
    query: 'x',
    groups: [],
    empty: 'Nothing',
    onchoose: () => {},
  })
  await expect.element(screen.getByText('Nothing')).toBeVisible()
  await userEvent.keyboard('{Enter}{Escape}')
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
})
