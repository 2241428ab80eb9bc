import { longestCaption, longestCaptionMs, tidyCaption } from '../../council/caption.ts'

/** Text with the seconds at which it comes and goes. */
export interface Cue {
  readonly id?: string
  readonly from: number
  readonly to: number
  readonly text: string
}

/** A cue as it was read, and the line of its file on which its times stand, counted from 1. */
export interface ReadCue extends Cue {
  readonly line: number
}

/** What is wrong with a line of a file; screens word it, and how it is mended. */
export interface VttFault {
  readonly line: number
  readonly fault: 'signature' | 'times' | 'backwards' | 'lasting' | 'arrow' | 'empty' | 'letters' | 'no-cues'
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;' } as const
const references = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0', lrm: '\u200e', rlm: '\u200f', quot: '"' } as const

/** Text of a cue: neither markup nor the end of a cue is in it (WebVTT, 4.2.2). */
export const escapeCue = (text: string): string =>
  tidyCaption(text).replace(/[&<>]/g, (letter) => escapes[letter as keyof typeof escapes])

/** A time as WebVTT writes it, to the millisecond (WebVTT, 4.1). */
export function vttTime(seconds: number): string {
  const all = Math.max(0, Math.round(seconds * 1000))
  const digits = (value: number, count: number): string => String(Math.floor(value)).padStart(count, '0')
  const [hours, minutes] = [all / 3_600_000, (all / 60_000) % 60]
  return `${digits(hours, 2)}:${digits(minutes, 2)}:${digits((all / 1000) % 60, 2)}.${digits(all % 1000, 3)}`
}

/**
 * A WebVTT file (W3C WebVTT, 4.1).
 *
 * @param map which time of the cues is which of the media, in 90 kHz; needed in a segment of HLS (RFC 8216, 3.5)
 */
export function writeWebVtt(cues: readonly Cue[], map?: { readonly local: number; readonly mpegts: number }): string {
  const head = map ? [`X-TIMESTAMP-MAP=LOCAL:${vttTime(map.local)},MPEGTS:${map.mpegts}`] : []
  const blocks = cues.map(({ id, from, to, text }) =>
    [...(id === undefined ? [] : [id]), `${vttTime(from)} --> ${vttTime(to)}`, escapeCue(text)].join('\n'),
  )
  return `${[['WEBVTT', ...head].join('\n'), ...blocks].join('\n\n')}\n`
}

const time = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})`
const timing = new RegExp(String.raw`^${time}[ \t]+-->[ \t]+${time}(?:[ \t].*)?$`)

const secondsOf = ([hours = '0', minutes, seconds, thousandths]: readonly (string | undefined)[]): number =>
  (((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(thousandths)) / 1000

interface Block {
  /** Of its first line, counted from 1. */
  readonly line: number
  readonly lines: readonly string[]
}

/**
 * Reads a WebVTT file, strictly: what cannot be read as the specification has it is told with its line, and then nothing
 * counts. Voices become names before the words; other markup, settings, notes and styles go.
 */
export function readWebVtt(file: string): { readonly cues: readonly ReadCue[]; readonly faults: readonly VttFault[] } {
  const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) return { cues: [], faults: [{ line: 1, fault: 'signature' }] }
  const [, ...blocks] = blocksOf(lines)
  const read = blocks.filter(({ lines: [first = ''] }) => !/^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(first)).map(readCue)
  const faults = read.filter(isFault)
  const cues = read.flatMap((one) => (isFault(one) ? [] : [one]))
  return { cues, faults: faults.length + cues.length > 0 ? faults : [{ line: 1, fault: 'no-cues' }] }
}

const isFault = (read: ReadCue | VttFault): read is VttFault => 'fault' in read

/** Lines that stand together, without the empty ones between them. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: { line: number; lines: string[] }[] = []
  let isOpen = false
  for (const [index, each] of lines.entries()) {
    if (each === '') isOpen = false
    else if (isOpen) blocks.at(-1)?.lines.push(each)
    else {
      blocks.push({ line: index + 1, lines: [each] })
      isOpen = true
    }
  }
  return blocks
}

function readCue({ line: first, lines }: Block): ReadCue | VttFault {
  const hasId = lines.length > 1 && !lines[0]?.includes('-->')
  const line = first + (hasId ? 1 : 0)
  const found = timing.exec(lines[hasId ? 1 : 0] ?? '')
  if (!found) return { line, fault: 'times' }
  const [from, to] = [secondsOf(found.slice(1, 5)), secondsOf(found.slice(5, 9))]
  if (to <= from) return { line, fault: 'backwards' }
  if (Math.round((to - from) * 1000) > longestCaptionMs) return { line, fault: 'lasting' }
  const payload = lines.slice(hasId ? 2 : 1)
  const arrow = payload.findIndex((each) => each.includes('-->'))
  if (arrow >= 0) return { line: line + 1 + arrow, fault: 'arrow' }
  const text = tidyCaption(plainText(payload.join('\n')))
  if (text === '') return { line, fault: 'empty' }
  if (text.length > longestCaption) return { line, fault: 'letters' }
  return { ...(hasId ? { id: lines[0] ?? '' } : {}), line, from, to, text }
}

const plainText = (payload: string): string =>
  payload
    .replace(/<v(?:\.[^\s>]*)?[ \t]+([^>]+)>/g, (_, name: string) => `${name.trim()}: `)
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => references[name as keyof typeof references] ?? whole)
