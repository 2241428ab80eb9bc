import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choiceOfKey, nextInRoll, rollOrder } from './roll.ts'

const names: Record<string, string> = { a: 'Dr. Eva Öhler', b: 'Jan Zorn', c: 'Ute Abel', d: 'Max Oehl', e: 'Al Abel' }
const key = (name: string, modifier = {}) => ({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...modifier })

test('names are called by their last word, umlauts beside their letters', () => {
  expect(rollOrder(['a', 'b', 'c', 'd', 'e'], (id) => names[id] ?? '')).toEqual(['e', 'c', 'd', 'a', 'b'])
})

test('one keystroke is one choice, in German and English; nothing else is', () => {
  const typed = ['j', 'J', 'y', 'n', 'e', 'A', 'x', 'Enter'].map((name) => choiceOfKey(key(name), true))
  expect(typed).toEqual(['yes', 'yes', 'yes', 'no', 'abstain', 'abstain', undefined, undefined])
  expect(choiceOfKey(key('e'), false)).toBeUndefined()
  expect(choiceOfKey(key('n', { ctrlKey: true }), true)).toBeUndefined()
})

test('law: whoever calls the next name again and again calls every name once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.nat(), (order, start) => {
      const called = new Map<string, 'yes'>()
      let next = nextInRoll(order, called, order[start % Math.max(1, order.length)])
      while (next !== undefined) {
        expect(called.has(next)).toBe(false)
        called.set(next, 'yes')
        next = nextInRoll(order, called, next)
      }
      expect(called.size).toBe(order.length)
    }),
  )
})
