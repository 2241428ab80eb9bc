import { expect, test } from 'vitest'
import { namedPage } from './named-page.ts'

test.for<[string, number | undefined]>([
  ['Haushalt 2027, Einzelplan 4 (Seite 112)', 112],
  ['Haushalt 2027, Seiten 112 bis 120', 112],
  ['Budget, page 7', 7],
  ['Einzelplan 4 (S. 12)', 12],
  ['Antrag nach § 34 Abs. 7 S. 2 GemO', undefined],
  ['Seite 0', undefined],
  ['Vorderseite 3 der Schule', undefined],
  ['Sanierung der Brücke', undefined],
])('%s', ([text, page]) => {
  expect(namedPage([undefined, text])).toBe(page)
})

test('the first text that names a page counts', () => {
  expect(namedPage(['Brücke', 'Seite 3', 'Seite 9'])).toBe(3)
})
