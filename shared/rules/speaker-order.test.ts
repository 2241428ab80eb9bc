import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeedOf } from '../council/meeting-event.ts'
import { ruleSet, type RuleSet } from './law/index.ts'
import {
  chair,
  clerk,
  constitutionOf,
  factions,
  history,
  items,
  members,
  persons,
  Writers,
} from './meeting/testing/history.arbitrary.ts'
import { reduceMeeting } from './meeting/log.ts'
import { remainingTime, speakerOrder, speakingTimes, spokenTime } from './speaker-order.ts'

const rules = ruleSet('de-rp-2024')!
const balancedBy = (order: RuleSet['speaking']['order']): RuleSet => ({
  ...rules,
  speaking: { ...rules.speaking, order },
})
const item = items[0]!

function openItem(): Writers {
  const writers = new Writers()
  writers.do(clerk, { kind: 'meeting-prepared', constitution: constitutionOf() })
  for (const person of persons) writers.do(clerk, { kind: 'person-arrived', person, mode: 'room', by: 'list' })
  writers.do(chair, { kind: 'meeting-opened' })
  writers.do(chair, { kind: 'item-opened', item })
  return writers
}
const request = (writers: Writers, index: number, more: Partial<DeedOf<'speech-requested'>> = {}): string => {
  const speech = `speech:${index}`
  const body = { kind: 'speech-requested', speech, item, speaker: { person: persons[index]! }, form: 'speech' } as const
  writers.do(members[index]!, { ...body, ...more })
  return speech
}

describe('the order of speakers', () => {
  test('names everybody who waits once, and nobody else', () => {
    fc.assert(
      fc.property(
        history({ malicious: true, skew: true }),
        fc.constantFrom('requests', 'factions', 'alternating'),
        ({ meeting, events }, order) => {
          const state = reduceMeeting(meeting, events)
          for (const about of [null, ...state.agenda.map((entry) => entry.item)]) {
            const waiting = [...state.speeches.values()].filter((one) => one.item === about && one.status === 'waiting')
            const named = speakerOrder(state, balancedBy(order), about)
            expect([...named].sort()).toEqual(waiting.map(({ speech }) => speech).sort())
          }
        },
      ),
    )
  })

  test('is that of the requests; points of order first, then interruptions', () => {
    const writers = openItem()
    for (const index of [3, 5, 4]) request(writers, index)
    request(writers, 6, { form: 'question' })
    request(writers, 7, { form: 'point-of-order' })
    expect(speakerOrder(writers.log.state, rules, item)).toEqual([7, 6, 3, 5, 4].map((index) => `speech:${index}`))
  })

  test('is the chair’s where the chair made one; later points of order go before it, later requests behind', () => {
    const writers = openItem()
    for (const index of [3, 5, 4]) request(writers, index)
    writers.do(chair, { kind: 'speakers-ordered', item, order: ['speech:4', 'speech:3'] })
    request(writers, 6)
    request(writers, 7, { form: 'point-of-order' })
    expect(speakerOrder(writers.log.state, rules, item)).toEqual([7, 4, 3, 5, 6].map((index) => `speech:${index}`))
  })

  test('takes factions in turn, beginning with those who spoke least', () => {
    const writers = openItem()
    // Odd ones are of one faction, even ones of the other.
    for (const index of [1, 3, 5, 2, 4]) request(writers, index)
    expect(speakerOrder(writers.log.state, balancedBy('factions'), item)).toEqual(
      [1, 2, 3, 4, 5].map((index) => `speech:${index}`),
    )
    writers.do(chair, { kind: 'speech-started', speech: 'speech:1' })
    expect(speakerOrder(writers.log.state, balancedBy('factions'), item)[0]).toBe('speech:2')
  })

  test('alternates for and against, and leaves who takes no side in place', () => {
    const writers = openItem()
    for (const index of [1, 2, 3]) request(writers, index, { stance: 'pro' })
    request(writers, 4)
    request(writers, 5, { stance: 'contra' })
    expect(speakerOrder(writers.log.state, balancedBy('alternating'), item)).toEqual(
      [1, 4, 5, 2, 3].map((index) => `speech:${index}`),
    )
  })

  test('gives a late request the place of its true time among those that still wait', () => {
    const writers = openItem()
    request(writers, 3)
    const late = writers.write(
      members[6]!,
      { kind: 'speech-requested', speech: 'speech:6', item, speaker: { person: persons[6]! }, form: 'speech' },
      { offline: true },
    )
    request(writers, 5)
    writers.do(chair, { kind: 'speech-started', speech: 'speech:3' })
    writers.log.insert([late])
    expect(speakerOrder(writers.log.state, rules, item)).toEqual(['speech:6', 'speech:5'])
    expect(writers.log.state.speeches.get('speech:6')?.late).toBe(true)
  })
})

describe('speaking time', () => {
  /** Speaks for ten seconds, is interrupted by a question of five, and goes on for twenty. */
  function debate() {
    const writers = openItem()
    const at = new Map<string, number>()
    const mark = (name: string, event: { readonly _id: string }): unknown =>
      at.set(name, parseInt(event._id.split(':')[2]!.slice(0, 12), 16))
    request(writers, 3)
    mark('start', writers.do(chair, { kind: 'speech-started', speech: 'speech:3' }))
    writers.pass(9000)
    request(writers, 4, { form: 'question' })
    mark('question', writers.do(chair, { kind: 'speech-started', speech: 'speech:4' }))
    writers.pass(4000)
    mark('answer', writers.do(chair, { kind: 'speech-stopped', speech: 'speech:4' }))
    return { writers, at }
  }

  test('runs while somebody speaks, and stands still while somebody interrupts', () => {
    const { writers, at } = debate()
    const { state } = writers.log
    const now = at.get('answer')! + 20_000
    const before = at.get('question')! - at.get('start')!
    expect(state.floor).toEqual(['speech:3'])
    expect(spokenTime(state.speeches.get('speech:3')!, now)).toBe(before + 20_000)
    const times = speakingTimes(state, item, now)
    expect([...times.persons]).toEqual([[persons[3], before + 20_000]])
    expect([...times.factions]).toEqual([[factions[1], before + 20_000]])
  })

  test('is left of every budget, the tightest first; one for the item goes before one for the meeting', () => {
    const { writers, at } = debate()
    const set = (body: Omit<DeedOf<'speaking-time-set'>, 'kind'>) =>
      writers.do(chair, { kind: 'speaking-time-set', ...body })
    set({ item: null, budget: { per: 'person' }, seconds: 600 })
    set({ item, budget: { per: 'person' }, seconds: 60 })
    set({ item: null, budget: { per: 'speech' }, seconds: 300 })
    set({ item: null, budget: { per: 'faction', faction: factions[1] }, seconds: 20 })
    const { state } = writers.log
    const now = at.get('answer')! + 20_000
    const used = at.get('question')! - at.get('start')! + 20_000
    expect(remainingTime(state, rules, state.speeches.get('speech:3')!, now)).toEqual([
      { per: 'faction', budget: 20_000, used, left: 20_000 - used },
      { per: 'person', budget: 60_000, used, left: 60_000 - used },
      { per: 'speech', budget: 300_000, used, left: 300_000 - used },
    ])
    expect(remainingTime(state, rules, state.speeches.get('speech:4')!, now)).toEqual([])
    // Without a budget the rules may limit a single speech.
    const limited = { ...rules, speaking: { ...rules.speaking, perSpeech: 120 } }
    set({ item: null, budget: { per: 'speech' }, seconds: null })
    const left = remainingTime(writers.log.state, limited, state.speeches.get('speech:3')!, now)
    expect(left.find(({ per }) => per === 'speech')?.budget).toBe(120_000)
  })
})
