import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MeetingEvent } from '../../../council/meeting-event.ts'
import { MeetingLog } from '../log.ts'
import { progressOf } from '../progress.ts'
import { projectionOf } from '../projection.ts'
import type { MeetingState } from '../state.ts'
import { history, meetingId } from '../testing/history.arbitrary.ts'
import { isShown, mark, secretsOf } from '../testing/secrets.suite.ts'

type Look = (state: MeetingState) => unknown

/** What everybody sees on the public page. */
const page: Look = (state) => {
  const course = progressOf(state, (item) => isShown(item, state))
  // What is chosen for a screen is shown because it was chosen, and who speaks when the doors open is heard by all.
  return course && { ...course, screens: [], speaker: undefined }
}

/** What the room sees, where nothing else was chosen; of items it knows what the log says of them. */
const screen: Look = (state) => {
  const seen = projectionOf(state, 'hall', true)
  return seen.show === 'meeting' ? { ...seen, speech: undefined } : undefined
}
const isOpenItem = (item: string, { agenda }: MeetingState): boolean =>
  agenda.some((entry) => entry.item === item && entry.public)

/** Every word that is seen at any moment, as the events come in. */
function seenDuring(events: readonly MeetingEvent[], look: Look): Set<string> {
  const log = new MeetingLog(meetingId)
  const seen = new Set<string>()
  for (const event of events) {
    log.insert([event])
    for (const [word] of (JSON.stringify(look(log.state)) ?? '').matchAll(/wort\d+wort/g)) seen.add(word)
  }
  return seen
}

const looks = { page: [page, isShown], screen: [screen, isOpenItem] } as const
const options = [{}, { corrections: true }, { corrections: true, malicious: true, skew: true }] as const

describe.each(['page', 'screen'] as const)('the %s of random meetings', (name) => {
  const [look, mayShow] = looks[name]

  test.each(options)('shows no word of a closed deed %o', (option) => {
    fc.assert(
      fc.property(history({ ...option, steps: 90 }).map(mark), (meeting) => {
        const seen = seenDuring(meeting.events, look)
        expect(secretsOf(meeting, mayShow).filter((word) => seen.has(word))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('shows many words', () => {
    const sample = fc.sample(history({ steps: 90 }).map(mark), { numRuns: 200, seed: 4 })
    const seen = sample.map(({ events }) => seenDuring(events, look).size)
    expect(seen.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20)
  })
})
