import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareWordings, countChanges, foldUnchanged, type LineDifference } from './difference.ts'

const wording = fc
  .array(fc.array(fc.constantFrom('Der', 'Rat', 'beschließt', '100.000', '€', 'nicht', ''), { maxLength: 6 }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((lines) => lines.map((words) => words.join(' ')).join('\n'))

const side = (lines: readonly LineDifference[], other: 'inserted' | 'deleted'): string =>
  lines
    .filter(({ kind }) => kind !== other)
    .map(({ stretches }) => stretches.flatMap(({ kind, text }) => (kind === other ? [] : text)).join(''))
    .join('\n')

test('law: without what was inserted it is the old wording, without what was deleted the new one', () => {
  fc.assert(
    fc.property(wording, wording, (before, after) => {
      const lines = compareWordings(before, after)
      expect(side(lines, 'inserted')).toBe(before)
      expect(side(lines, 'deleted')).toBe(after)
    }),
  )
})

test('law: the same wording has no difference, and nothing is lost by folding', () => {
  fc.assert(
    fc.property(wording, wording, (before, after) => {
      expect(countChanges(compareWordings(before, before))).toEqual({ insertions: 0, deletions: 0 })
      const lines = compareWordings(before, after)
      const folded = foldUnchanged(lines)
      const count = folded.reduce((sum, line) => sum + (line.kind === 'gap' ? line.lines : 1), 0)
      expect(count).toBe(lines.length)
      expect(folded.filter(({ kind }) => kind !== 'gap' && kind !== 'same')).toEqual(
        lines.filter(({ kind }) => kind !== 'same'),
      )
    }),
  )
})

test('a changed sum is a changed line with the words around it kept', () => {
  expect(compareWordings('Der Rat gibt 100.000 € frei.', 'Der Rat gibt 80.000 € frei.')).toEqual([
    {
      kind: 'changed',
      stretches: [
        { kind: 'same', text: 'Der Rat gibt ' },
        { kind: 'deleted', text: '100.000' },
        { kind: 'inserted', text: '80.000' },
        { kind: 'same', text: ' € frei.' },
      ],
    },
  ])
})

test('a line with nothing in common is taken out and put in as a whole', () => {
  expect(compareWordings('Der Antrag wird vertagt.', 'Mehr Bäume!').map(({ kind }) => kind)).toEqual([
    'deleted',
    'inserted',
  ])
})
