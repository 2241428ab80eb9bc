import { createRawSnippet } from 'svelte'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Menu from './Menu.svelte'

const trigger = createRawSnippet((attributes: () => Record<string, unknown>) => ({
  render: () => '<button>Account</button>',
  setup: (node) => {
    for (const [name, value] of Object.entries(attributes()))
      if (name.startsWith('on') && typeof value === 'function')
        node.addEventListener(name.slice(2), value as EventListener)
      else if (typeof value === 'string') node.setAttribute(name, value)
    for (const key of Object.getOwnPropertySymbols(attributes()))
      (attributes() as Record<symbol, (node: Element) => void>)[key]?.(node)
  },
}))

test('opens by key, arrows move, enter chooses, escape gives the focus back', async () => {
  const onselect = vi.fn()
  const screen = await render(Menu, {
    trigger,
    entries: [
      { label: 'Settings', onselect: () => {} },
      { label: 'Sign out', onselect },
    ],
  })
  const button = screen.getByRole('button', { name: 'Account' })
  ;(button.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('menuitem', { name: 'Settings' })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.poll(() => onselect.mock.calls.length).toBe(1)
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('menu')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument()
  await expect.element(button).toHaveFocus()
  // A menu locks the page below it only as long as it is open.
  await expect.poll(() => getComputedStyle(document.body).pointerEvents).toBe('auto')
})

test('entries of one group stand under its heading, and those of the same label are told apart by their key', async () => {
  const onselect = vi.fn()
  const screen = await render(Menu, {
    trigger,
    entries: [
      { label: 'Report', key: 'a', group: 'Town', onselect: () => void onselect('a') },
      { label: 'Report', key: 'b', group: 'Town', onselect: () => void onselect('b') },
      { label: 'Note', group: 'Law' },
      { label: 'Edit', separated: true },
    ],
  })
  ;(screen.getByRole('button', { name: 'Account' }).element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('menuitem').first()).toHaveFocus()
  const groups = screen.getByRole('group').elements()
  expect(groups.map((group) => [document.getElementById(group.getAttribute('aria-labelledby')!)?.textContent])).toEqual(
    [['Town'], ['Law']],
  )
  expect(groups.map((group) => group.querySelectorAll('[role=menuitem]').length)).toEqual([2, 1])
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.poll(() => onselect.mock.calls).toEqual([['b']])
})

test('a closed menu leaves the page as it was: it can be clicked and scrolled again', async () => {
  const screen = await render(Menu, { trigger, entries: [{ label: 'Settings', onselect: () => {} }] })
  const button = screen.getByRole('button', { name: 'Account' })
  for (const close of ['{Escape}', '{Enter}']) {
    ;(button.element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('menuitem', { name: 'Settings' })).toHaveFocus()
    await userEvent.keyboard(close)
    await expect.poll(() => document.body.style.pointerEvents).toBe('')
    await expect.poll(() => document.body.style.overflow).toBe('')
  }
})
