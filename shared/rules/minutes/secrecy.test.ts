import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MeetingLog } from '../meeting/log.ts'
import type { MeetingState } from '../meeting/state.ts'
import { history, type History } from '../meeting/testing/history.arbitrary.ts'
import { isShown, mark, secretsOf } from '../meeting/testing/secrets.suite.ts'
import { closedMinutes, draftMinutes, publicMinutes, textOf, type MinutesItem } from './index.ts'
import { evening, sourceOf } from './testing/evening.suite.ts'

const itemsOf = (state: MeetingState): ReadonlyMap<string, MinutesItem> =>
  new Map(
    state.agenda.map(({ item }, index) => [
      item,
      { number: String(index + 1), name: `Titel ${item.slice(12)}.`, shown: isShown(item, state) },
    ]),
  )

function minutesOf({ meeting, events }: History) {
  const log = new MeetingLog(meeting)
  log.insert(events)
  const items = itemsOf(log.state)
  return draftMinutes(sourceOf(log.events, { state: log.state, items }))
}

const options = [{}, { corrections: true }, { corrections: true, malicious: true, skew: true }] as const

describe('public minutes of random meetings', () => {
  test.each(options)('hold no word of a closed deed %o', (option) => {
    fc.assert(
      fc.property(history({ ...option, steps: 90 }).map(mark), (meeting) => {
        const draft = minutesOf(meeting)
        if (!draft) return
        const told = JSON.stringify(publicMinutes(draft))
        expect(secretsOf(meeting).filter((word) => told.includes(word))).toEqual([])
        expect(told).not.toMatch(/\bi[245]\b/)
      }),
      { numRuns: 400 },
    )
  })

  test('and the closed ones what the public ones leave out', () => {
    fc.assert(
      fc.property(history({ steps: 90 }).map(mark), (meeting) => {
        const draft = minutesOf(meeting)
        if (!draft) return
        const both = [publicMinutes(draft), closedMinutes(draft)].flatMap(({ sections }) => sections)
        expect(new Set(both)).toEqual(new Set(draft.sections))
      }),
    )
  })
})

test('random meetings say many words in public and many behind closed doors', () => {
  const told = fc.sample(history({ steps: 90 }).map(mark), { numRuns: 60, seed: 4 }).map((meeting) => {
    const draft = minutesOf(meeting)
    // Where a circulation runs, nobody meets.
    if (!draft) return [0, 0] as const
    const words = (text: string): number => new Set(text.match(/wort\d+wort/g)).size
    return [words(textOf(publicMinutes(draft))), words(textOf(draft))] as const
  })
  const sum = (side: 0 | 1): number => told.reduce((total, pair) => total + pair[side], 0)
  expect(sum(0)).toBeGreaterThan(200)
  expect(sum(1) - sum(0)).toBeGreaterThan(200)
})

test('the evening’s secrets are in no public text, and an announced resolution is', () => {
  const draft = (announced: readonly string[]) => draftMinutes(sourceOf(evening, { announced: new Set(announced) }))!
  const told = JSON.stringify(publicMinutes(draft([])))
  expect(told).not.toMatch(/[Gg]eheim|480\.000|Gewerbegebiet|Bauamt|Interessen|agenda-item:8/)
  const announced = textOf(publicMinutes(draft(['vote:land'])))
  expect(announced).toContain('Wird das Grundstück für 480.000 € verkauft?')
  expect(announced).not.toMatch(/Makler|Bieter|Geheimer|Bauamt/)
})
