import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Deed, EventBody, MeetingEvent } from '../../council/meeting-event.ts'
import { MeetingLog } from '../meeting/log.ts'
import type { MeetingState } from '../meeting/state.ts'
import { history, meetingId, type History } from '../meeting/testing/history.arbitrary.ts'
import { closedMinutes, draftMinutes, publicMinutes, textOf, type MinutesItem } from './index.ts'
import { evening, sourceOf } from './testing/evening.suite.ts'

/** Items that everybody may read; of the fourth the log says public, the record does not. */
const isShown = (item: string, state: MeetingState): boolean =>
  item !== 'agenda-item:i2' && state.agenda.some((entry) => entry.item === item && entry.public)

const wordOf = (place: number): string => `wort${place}wort`
const texts: ReadonlySet<string> = new Set(['reason', 'text', 'title', 'question', 'office', 'what', 'about'])

/** The same event with a word of its own wherever it has words. */
function marked(event: MeetingEvent, place: number): MeetingEvent {
  const word = wordOf(place)
  const mark = (deed: Deed): Deed => {
    const entries = Object.entries(deed).map(([key, value]) => [key, texts.has(key) ? word : (value as unknown)])
    const said = Object.fromEntries(entries) as Deed
    if (said.kind === 'speech-requested' && 'guest' in said.speaker) return { ...said, speaker: { guest: word } }
    if (said.kind === 'candidate-nominated') return { ...said, candidate: { ...said.candidate, name: word } }
    if (reasoned.has(said.kind)) return { ...said, reason: word } as Deed
    return said
  }
  const { body } = event
  const marks: EventBody =
    body.kind === 'corrected' ? { ...body, ...(body.instead ? { instead: mark(body.instead) } : {}) } : mark(body)
  return { ...event, body: marks }
}
const reasoned: ReadonlySet<string> = new Set([
  ...['meeting-paused', 'presidency-handed', 'item-deferred', 'item-withdrawn', 'part-closed', 'conflict-declared'],
  ...['conflict-lifted', 'called-to-order', 'person-excluded', 'vote-cancelled', 'election-cancelled'],
])

/** The item that a deed is about, as far as the log knew it then. */
function itemOf(deed: Deed, state: MeetingState): string | null | undefined {
  if (deed.kind === 'motion-withdrawn') return state.motions.get(deed.motion)?.item
  if (deed.kind === 'candidate-nominated' || deed.kind === 'election-cancelled')
    return state.elections.get(deed.election)?.item
  return 'item' in deed ? deed.item : undefined
}

/**
 * Words that were said or written while the public was out, by what the log said at that moment, or about an item that
 * not everybody may read. Written down once more, and independently of the minutes: event by event.
 */
function secretsOf({ events }: History): string[] {
  const ordered = events.toSorted((a, b) => (a._id < b._id ? -1 : 1))
  const log = new MeetingLog(meetingId)
  const closed = new Set<string>()
  const secrets: string[] = []
  for (const [place, event] of ordered.entries()) {
    const { state } = log
    const { body } = event
    if (body.kind === 'corrected') {
      const isSecret = closed.has(body.replaces)
      if (isSecret) closed.add(event._id)
      if (isSecret || (body.instead && isOfHidden(body.instead, itemOf(body.instead, state), state)))
        secrets.push(wordOf(place))
    } else {
      const isBehindDoors = !state.public && state.opened !== undefined
      if (isBehindDoors || isOfHidden(body, itemOf(body, state) ?? state.current, state)) {
        // That an item was opened has no words: what else it was, while the public was in, is judged by itself.
        if (isBehindDoors || body.kind !== 'item-opened') closed.add(event._id)
        secrets.push(wordOf(place))
      }
    }
    log.insert([event])
  }
  return secrets
}

function isOfHidden(deed: Deed, item: string | null | undefined, state: MeetingState): boolean {
  if (deed.kind === 'part-closed' || (deed.kind === 'vote-opened' && deed.subject === 'publicity')) return true
  return item !== undefined && item !== null && !isShown(item, state)
}

const mark = ({ meeting, events }: History): History => ({
  meeting,
  events: events.toSorted((a, b) => (a._id < b._id ? -1 : 1)).map(marked),
})

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
