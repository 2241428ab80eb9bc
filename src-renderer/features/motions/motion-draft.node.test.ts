import fc from 'fast-check'
import { expect, test } from 'vitest'
import { motionBody, motionFaults, movedTo, type MotionDraft } from './motion-draft.ts'

const draft: MotionDraft = {
  item: 'agenda-item:1',
  form: 'amendment',
  persons: ['person:1'],
  title: ' Mehr Bäume ',
  text: 'Zehn Bäume',
  changes: 'Fünf Bäume',
}

test('law: moving keeps every motion, and the order of all others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.nat(), fc.nat(), (order, some, other) => {
      const [from, to] = [some % order.length, other % order.length]
      const moved = movedTo(order, from, to)
      expect(moved[to]).toBe(order[from])
      expect(moved.filter((id) => id !== order[from])).toEqual(order.filter((id) => id !== order[from]))
    }),
  )
})

test('names what is missing: an amendment has to change something', () => {
  expect([
    motionFaults(draft),
    motionFaults({ ...draft, title: ' ' }),
    motionFaults({ ...draft, text: ' ' }),
    motionFaults({ ...draft, text: 'Fünf Bäume ' }),
    motionFaults({ ...draft, text: 'x'.repeat(50_001) }),
    motionFaults({ ...draft, form: 'procedure', text: '' }),
  ]).toEqual([[], ['no-title'], ['no-text'], ['no-change'], ['text-too-long'], []])
})

test('goes into the log without spaces around it and without what is empty', () => {
  const base = {
    kind: 'motion-put',
    motion: 'motion:1',
    item: 'agenda-item:1',
    persons: ['person:1'],
    title: 'Mehr Bäume',
  }
  expect(motionBody('motion:1', draft)).toEqual({
    ...base,
    form: 'amendment',
    text: 'Zehn Bäume',
    changes: 'Fünf Bäume',
  })
  expect(motionBody('motion:1', { ...draft, form: 'main', text: ' ', changes: 'left from before' })).toEqual({
    ...base,
    form: 'main',
  })
})
