import { parse, type types } from 'hls-parser'
import { describe, expect, it } from 'vitest'
import { partSeconds } from '../../council/broadcast.ts'
import { masterPlaylist } from './master-playlist.ts'
import { partAt, start } from './playlist.suite.ts'
import { recordingPlaylist, type RecordedPart } from './recording.ts'

const stream = 'stream:1'
const inits = new Map([
  ['stream:1', { offset: 0, length: 900 }],
  ['stream:2', { offset: 13_900, length: 800 }],
])
const size = 1000
const part = (sequence: number, more: Partial<RecordedPart> = {}): RecordedPart => ({
  ...{ ...partAt(sequence), stream, epoch: 1, sequence, offset: 900 + sequence * size, length: size, late: false },
  ...more,
})
const parts = (count: number): RecordedPart[] => Array.from({ length: count }, (_, sequence) => part(sequence))
const playlistOf = (list: readonly RecordedPart[], ended = false): string =>
  recordingPlaylist(list, { file: 'high.mp4', inits, ended })

describe('a recording', () => {
  it('is a list of byte ranges that grows with whole segments', () => {
    const expected = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-PLAYLIST-TYPE:EVENT',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-MAP:URI="high.mp4",BYTERANGE="900@0"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-05-04T15:00:00.000Z',
      '#EXTINF:1.920000,',
      '#EXT-X-BYTERANGE:6000@900',
      'high.mp4',
      '',
    ].join('\n')
    expect(playlistOf(parts(6))).toBe(expected)
    expect(playlistOf(parts(9))).toBe(expected)
  })

  it('holds everything once it has ended', () => {
    const { segments, endlist, playlistType } = parse(playlistOf(parts(9), true)) as types.MediaPlaylist
    expect([endlist, playlistType]).toEqual([true, 'VOD'])
    expect(segments.map(({ byterange, duration }) => [byterange, duration])).toEqual([
      [{ offset: 900, length: 6000 }, 1.92],
      [{ offset: 6900, length: 3000 }, 0.96],
    ])
  })

  it('breaks where another epoch, another stream or a gap begins, with the initialization of the stream', () => {
    const second = (sequence: number, more: Partial<RecordedPart>): RecordedPart =>
      part(sequence, { ...{ from: start + 10_000 + sequence * 320, offset: 6900 + sequence * size }, ...more })
    const list = [
      ...parts(6),
      second(6, { epoch: 2, last: true }),
      second(0, { from: start + 20_000, stream: 'stream:2', offset: 14_700, epoch: 2, last: true }),
      second(7, { from: start + 30_000, stream: 'stream:2', offset: 15_700, epoch: 2, last: true }),
    ]
    const { segments } = parse(playlistOf(list)) as types.MediaPlaylist
    expect(segments.map(({ discontinuity, map }) => [discontinuity, map?.byterange])).toEqual([
      [undefined, { offset: 0, length: 900 }],
      [true, { offset: 0, length: 900 }],
      [true, { offset: 13_900, length: 800 }],
      [true, { offset: 13_900, length: 800 }],
    ])
  })

  it('gives what came late its place in the end alone, and without a break', () => {
    const late = [6, 7].map((sequence) => part(sequence, { late: true, offset: 20_000 + sequence * size }))
    const newer = [8, 9, 10, 11].map((sequence) => part(sequence, { offset: 900 + (sequence - 2) * size }))
    const list = [...parts(6), ...newer, ...late]
    const [growing, ended] = [playlistOf(list), playlistOf(list, true)].map(
      (text) => parse(text) as types.MediaPlaylist,
    )
    expect(growing?.segments.map(({ byterange, discontinuity }) => [byterange?.offset, discontinuity])).toEqual([
      [900, undefined],
      [6900, true],
    ])
    expect(ended?.segments.map(({ byterange, discontinuity }) => [byterange?.offset, discontinuity])).toEqual([
      [900, undefined],
      [26_000, undefined],
      [6900, undefined],
    ])
    const total = ended?.segments.reduce((sum, { duration }) => sum + duration, 0)
    expect(total).toBeCloseTo(12 * partSeconds, 6)
  })
})

it('a master playlist names every rendition, the best first', () => {
  const text = masterPlaylist(
    [
      { rendition: 'sound', codecs: 'mp4a.40.2', bandwidth: 80_000 },
      {
        rendition: 'high',
        codecs: 'avc1.42c01f,mp4a.40.2',
        bandwidth: 2_700_000,
        picture: { width: 1280, height: 720 },
      },
    ],
    (rendition) => `${rendition}/live.m3u8`,
  )
  const { variants } = parse(text) as types.MasterPlaylist
  expect(
    variants.map(({ uri, bandwidth, codecs, resolution, frameRate }) => ({
      uri,
      bandwidth,
      codecs,
      resolution,
      frameRate,
    })),
  ).toEqual([
    {
      ...{ uri: 'high/live.m3u8', bandwidth: 2_700_000, codecs: 'avc1.42c01f,mp4a.40.2' },
      ...{ resolution: { width: 1280, height: 720 }, frameRate: 25 },
    },
    { uri: 'sound/live.m3u8', bandwidth: 80_000, codecs: 'mp4a.40.2', resolution: undefined, frameRate: undefined },
  ])
})
