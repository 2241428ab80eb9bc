import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ItemState, MeetingState, Speech, Vote } from '../../../shared/rules/meeting/state.ts'
import { reduceMeeting } from '../../../shared/rules/meeting/log.ts'
import { itemNumber } from '../room/index.ts'
import { placeBeside } from './course-commands.ts'
import { blockedBecause, chairOf, currentItem, nextItem, nextStep, partChange } from './course.ts'

const empty = reduceMeeting('meeting:m', [])
const itemOf = (key: string, more: Partial<ItemState> = {}): ItemState => ({
  ...{ item: `agenda-item:${key}`, public: true, matter: 'ordinary', status: 'waiting', spans: [], conflicts: [] },
  ...{ added: false, speakersClosed: false, order: [], ...more },
})
const meeting = (more: Partial<MeetingState>): MeetingState => ({ ...empty, phase: 'open', public: true, ...more })
const speech = (status: Speech['status']): Speech => ({
  ...{
    speech: 'speech:1',
    item: null,
    speaker: { guest: 'G' },
    form: 'speech',
    requested: 0,
    late: false,
    inPublic: true,
    heardOn: [],
    spans: [],
  },
  status,
})

test('the next step follows the phase, then the vote, then the speakers, then the agenda', () => {
  const agenda = [itemOf('1', { status: 'open' }), itemOf('2'), itemOf('3', { public: false })]
  const open = meeting({ agenda, current: 'agenda-item:1' })
  const vote = { vote: 'vote:1', status: 'open' } as Vote
  const kinds = [
    nextStep(empty),
    nextStep(meeting({ phase: 'prepared' })),
    nextStep(meeting({ phase: 'paused' })),
    nextStep(meeting({ phase: 'closed' })),
    nextStep({ ...open, votes: new Map([['vote:1', vote]]) }, speech('speaking')),
    nextStep(open, speech('speaking'), speech('waiting')),
    nextStep(open, speech('paused')),
    nextStep(open, undefined, speech('waiting')),
    nextStep(open),
    nextStep(meeting({ agenda: [itemOf('2')] })),
    nextStep(meeting({ agenda: [itemOf('3', { public: false })] })),
    nextStep(meeting({ agenda: [itemOf('2')], public: false })),
    nextStep(meeting({ agenda: [itemOf('2', { status: 'done' })] })),
  ].map(({ kind }) => kind)
  expect(kinds).toEqual([
    ...['prepare', 'open-meeting', 'resume-meeting', 'over', 'close-vote', 'stop-speech', 'resume-speech'],
    ...['start-speech', 'finish-item', 'open-item', 'close-part', 'open-part', 'close-meeting'],
  ])
})

const anyItem = fc.record({
  public: fc.boolean(),
  status: fc.constantFrom<ItemState['status']>('waiting', 'open', 'done', 'deferred', 'withdrawn'),
})
const anyMeeting = fc
  .record({
    items: fc.array(anyItem, { maxLength: 12 }),
    public: fc.boolean(),
    phase: fc.constantFrom<MeetingState['phase']>('open', 'prepared', 'paused'),
  })
  .map(({ items, public: isPublic, phase }) => {
    const agenda = items.map((more, index) => itemOf(String(index), more))
    const current = agenda.find(({ status }) => status === 'open')?.item
    return meeting({ agenda, public: isPublic, phase, ...(current ? { current } : {}) })
  })

test('the next step never calls up a closed item while the public is in', () => {
  fc.assert(
    fc.property(anyMeeting, (state) => {
      const step = nextStep(state)
      if (step.kind === 'open-item') expect(blockedBecause(state, step.item)).toBeUndefined()
      if (step.kind === 'close-meeting') expect(nextItem(state)).toBeUndefined()
    }),
  )
})

test('the next item waits, and nothing between it and the current one does', () => {
  fc.assert(
    fc.property(anyMeeting, (state) => {
      const next = nextItem(state)
      const waiting = state.agenda.filter(({ status }) => status === 'waiting')
      const current = currentItem(state)
      const behind = current ? waiting.filter((item) => state.agenda.indexOf(item) > state.agenda.indexOf(current)) : []
      expect(next).toBe(behind[0] ?? waiting[0])
    }),
  )
})

test('a place up and one down again is the same agenda', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(keys, fc.nat(), (numbers, pick) => {
      const agenda = numbers.map((number) => itemOf(String(number)))
      const at = pick % (agenda.length - 1)
      const moving = agenda[at]?.item ?? ''
      const apply = (items: readonly ItemState[], before: string | null | undefined): ItemState[] => {
        if (before === undefined) return [...items]
        const others = items.filter(({ item }) => item !== moving)
        const place = before === null ? others.length : others.findIndex(({ item }) => item === before)
        return others.toSpliced(place, 0, items.find(({ item }) => item === moving) ?? itemOf('?'))
      }
      const down = apply(agenda, placeBeside(agenda, moving, 1))
      expect(down.findIndex(({ item }) => item === moving)).toBe(at + 1)
      expect(apply(down, placeBeside(down, moving, -1))).toEqual(agenda)
    }),
  )
})

test('the change of part counts who is remote, what waits, and names the item that stands in the way', () => {
  const stay = { stays: [], callsToOrder: 0, excluded: false, here: true } as const
  const state = meeting({
    public: false,
    current: 'agenda-item:9',
    agenda: [itemOf('9', { public: false, status: 'open' }), itemOf('1'), itemOf('2', { public: false })],
    attendance: new Map([
      ['person:a', { person: 'person:a', mode: 'remote', cutOff: false, ...stay }],
      ['person:b', { person: 'person:b', mode: 'remote', cutOff: true, ...stay }],
      ['person:c', { person: 'person:c', mode: 'room', cutOff: false, ...stay }],
    ]),
  })
  const change = partChange(state)
  expect({ ...change, open: change.open?.item }).toEqual({
    ...{ to: 'public', remote: 2, cutOff: 1, waiting: 1, open: 'agenda-item:9', speaking: false },
  })
})

test('items keep the number of the invitation, added ones are counted on', () => {
  const entry = (key: string) => ({ item: `agenda-item:${key}`, public: true, matter: 'ordinary' }) as const
  const state = meeting({
    constitution: { agenda: [entry('a'), entry('b')] } as unknown as NonNullable<MeetingState['constitution']>,
    agenda: [itemOf('x', { added: true }), itemOf('b'), itemOf('a')],
  })
  expect(['a', 'b', 'x', 'y'].map((key) => itemNumber(state, `agenda-item:${key}`))).toEqual([1, 2, 3, undefined])
})

test('before the opening the first president in the room is the one who will preside', () => {
  const seat = (key: string) => ({ person: `person:${key}`, name: key, votes: true, elected: true })
  const stay = { stays: [], callsToOrder: 0, excluded: false, here: true, cutOff: false } as const
  const state = meeting({
    phase: 'prepared',
    constitution: {
      ...{ presidents: ['person:a', 'person:b'], seats: [seat('a'), seat('b')], agenda: [], factions: [] },
    } as unknown as NonNullable<MeetingState['constitution']>,
    attendance: new Map([['person:b', { person: 'person:b', mode: 'room', ...stay }]]),
  })
  expect(chairOf(state)).toEqual({ name: 'b', where: 'room' })
  expect(chairOf({ ...state, attendance: new Map() })).toEqual({ name: 'a', where: 'away' })
})
