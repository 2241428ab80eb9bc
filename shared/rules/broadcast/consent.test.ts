import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consentUses, type ConsentAct, type ConsentUse } from '../../council/consent.ts'
import type { Speaker } from '../../council/events/speech.ts'
import { reduceMeeting } from '../meeting/log.ts'
import type { MeetingState, Speech } from '../meeting/state.ts'
import { clearanceOf, consentAirtimeOf, consentRules, interpretersAirtimeOf, standingOf } from './consent.ts'

const speaker: Speaker = { person: 'person:a' }
const act = (use: ConsentUse, given: boolean, at: number): ConsentAct => ({
  ...{ subject: { person: 'person:a' }, use, given, at: new Date(at).toISOString(), by: 'account:1' },
  ...{ way: { kind: 'own' }, rules: consentRules.version },
})
const all = (given: boolean, at: number): ConsentAct[] => consentUses.map((use) => act(use, given, at))
const speech = (spans: Speech['spans']): Speech => ({
  ...{
    speech: 'speech:1',
    item: null,
    speaker,
    form: 'speech',
    requested: 0,
    late: false,
    inPublic: true,
    heardOn: [],
    status: 'done',
    spans,
  },
})
const during = (...spans: Speech['spans']): MeetingState => ({
  ...reduceMeeting('meeting:1', []),
  speeches: new Map([['speech:1', speech(spans)]]),
})
const councilOf = (recording: 'statute' | 'poll' | 'none'): MeetingState => ({
  ...during(),
  constitution: {
    ...{ organizations: ['organization:1'], rules: 'de-rp-2024', statutoryNumber: 1, factions: [], presidents: [] },
    seats: [{ person: 'person:a', name: 'A', votes: true, elected: true }],
    ...{ agenda: [], call: 'first', constituent: false, hybrid: false, recording },
  },
})

const history = fc
  .array(fc.tuple(fc.constantFrom(...consentUses), fc.boolean()), { maxLength: 12 })
  .map((acts) => acts.map(([use, given], index) => act(use, given, 1000 + index)))

describe('clearance', () => {
  it('needs the last word of each use of a purpose to be yes, whatever was said before', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const says = (use: ConsentUse): boolean => acts.filter((each) => each.use === use).at(-1)?.given === true
        expect(clearanceOf(councilOf('none'), speaker, acts)).toEqual({
          live: says('live-picture') && says('live-sound'),
          recording: says('recording-picture') && says('recording-sound'),
        })
      }),
    )
  })

  it('is given by a statute to members alone, and not to one who refused', () => {
    expect(clearanceOf(councilOf('statute'), speaker, [])).toEqual({ live: true, recording: true })
    expect(clearanceOf(councilOf('poll'), speaker, [])).toEqual({ live: false, recording: false })
    expect(clearanceOf(councilOf('statute'), { person: 'person:b' }, [])).toEqual({ live: false, recording: false })
    expect(clearanceOf(councilOf('statute'), { guest: 'A' }, [])).toEqual({ live: false, recording: false })
    expect(clearanceOf(councilOf('statute'), speaker, [act('live-sound', false, 1)])).toEqual({
      ...{ live: false, recording: true },
    })
  })
})

describe('times without consent', () => {
  it('are all of a speaker of whom nothing is known; it opens when the speech ends', () => {
    expect(consentAirtimeOf(during({ from: 10 }), () => [])).toEqual({
      ...{ open: false, live: [{ from: 10 }], recording: [{ from: 10 }] },
    })
    expect(consentAirtimeOf(during({ from: 10, to: 20 }), () => []).open).toBe(true)
    expect(consentAirtimeOf(during(), () => [])).toEqual({ open: true, live: [], recording: [] })
  })

  it('begin live with the withdrawal, and reach back in recordings', () => {
    const acts = [...all(true, 5), ...all(false, 30)]
    expect(consentAirtimeOf(during({ from: 10, to: 20 }, { from: 25 }), () => acts)).toEqual({
      ...{ open: false, live: [{ from: 30 }], recording: [{ from: 10, to: 20 }, { from: 25 }] },
    })
  })

  it('never leave a speaker on air who lacks a use, and hold no time of one who gave all', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const { open, live, recording } = consentAirtimeOf(during({ from: 5000 }), () => acts)
        const lacks = (uses: readonly ConsentUse[]): boolean => uses.some((use) => standingOf(acts, use) !== 'given')
        expect(open).toBe(!lacks(['live-picture', 'live-sound']))
        expect(live).toEqual(open ? [] : [{ from: 5000 }])
        expect(recording).toEqual(lacks(['recording-picture', 'recording-sound']) ? [{ from: 5000 }] : [])
      }),
    )
  })
})

describe('times of the second picture without consent', () => {
  const known: Readonly<Record<string, readonly ConsentAct[]>> = {
    Ina: [act('live-picture', true, 5), act('recording-picture', false, 5)],
    Otto: [...all(true, 5), act('live-picture', false, 30)],
  }
  const airtime = (...turns: Parameters<typeof interpretersAirtimeOf>[0][number][]) =>
    interpretersAirtimeOf(turns, (of) => ('guest' in of ? (known[of.guest] ?? []) : []))

  it('are none of those whom the register does not know, nor for want of what is not heard', () => {
    expect(airtime({ names: ['Uwe'], span: { from: 10 } })).toEqual({ open: true, live: [], recording: [] })
    expect(airtime({ names: [], span: { from: 10 } }).open).toBe(true)
  })

  it('are the turns of who refused, live from the withdrawal on', () => {
    const first = { names: ['Uwe', 'Ina'], span: { from: 10, to: 20 } }
    expect(airtime(first, { names: ['Otto'], span: { from: 20 } })).toEqual({
      ...{ open: false, live: [{ from: 30 }], recording: [{ from: 10, to: 20 }] },
    })
    expect(airtime({ names: ['Otto'], span: { from: 20, to: 40 } }, { names: ['Uwe'], span: { from: 40 } })).toEqual({
      ...{ open: true, live: [{ from: 30, to: 40 }], recording: [] },
    })
  })
})
