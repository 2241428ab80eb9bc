import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tidyCaption } from '../../council/caption.ts'
import { readWebVtt, vttTime, writeWebVtt, type Cue } from './webvtt.ts'

const cue = fc
  .record({
    from: fc.integer({ min: 0, max: 20_000_000 }),
    lasts: fc.integer({ min: 1, max: 60_000 }),
    text: fc
      .oneof(
        fc.string({ maxLength: 60 }),
        fc.string({ unit: fc.constantFrom('<', '>', '&', '-', '\n', ' ', 'a', 'ß', ';', 'amp') }),
      )
      .filter((text) => tidyCaption(text) !== '' && tidyCaption(text).length <= 300),
  })
  .map(({ from, lasts, text }): Cue => ({ from: from / 1000, to: (from + lasts) / 1000, text: tidyCaption(text) }))

describe('a WebVTT file', () => {
  it('is read as it was written, whatever the words', () => {
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 10 }), (cues) => {
        const { cues: read, faults } = readWebVtt(writeWebVtt(cues))
        expect(faults).toEqual([])
        expect(read.map(({ line: _, ...one }) => one)).toEqual(cues)
      }),
      { numRuns: 500 },
    )
  })

  it('has cues that last as long as they may, wherever they begin', () => {
    const cues = Array.from({ length: 100 }, (_, place) => ({ from: place / 10, to: place / 10 + 60, text: 'x' }))
    expect(readWebVtt(writeWebVtt(cues)).faults).toEqual([])
  })

  it('has times to the millisecond, ids, escaped words, and in HLS the time of its media', () => {
    expect(vttTime(3725.0456)).toBe('01:02:05.046')
    const cues = [{ id: 'caption:1', from: 1, to: 2.5, text: 'A & B --> <C>\n\nD' }]
    expect(writeWebVtt(cues, { local: 0, mpegts: 900_000 })).toBe(
      [
        ...['WEBVTT', 'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000', '', 'caption:1'],
        ...['00:00:01.000 --> 00:00:02.500', 'A &amp; B --&gt; &lt;C&gt;', 'D', ''],
      ].join('\n'),
    )
  })

  it('of others is read with what they put in, and without what has no place here', () => {
    const file = [
      ...['\uFEFFWEBVTT Sitzung', 'Kind: captions', '', 'STYLE', '::cue { color: red }', '', 'NOTE geprüft', ''],
      ...['1', '00:01.500 --> 00:03.000 align:start line:0', '<v.first Eva Öztürk>Herr <i>Präsident</i>,', '', ''],
      ...['100:00:00.000 --> 100:00:02.000', 'R&amp;D &lt;3', 'und weiter'],
    ].join('\r\n')
    expect(readWebVtt(file)).toEqual({
      faults: [],
      cues: [
        { id: '1', line: 10, from: 1.5, to: 3, text: 'Eva Öztürk: Herr Präsident,' },
        { line: 14, from: 360_000, to: 360_002, text: 'R&D <3\nund weiter' },
      ],
    })
  })

  it('that is none tells what is wrong, and in which line', () => {
    const faultsOf = (...lines: string[]) =>
      readWebVtt(lines.join('\n')).faults.map(({ line, fault }) => `${line} ${fault}`)
    expect(faultsOf('1', '00:00:01,000 --> 00:00:02,000', 'SubRip')).toEqual(['1 signature'])
    expect(faultsOf('WEBVTTX')).toEqual(['1 signature'])
    expect(faultsOf('WEBVTT', '')).toEqual(['1 no-cues'])
    expect(faultsOf('WEBVTT', '', '00:00:01,000 --> 00:00:02,000', 'SubRip')).toEqual(['3 times'])
    expect(faultsOf('WEBVTT', '', '7', '00:61:00.000 --> 00:62:00.000', 'x')).toEqual(['4 times'])
    expect(faultsOf('WEBVTT', '', 'words alone')).toEqual(['3 times'])
    expect(faultsOf('WEBVTT', '', '00:02.000 --> 00:02.000', 'x', '', '00:00.000 --> 01:00.001', 'x')).toEqual([
      ...['3 backwards', '6 lasting'],
    ])
    expect(faultsOf('WEBVTT', '', '00:02.000 --> 00:03.000', '00:04.000 --> 00:05.000')).toEqual(['4 arrow'])
    expect(faultsOf('WEBVTT', '', '00:02.000 --> 00:03.000', '<i></i>')).toEqual(['3 empty'])
    expect(faultsOf('WEBVTT', '', '00:02.000 --> 00:03.000', 'x'.repeat(301))).toEqual(['3 letters'])
  })
})
