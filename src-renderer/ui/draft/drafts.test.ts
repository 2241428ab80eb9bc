import { afterEach, beforeEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { Drafts } from './drafts.ts'

let drafts: Drafts
let form: HTMLFormElement
let field: HTMLInputElement
let unwatch: () => void

beforeEach(() => {
  drafts = new Drafts()
  form = document.createElement('form')
  form.innerHTML = '<label>Name<input /></label>'
  field = form.querySelector('input')!
  document.body.append(form)
  unwatch = drafts.watch(form)
})
afterEach(() => form.remove())

test('what was typed is a draft until it is taken back or saved', async () => {
  expect(drafts.areOpen).toBe(false)
  await userEvent.type(field, 'Ada')
  expect(drafts.areOpen).toBe(true)
  await userEvent.clear(field)
  expect(drafts.areOpen).toBe(false)
  await userEvent.type(field, 'Ada')
  drafts.settle(form)
  expect(drafts.areOpen).toBe(false)
})

test('what could not be saved is a draft again', async () => {
  await userEvent.type(field, 'Ada')
  const unsettle = drafts.settle(form)
  expect(drafts.isOpen(form)).toBe(false)
  unsettle()
  expect(drafts.isOpen(form)).toBe(true)
})

test('what a form filled in by itself is no draft, nor is anything of a form that is gone', async () => {
  field.value = 'from the hub'
  expect(drafts.areOpen).toBe(false)
  await userEvent.type(field, '!')
  expect(drafts.areOpen).toBe(true)
  await userEvent.type(field, '{Backspace}')
  expect(drafts.areOpen).toBe(false)
  await userEvent.type(field, '!')
  unwatch()
  expect(drafts.areOpen).toBe(false)
})
