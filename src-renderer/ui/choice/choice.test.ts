import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Checkbox from './Checkbox.svelte'
import Segments from './Segments.svelte'
import Switch from './Switch.svelte'

const options = ['de', 'en', 'fr'].map((value) => ({ value, label: value.toUpperCase() }))

test('segments are radio buttons: one stop for Tab, arrows choose', async () => {
  const onchange = vi.fn()
  const screen = await render(Segments, { label: 'Language', options, value: 'de', onchange })
  await userEvent.tab()
  await expect.element(screen.getByRole('radio', { name: 'DE' })).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(screen.getByRole('radio', { name: 'EN' })).toBeChecked()
  expect(onchange.mock.calls).toEqual([['en']])
})

test('space turns checkbox and switch', async () => {
  const [checked, switched] = [vi.fn(), vi.fn()]
  const box = await render(Checkbox, { label: 'Keep', hint: 'On this device', checked: false, onchange: checked })
  await expect.element(box.getByRole('checkbox', { name: 'Keep' })).toHaveAccessibleDescription('On this device')
  await userEvent.tab()
  await userEvent.keyboard(' ')
  await box.unmount()
  const turned = await render(Switch, { label: 'Large', checked: true, onchange: switched })
  await userEvent.tab()
  await userEvent.keyboard(' ')
  await expect.element(turned.getByRole('switch', { name: 'Large' })).not.toBeChecked()
  expect([checked.mock.calls, switched.mock.calls]).toEqual([[[true]], [[false]]])
})
