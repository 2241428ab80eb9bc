import { expect, test } from 'vitest'
import { Notices } from './notices.svelte.ts'

test('the same text twice is said twice', () => {
  const notices = new Notices()
  notices.say('Saved')
  const first = notices.said
  notices.say('Saved')
  expect([first.trim(), notices.said.trim(), first === notices.said]).toEqual(['Saved', 'Saved', false])
})

test('at most three notices stand; one with an action waits for the person', () => {
  const notices = new Notices()
  for (const text of ['a', 'b', 'c', 'd']) notices.show(text, { action: { label: 'Undo', run: () => {} } })
  expect(notices.shown.map(({ text }) => text)).toEqual(['b', 'c', 'd'])
  notices.dismiss(notices.shown[0]!.id)
  expect(notices.shown.map(({ text }) => text)).toEqual(['c', 'd'])
})
