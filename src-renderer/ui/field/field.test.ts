import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Select from './Select.svelte'
import TextField from './TextField.svelte'

test('label, hint and error belong to the control', async () => {
  const screen = await render(TextField, { label: 'Name', hint: 'As written', error: 'Missing', value: '' })
  const field = screen.getByRole('textbox', { name: 'Name' })
  await expect.element(field).toHaveAccessibleDescription('As written Missing')
  await expect.element(field).toBeInvalid()
})

test('a compact select has a name without a visible label', async () => {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ]
  const screen = await render(Select, { label: 'Committee', options, value: 'a', compact: true })
  const select = screen.getByRole('combobox', { name: 'Committee' })
  await select.selectOptions('B')
  await expect.element(select).toHaveValue('b')
})
