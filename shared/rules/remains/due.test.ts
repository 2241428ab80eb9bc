import { expect, test } from 'vitest'
import { dueState } from './due.ts'

test('a deadline is near for its last week, over months and years, and overdue only after its last day', () => {
  const states = ['2026-12-27', '2026-12-28', '2027-01-04', '2027-01-05'].map((today) => dueState('2027-01-04', today))
  expect(states).toEqual(['later', 'soon', 'soon', 'overdue'])
})

test('the hour that is lost when the clocks go forward moves no deadline', () => {
  expect([dueState('2026-04-02', '2026-03-26'), dueState('2026-04-02', '2026-03-25')]).toEqual(['soon', 'later'])
})
