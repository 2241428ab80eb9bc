import { parse, type types } from 'hls-parser'
import { describe, expect, it } from 'vitest'
import type { Caption } from './captions.ts'
import { captionsPlaylist, captionsSegment, captionsUri, cuesOf, momentAt, timelineOf } from './caption-track.ts'
import { masterPlaylist } from './master-playlist.ts'
import { partAt, start } from './playlist.suite.ts'
import { recordingPlaylist, type RecordedPart } from './recording.ts'

const size = 1000
/** Two segments, then two minutes behind closed doors, then one more. */
const closedMs = 120_000
const part = (sequence: number): RecordedPart => {
  const later = sequence < 12 ? 0 : closedMs
  const { from, to, ...shown } = partAt(sequence)
  return {
    ...{ ...shown, from: from + later, to: to + later, stream: 'stream:1', sequence, late: false },
    ...{ epoch: sequence < 12 ? 1 : 2, offset: 900 + sequence * size, length: size },
  }
}
const parts = Array.from({ length: 18 }, (_, sequence) => part(sequence))
const timeline = timelineOf(parts, true)
const caption = (from: number, to: number, text = 'Guten Abend.'): Caption => ({
  ...{ caption: 'caption:1', time: { from: start + from, to: start + to }, text, by: 'account:1', name: 'A' },
  ...{ corrected: false, takenBack: false },
})

describe('the track of captions beside a recording', () => {
  it('has the segments of the media, breaks included', () => {
    for (const ended of [false, true]) {
      const media = parse(recordingPlaylist(parts, { file: 'x.mp4', inits: new Map(), ended })) as types.MediaPlaylist
      const track = parse(captionsPlaylist(timelineOf(parts, ended), ended)) as types.MediaPlaylist
      const placed = ({ segments }: types.MediaPlaylist) =>
        segments.map(({ duration, discontinuity, programDateTime }) => ({ duration, discontinuity, programDateTime }))
      expect(placed(track)).toEqual(placed(media))
      expect([track.endlist, track.playlistType]).toEqual([ended, ended ? 'VOD' : 'EVENT'])
    }
    expect(timeline.map(captionsUri)).toEqual([
      ...[`${start}.vtt`, `${start + 1920}.vtt`, `${start + 3840 + closedMs}.vtt`],
    ])
  })

  it('places captions on the timeline that leaves out what was closed, and ends them where it begins', () => {
    expect(cuesOf([caption(500, 1500)], timeline)).toMatchObject([{ from: 0.5, to: 2.22 }])
    expect(cuesOf([caption(3000, 3500)], timeline)).toMatchObject([{ from: 3, to: 3.84 }])
    const [after] = cuesOf([caption(closedMs + 4840, closedMs + 5000)], timeline)
    expect(after?.from).toBeCloseTo(4.84, 6)
    // What lies in the closed part has no place at all.
    expect(cuesOf([caption(60_000, 61_000)], timeline)).toEqual([])
  })

  it('tells in each segment which time of its media is which of the cues', () => {
    const cues = cuesOf([caption(1500, 2500)], timeline)
    const [first, second, third] = timeline.map((segment) => captionsSegment(cues, segment, segment.start + 10))
    expect(first).toBe(
      [
        ...['WEBVTT', 'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000', '', 'caption:1'],
        ...['00:00:01.500 --> 00:00:03.220', 'Guten Abend.', ''],
      ].join('\n'),
    )
    expect(second).toContain('LOCAL:00:00:01.920,MPEGTS:1072800')
    expect(second).toContain('00:00:01.500 --> 00:00:03.220')
    expect(third).not.toContain('-->')
  })

  it('finds the moment of what stands in a file', () => {
    expect(momentAt(timeline, 0.5)).toBe(start + 500)
    expect(momentAt(timeline, 3.84)).toBe(start + 3840 + closedMs)
    expect(momentAt(timeline, 3.84, true)).toBe(start + 3840)
    expect(momentAt(timeline, 99)).toBeUndefined()
  })

  it('stands in the master playlist, for everybody to choose', () => {
    const rendition = { rendition: 'high', codecs: 'avc1.42c01f,mp4a.40.2', bandwidth: 300_000 }
    const track = { uri: 'captions/recording.m3u8', language: 'de', name: 'Deutsch' }
    const { variants } = parse(masterPlaylist([rendition], (name) => `${name}.m3u8`, track)) as types.MasterPlaylist
    expect(variants[0]?.subtitles).toMatchObject([
      { type: 'SUBTITLES', groupId: 'captions', language: 'de', name: 'Deutsch', uri: track.uri, isDefault: false },
    ])
  })
})
