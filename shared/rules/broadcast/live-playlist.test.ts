import fc from 'fast-check'
import { parse, type types } from 'hls-parser'
import { describe, expect, it } from 'vitest'
import { livePlaylist } from './live-playlist.ts'
import { addPart, emptyWindow, end, nextPart, seal, windowSegments, withhold, type LiveWindow } from './live-window.ts'
import { encoder, partAt, showParts, slate, start } from './playlist.suite.ts'

const read = (window: LiveWindow): types.MediaPlaylist => parse(livePlaylist(window)) as types.MediaPlaylist

describe('a live playlist', () => {
  it('lists segments with the parts that they are made of, and hints at the next part', () => {
    expect(livePlaylist(showParts(emptyWindow(40, 40), encoder, 8))).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:9',
        '#EXT-X-TARGETDURATION:2',
        '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.960000',
        '#EXT-X-PART-INF:PART-TARGET=0.320000',
        '#EXT-X-MEDIA-SEQUENCE:40',
        '#EXT-X-DISCONTINUITY-SEQUENCE:40',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-MAP:URI="init-1.mp4"',
        '#EXT-X-PROGRAM-DATE-TIME:2026-05-04T15:00:00.000Z',
        '#EXT-X-PART:DURATION=0.320000,URI="part-40-0.m4s",INDEPENDENT=YES',
        ...[1, 2, 3, 4, 5].map((part) => `#EXT-X-PART:DURATION=0.320000,URI="part-40-${part}.m4s"`),
        '#EXTINF:1.920000,',
        'segment-40.m4s',
        '#EXT-X-PROGRAM-DATE-TIME:2026-05-04T15:00:01.920Z',
        '#EXT-X-PART:DURATION=0.320000,URI="part-41-0.m4s",INDEPENDENT=YES',
        '#EXT-X-PART:DURATION=0.320000,URI="part-41-1.m4s"',
        '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-41-2.m4s"',
        '',
      ].join('\n'),
    )
  })

  it('goes on with other media only after a discontinuity and with its own initialization', () => {
    const playlist = livePlaylist(showParts(showParts(emptyWindow(0), encoder, 2), slate, 1))
    expect(playlist).toContain(
      [
        '#EXTINF:0.640000,',
        'segment-0.m4s',
        '#EXT-X-DISCONTINUITY',
        '#EXT-X-MAP:URI="init-slate.mp4"',
        '#EXT-X-PROGRAM-DATE-TIME:2026-05-04T15:00:00.000Z',
        '#EXT-X-PART:DURATION=0.320000,URI="part-1-0.m4s",INDEPENDENT=YES',
        '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-1-1.m4s"',
      ].join('\n'),
    )
  })

  it('hints at the first part of a new segment once the last one is sealed, and at nothing after the end', () => {
    const sealed = seal(showParts(emptyWindow(0), encoder, 2))
    expect(livePlaylist(sealed)).toContain('#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-1-0.m4s"')
    const ended = livePlaylist(end(sealed), [{ uri: '../low/live.m3u8', window: sealed }])
    expect(ended).toMatch(/segment-0\.m4s\n#EXT-X-ENDLIST\n$/)
    expect(ended).not.toMatch(/HINT|REPORT/)
  })

  it('leaves out what was taken back', () => {
    const window = withhold(showParts(emptyWindow(0), encoder, 7), ({ from }) => from > start + 1500)
    const text = livePlaylist(window)
    expect(text).toContain('URI="part-0-4.m4s"\n#EXT-X-PART:DURATION=0.320000,URI="part-0-5.m4s",GAP=YES\n#EXT-X-GAP\n')
    expect(text).toContain('URI="part-1-0.m4s",INDEPENDENT=YES,GAP=YES\n')
    expect(text).not.toContain('part-0-4.m4s",GAP')
  })

  it('tells where other renditions stand', () => {
    const window = showParts(emptyWindow(3, 3), encoder, 8)
    expect(livePlaylist(window, [{ uri: '../low/live.m3u8', window }])).toContain(
      '#EXT-X-RENDITION-REPORT:URI="../low/live.m3u8",LAST-MSN=4,LAST-PART=1',
    )
  })

  it('counts the discontinuities that left it', () => {
    const many = showParts(showParts(emptyWindow(0), encoder, 6), slate, 6 * windowSegments)
    expect(livePlaylist(many)).toContain('#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n')
    expect(livePlaylist(many)).not.toContain('#EXT-X-DISCONTINUITY\n')
  })

  it('is read back by another implementation as it was meant', () => {
    const window = showParts(showParts(emptyWindow(7, 7), encoder, 8), slate, 3)
    const { segments, mediaSequenceBase, discontinuitySequenceBase, lowLatencyCompatibility, partTargetDuration } =
      read(window)
    expect({ mediaSequenceBase, discontinuitySequenceBase, partTargetDuration, lowLatencyCompatibility }).toMatchObject(
      {
        ...{ mediaSequenceBase: 7, discontinuitySequenceBase: 7, partTargetDuration: 0.32 },
        lowLatencyCompatibility: { canBlockReload: true, partHoldBack: 0.96 },
      },
    )
    expect(segments.map(({ uri, discontinuity, map, parts }) => [uri, discontinuity, map?.uri, parts.length])).toEqual([
      ['segment-7.m4s', undefined, 'init-1.mp4', 6],
      ['segment-8.m4s', undefined, 'init-1.mp4', 2],
      ['', true, 'init-slate.mp4', 4],
    ])
    expect(segments[0]?.programDateTime?.getTime()).toBe(start)
  })
})

/** Runs, each with so many parts, and whether its last segment is sealed before another run begins. */
const runs = fc.array(fc.record({ parts: fc.integer({ min: 1, max: 15 }), sealed: fc.boolean() }), {
  ...{ minLength: 1, maxLength: 12 },
})

describe('whatever happens', () => {
  it('a playlist follows the draft and continues the one before', () => {
    fc.assert(
      fc.property(runs, (list) => {
        let window = emptyWindow(0)
        let known = new Map<string, string>()
        for (const [run, { parts, sealed }] of list.entries())
          for (let place = 0; place < parts; place += 1) {
            window = addPart(window, { run, init: `init-${run}.mp4` }, partAt(place))
            if (sealed && place === parts - 1) window = seal(window)
            known = continues(livePlaylist(window), known)
          }
      }),
      { numRuns: 25 },
    )
  })
})

/**
 * RFC 8216bis: 4.4.3.1 (EXTINF rounded is no more than the target duration), 4.4.4.9 (parts stand before the segment
 * they make up, and have the same duration in sum), 6.2.1 (a segment keeps its address, place and discontinuity
 * number), 6.2.2 (no hint at what is there already).
 */
function continues(playlist: string, known: ReadonlyMap<string, string>): Map<string, string> {
  const lines = playlist.trimEnd().split('\n')
  const numberOf = (tag: string): number => Number(lines.find((line) => line.startsWith(`${tag}:`))?.split(':')[1])
  let sequence = numberOf('#EXT-X-MEDIA-SEQUENCE')
  let discontinuity = numberOf('#EXT-X-DISCONTINUITY-SEQUENCE')
  let map: string | undefined
  let sum = 0
  let hasParts = false

  const told = new Map<string, string>()
  for (const line of lines) {
    const uri = /URI="([^"]+)"/.exec(line)?.[1] ?? ''
    if (line === '#EXT-X-DISCONTINUITY') [discontinuity, map] = [discontinuity + 1, undefined]
    else if (line.startsWith('#EXT-X-MAP')) map = uri
    else if (line.startsWith('#EXT-X-PART:')) {
      if (!hasParts) expect(line).toContain('INDEPENDENT=YES')
      told.set(uri, `${sequence}/${discontinuity}/${map}`)
      ;[sum, hasParts] = [sum + Number(/DURATION=([\d.]+)/.exec(line)?.[1]), true]
    } else if (line.startsWith('#EXTINF:')) {
      const extinf = Number.parseFloat(line.slice('#EXTINF:'.length))
      expect(Math.round(extinf)).toBeLessThanOrEqual(2)
      if (hasParts) expect(extinf).toBeCloseTo(sum, 6)
    } else if (!line.startsWith('#')) {
      told.set(line, `${sequence}/${discontinuity}/${map}`)
      ;[sequence, sum, hasParts] = [sequence + 1, 0, false]
    } else if (line.startsWith('#EXT-X-PRELOAD-HINT')) expect([...known.keys(), ...told.keys()]).not.toContain(uri)
  }
  for (const [uri, place] of told) expect(known.get(uri) ?? place).toBe(place)
  return told
}

describe('the next part', () => {
  it('is in the growing segment, or begins one', () => {
    const window = showParts(emptyWindow(2, 2), encoder, 4)
    expect(nextPart(window)).toEqual({ sequence: 2, part: 4 })
    expect(nextPart(seal(window))).toEqual({ sequence: 3, part: 0 })
    expect(nextPart(showParts(emptyWindow(2, 2), encoder, 6))).toEqual({ sequence: 3, part: 0 })
  })
})
