import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaptionAct, CaptionTime } from '../../council/caption.ts'
import type { Span } from '../meeting/state.ts'
import {
  captionsAt,
  captionsOf,
  isPublic,
  judgeCaption,
  offsetRange,
  runsOf,
  shownCaptions,
  standsUntil,
  timeOfLine,
} from './captions.ts'

const partMs = 320
const ticks = 40
const signed = { by: 'account:1', name: 'A', at: '2026-05-04T15:00:00.000Z' }
const ids = ['caption:A', 'caption:B', 'caption:C', 'caption:D']
const time = ({ from, lasts }: { from: number; lasts: number }): CaptionTime => ({ from, to: from + lasts })

/** What happened to the room in each part's time: open and let through, lost on its way, closed, or withheld later. */
const course = fc.array(fc.constantFrom('open', 'open', 'open', 'lost', 'closed', 'withheld', 'late'), {
  ...{ minLength: ticks, maxLength: ticks },
})
const interval = fc
  .record({ from: fc.integer({ min: 0, max: ticks * partMs }), lasts: fc.integer({ min: 1, max: 6 * partMs }) })
  .map(time)
const text = fc.constantFrom('Guten Abend.', 'Ich rufe auf.', 'Vielen Dank.')
const caption = fc.constantFrom(...ids)
const act: fc.Arbitrary<CaptionAct> = fc.oneof(
  fc.record({ caption, time: interval, text }).map((said) => ({ act: 'said' as const, ...said, ...signed })),
  fc.record({ caption, text }).map((changed) => ({ act: 'corrected' as const, ...changed, ...signed })),
  fc.record({ caption }).map((gone) => ({ act: 'taken-back' as const, ...gone, ...signed })),
)

/** Parts as a hub takes them: every close begins another epoch; `withheld` times follow from the log alone. */
function partsOf(what: readonly string[]) {
  let epoch = 1
  return what.flatMap((state, sequence) => {
    if (state === 'closed') epoch += 1
    const part = { stream: 's', epoch, sequence, from: sequence * partMs, to: (sequence + 1) * partMs }
    return state === 'closed' || state === 'lost' ? [] : [part]
  })
}
const withheldIn = (what: readonly string[]): Span[] =>
  what.flatMap((state, tick) => (state === 'withheld' ? [{ from: tick * partMs, to: (tick + 1) * partMs }] : []))
/** What each part's time was that an interval has anything of. */
const statesIn = (what: readonly string[], { from, to }: CaptionTime): string[] =>
  what.filter((_, tick) => to > tick * partMs && from < (tick + 1) * partMs)

describe('what is shown', () => {
  it('never has anything of a time that was closed, lost or withheld, whatever was said, corrected and claimed', () => {
    fc.assert(
      fc.property(course, fc.array(act, { maxLength: 30 }), fc.boolean(), (what, acts, isShuffled) => {
        const parts = partsOf(what)
        const shown = runsOf(isShuffled ? parts.toReversed() : parts)
        const captions = captionsOf(acts)
        const visible = shownCaptions(captions.values(), [{ shown, withheld: withheldIn(what) }])
        for (const each of visible)
          for (const state of statesIn(what, each.time)) expect(['open', 'late']).toContain(state)
        // And nothing is missing of what may be shown.
        for (const each of captions.values()) {
          const isWhole = each.time.to <= ticks * partMs
          const isOpen = statesIn(what, each.time).every((state) => state === 'open' || state === 'late')
          expect(visible.includes(each)).toBe(isWhole && isOpen && !each.takenBack)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is nothing where it is not known what is public', () => {
    fc.assert(
      fc.property(interval, (one) => {
        expect(isPublic(one, { shown: [], withheld: [] })).toBe(false)
        expect(isPublic(one, { shown: [{ from: 0, to: Infinity }], withheld: [{ from: 0 }] })).toBe(false)
      }),
    )
  })

  it('is what the last act says, and stays in the moment of the first', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const captions = captionsOf(acts)
        for (const id of ids) {
          const about = acts.filter((each) => each.caption === id)
          const begun = about.find((each) => each.act === 'said')
          expect(captions.has(id)).toBe(begun !== undefined)
          if (!begun) continue
          const last = about.slice(about.indexOf(begun)).findLast((each) => each.act !== 'said')
          const words = about.slice(about.indexOf(begun)).findLast((each) => each.act === 'corrected' || each === begun)
          expect(captions.get(id)).toMatchObject({
            ...{ time: begun.time, takenBack: last?.act === 'taken-back' },
            text: words && 'text' in words ? words.text : '',
          })
        }
      }),
    )
  })

  it('is the same when acts are taken in one after the other', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), fc.nat(20), (acts, cut) => {
        const once = captionsOf(acts)
        expect(captionsOf(acts.slice(cut), captionsOf(acts.slice(0, cut)))).toEqual(once)
      }),
    )
  })
})

describe('words that arrive', () => {
  const arrival = { since: 10_000, ended: false, now: 60_000, isPublic: false }

  it('are refused behind closed doors, for whatever time they claim to be', () => {
    fc.assert(
      fc.property(interval, fc.boolean(), (one, isShown) => {
        expect(judgeCaption(one, { ...arrival, since: undefined, isPublic: isShown })).toBe('closed')
      }),
    )
  })

  it('are taken for the time since the opening, refused for before, for the future, and for what is not public', () => {
    expect(judgeCaption({ from: 58_000, to: 60_000 }, arrival)).toBeUndefined()
    expect(judgeCaption({ from: 9000, to: 11_000 }, arrival)).toBe('closed')
    expect(judgeCaption({ from: 5000, to: 6000 }, { ...arrival, isPublic: true })).toBeUndefined()
    expect(judgeCaption({ from: 71_000, to: 72_000 }, arrival)).toBe('interval')
    expect(judgeCaption({ from: 58_000, to: 60_000 }, { ...arrival, ended: true })).toBe('not-public')
    expect(
      judgeCaption({ from: 5000, to: 6000 }, { ...arrival, since: undefined, ended: true, isPublic: true }),
    ).toBeUndefined()
  })

  it('belong to the moment at which they were heard, by the offset of whoever hears', () => {
    expect(timeOfLine({ from: 20_000, to: 24_000 }, 0)).toEqual({ from: 20_000, to: 24_000 })
    expect(timeOfLine({ from: 20_000, to: 24_000 }, 3000)).toEqual({ from: 17_000, to: 21_000 })
    expect(timeOfLine({ from: 20_000, to: 24_000 }, -500)).toEqual({ from: 20_500, to: 24_500 })
    expect(timeOfLine({ from: 20_000, to: 20_000 }, 0)).toEqual({ from: 20_000, to: 20_001 })
    const { least, most } = offsetRange
    fc.assert(
      fc.property(interval, fc.integer({ min: least, max: most }), (typed, offset) => {
        const { from, to } = timeOfLine(typed, offset)
        expect(from).toBe(typed.from - offset)
        expect(to).toBeGreaterThan(from)
      }),
    )
  })
})

describe('a caption in the picture', () => {
  const line = (from: number, to: number, words = 'Guten Abend.') => ({ time: { from, to }, text: words })

  it('stands as long as its words last, and no shorter than it takes to read them', () => {
    expect(standsUntil(line(0, 9000))).toBe(9000)
    expect(standsUntil(line(0, 100, 'a'.repeat(50)))).toBe(4000)
  })

  it('is shown from its moment on, the last two together', () => {
    const lines = [line(0, 5000, 'a'), line(1000, 5000, 'b'), line(2000, 5000, 'c')]
    const at = (moment: number, lag?: number) => captionsAt(lines, moment, lag).map(({ text: words }) => words)
    expect([at(-1), at(0), at(1500), at(2500), at(5000), at(5500, 1000)]).toEqual([
      ...[[], ['a'], ['a', 'b'], ['b', 'c'], [], ['b', 'c']],
    ])
  })
})
