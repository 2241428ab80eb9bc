import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { success } from '../../../shared/result.ts'
import { motionFaults, movedTo, putMotion, type MotionDraft } from './motion-commands.ts'

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

test('hands in trimmed words, without empty ones, and says when it waits for the hub', async () => {
  const written: EventBody[] = []
  const run = async (body: EventBody) => {
    written.push(body)
    return success({ offline: true } as MeetingEvent)
  }
  const outcome = await putMotion({ run }, draft)
  expect(outcome).toMatchObject({ ok: true, value: { offline: true } })
  await putMotion({ run }, { ...draft, form: 'main', text: '', changes: 'left from before' })
  expect(written.map(({ kind, ...rest }) => ({ kind, ...rest, motion: undefined }))).toEqual([
    {
      kind: 'motion-put',
      item: 'agenda-item:1',
      form: 'amendment',
      persons: ['person:1'],
      title: 'Mehr Bäume',
      text: 'Zehn Bäume',
      changes: 'Fünf Bäume',
    },
    { kind: 'motion-put', item: 'agenda-item:1', form: 'main', persons: ['person:1'], title: 'Mehr Bäume' },
  ])
})
