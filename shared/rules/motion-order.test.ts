import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeedOf } from '../council/meeting-event.ts'
import { chair, clerk, constitutionOf, history, items, Writers } from './meeting/testing/history.arbitrary.ts'
import { reduceMeeting } from './meeting/log.ts'
import { motionOrder, reachOf } from './motion-order.ts'

const item = items[0]!
const wording = 'Die Stadt baut einen Radweg.\nEr wird 2 m breit.\nEr kostet 20.000 €.\nBaubeginn ist im Mai.'

function withMotions(motions: readonly Partial<DeedOf<'motion-put'>>[]): Writers {
  const writers = new Writers()
  writers.do(clerk, { kind: 'meeting-prepared', constitution: constitutionOf() })
  for (const [index, more] of motions.entries())
    writers.do(chair, {
      ...{ kind: 'motion-put', motion: `motion:${index}`, item, form: 'amendment', persons: [], title: 'Antrag' },
      ...{ changes: wording, text: wording },
      ...more,
    })
  return writers
}
const order = ({ log }: Writers): string[] => motionOrder(log.state, item).map(({ motion }) => motion.slice(-1))

test('how to go on comes before amendments, amendments before what they amend', () => {
  expect(order(withMotions([{ form: 'main' }, { form: 'amendment' }, { form: 'procedure' }]))).toEqual(['2', '1', '0'])
})

test('of amendments the one that changes more of the lines comes first', () => {
  const little = wording.replace('2 m', '3 m')
  const much = 'Die Stadt baut keinen Radweg.'
  expect(order(withMotions([{ text: wording }, { text: little }, { text: much }]))).toEqual(['2', '1', '0'])
  expect(reachOf({ changes: wording, text: little })).toEqual({ changed: 0.25, cost: 0 })
  expect(reachOf({ changes: wording, text: wording })).toEqual({ changed: 0, cost: 0 })
})

test('of amendments that change as much the one about more money comes first, then the earlier', () => {
  const costs = (sum: string) => ({ text: wording.replace('20.000 €', sum) })
  expect(
    order(withMotions([costs('30.000 €'), costs('1.250.000,50 Euro'), costs('EUR 90000'), costs('90.000 €')])),
  ).toEqual(['1', '2', '3', '0'])
  expect(reachOf({ changes: wording, text: wording.replace('20.000 €', '1.250.000,50 Euro') }).cost).toBe(1_250_000.5)
})

test('an amendment without a wording to compare goes as far as one can', () => {
  expect(order(withMotions([{ text: wording }, {}].map((more) => ({ ...more }))))).toEqual(['0', '1'])
  expect(reachOf({ text: 'Anders.' }).changed).toBe(1)
})

test('the chair’s order goes before everything else', () => {
  const writers = withMotions([{ form: 'main' }, { form: 'amendment' }, { form: 'procedure' }])
  writers.do(chair, { kind: 'motions-ordered', item, order: ['motion:0'] })
  expect(motionOrder(writers.log.state, item).map(({ motion, because }) => [motion, because])).toEqual([
    ['motion:0', 'chair'],
    ['motion:2', 'procedure'],
    ['motion:1', 'reach'],
  ])
})

test('names every open motion of an item once, and nothing else', () => {
  fc.assert(
    fc.property(history({ malicious: true }), ({ meeting, events }) => {
      const state = reduceMeeting(meeting, events)
      for (const { item: about } of state.agenda) {
        const open = [...state.motions.values()].filter((motion) => motion.item === about && motion.status === 'open')
        const named = motionOrder(state, about).map(({ motion }) => motion)
        expect([...named].sort()).toEqual(open.map(({ motion }) => motion).sort())
      }
    }),
  )
})

test('a share is between none and all, whatever the texts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'b ', '', ' c', 'd'), { minLength: 1 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (changes, after) => {
      const { changed } = reachOf({ changes, text: after })
      expect(changed >= 0 && changed <= 1).toBe(true)
      expect(changed).toBe(reachOf({ changes: after, text: changes }).changed)
    }),
  )
})
