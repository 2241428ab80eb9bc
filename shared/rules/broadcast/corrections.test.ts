import fc from 'fast-check'
import { parse, type types } from 'hls-parser'
import { describe, expect, it } from 'vitest'
import { partSeconds } from '../../council/broadcast.ts'
import { captionsPlaylist, cuesOf, timelineOf } from './caption-track.ts'
import { correctionsOf, splitByCuts } from './corrections.ts'
import { partAt, start } from './playlist.suite.ts'
import { heldTimes, recordingPlaylist, type RecordedPart } from './recording.ts'

const size = 1000
const inits = new Map([['stream:1', { offset: 0, length: 900 }]])
const partMs = partSeconds * 1000
const count = 60

/** A recording of which some parts are missing already. */
const recorded = fc.uniqueArray(fc.nat(count - 1), { maxLength: 6 }).map((missing) =>
  Array.from({ length: count }, (_, sequence): RecordedPart => ({
    ...{ ...partAt(sequence), stream: 'stream:1', epoch: 1, sequence, late: false },
    ...{ offset: 900 + sequence * size, length: size },
  })).filter(({ sequence }) => !missing.includes(sequence)),
)
const cuts = fc.array(
  fc
    .tuple(fc.integer({ min: -2000, max: count * partMs }), fc.integer({ min: 1, max: 6000 }))
    .map(([from, length]) => ({ from: start + from, to: start + from + length })),
  { maxLength: 5 },
)
const touches = (time: { from: number; to: number }, { from, to }: { from: number; to: number }): boolean =>
  time.from < to && time.to > from

describe('a recording after cuts', () => {
  it('lists no byte of what was cut, all that was not, and breaks wherever something is missing', () => {
    fc.assert(
      fc.property(recorded, cuts, (parts, cut) => {
        const { kept, cut: gone } = splitByCuts(parts, cut)
        const listed = parse(recordingPlaylist(kept, { file: 'high.mp4', inits, ended: true })) as types.MediaPlaylist
        const spans = listed.segments.map(({ byterange }) => byterange)
        const bytes = new Set(
          spans.flatMap(({ offset, length }) =>
            Array.from({ length: length / size }, (_, place) => offset + place * size),
          ),
        )
        // Every part is either listed or cut, and what a cut touches is cut.
        expect(bytes).toEqual(new Set(kept.map(({ offset }) => offset)))
        expect(kept.length + gone.length).toBe(parts.length)
        expect(kept.some((part) => cut.some((one) => touches(part, one)))).toBe(false)
        const total = listed.segments.reduce((sum, { duration }) => sum + duration, 0)
        expect(total).toBeCloseTo(kept.length * partSeconds, 5)
        const places = spans.map(({ offset }) => (offset - 900) / size)
        for (const [place, { discontinuity }] of listed.segments.entries()) {
          if (place === 0) continue
          const before = places[place - 1]! + spans[place - 1]!.length / size
          expect(discontinuity ?? false).toBe(before !== places[place])
        }
        // What begins after a cut begins with a key frame: a segment's first part.
        for (const { from } of heldTimes(kept, true)) {
          const first = kept.find((part) => part.from === from)!
          const follower = gone.some(({ sequence, last }) => sequence === first.sequence - 1 && !last)
          expect(follower).toBe(false)
        }
      }),
    )
  })

  it('has captions that end with the picture, in a playlist that breaks with it', () => {
    fc.assert(
      fc.property(recorded, cuts, (parts, cut) => {
        const { kept } = splitByCuts(parts, cut)
        const timeline = timelineOf(kept, true)
        const media = parse(recordingPlaylist(kept, { file: 'high.mp4', inits, ended: true })) as types.MediaPlaylist
        const beside = parse(captionsPlaylist(timeline, true)) as types.MediaPlaylist
        const shape = ({ segments }: types.MediaPlaylist) =>
          segments.map(({ duration, discontinuity, programDateTime }) => [duration, discontinuity, programDateTime])
        expect(shape(beside)).toEqual(shape(media))
        const signed = { by: 'account:1', name: 'A', corrected: false, takenBack: false }
        const spoken = cut.map(({ from, to }, place) => ({
          ...{ caption: `caption:${place}`, time: { from, to }, text: 'cut', ...signed },
        }))
        expect(cuesOf(spoken, timeline)).toEqual([])
      }),
    )
  })

  it('is what it was before as soon as the cuts are taken back, unless they are final', () => {
    const signed = { by: 'account:1', name: 'A', at: start }
    const cut = (name: string) => ({ kind: 'cut', cut: name, from: 1, to: 2, reason: 'r', ...signed }) as const
    const { cuts: left, chapters } = correctionsOf([
      ...[cut('cut:1'), cut('cut:2'), { kind: 'cut-final', cut: 'cut:2', ...signed } as const],
      ...[
        { kind: 'cut-undone', cut: 'cut:1', ...signed } as const,
        { kind: 'cut-undone', cut: 'cut:2', ...signed } as const,
      ],
      ...[
        { kind: 'chapter', chapter: 'a', to: 5, ...signed } as const,
        { kind: 'chapter', chapter: 'b', to: 6, ...signed } as const,
      ],
      { kind: 'chapter', chapter: 'a', to: null, ...signed },
    ])
    expect(left).toEqual([{ cut: 'cut:2', from: 1, to: 2, reason: 'r', name: 'A', at: start, final: true }])
    expect(chapters).toEqual(new Map([['b', 6]]))
  })
})
