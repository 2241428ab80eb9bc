import type { ReportEntry } from '../../../shared/hub-api/broadcast.ts'
import type { AnnouncedRendition, ToldEntry } from './journal.ts'

interface Remembered {
  /** The last epoch that was on. */
  readonly epoch: number
  /** Somebody closed it directly, and nobody took that back. */
  readonly direct: boolean
  readonly ended: boolean
  /** Seconds. */
  readonly delay: number
  readonly renditions: readonly AnnouncedRendition[]
}

/** What a journal says of how a broadcast stood. */
export function rememberedOf(entries: readonly ToldEntry[]): Remembered {
  let remembered: Remembered = { epoch: 0, direct: false, ended: false, delay: 0, renditions: [] }
  for (const entry of entries) remembered = { ...remembered, ...toldBy(entry) }
  return remembered
}

function toldBy(entry: ToldEntry): Partial<Remembered> {
  switch (entry.kind) {
    case 'announced': {
      const { epoch, delay, renditions } = entry
      return { epoch, delay, renditions, ended: false }
    }
    case 'closed':
      return { epoch: entry.epoch, direct: entry.direct }
    case 'direct':
      return { epoch: entry.epoch, direct: entry.closed }
    case 'ended':
      return { epoch: entry.epoch, ended: true }
    default:
      return { epoch: entry.epoch }
  }
}

/** What was public when and why, from a journal. */
export const reportOf = (entries: readonly ToldEntry[]): ReportEntry[] =>
  entries.map((entry) => {
    const { kind, at, epoch } = entry
    return { at: new Date(at).toISOString(), what: kind, epoch, ...detailsOf(entry) }
  })

function detailsOf(entry: ToldEntry): Pick<ReportEntry, 'because' | 'parts' | 'name' | 'cut' | 'from' | 'to'> {
  switch (entry.kind) {
    case 'closed':
      return { because: entry.because }
    case 'refused':
      return { because: [entry.reason] }
    case 'direct':
      return { because: [entry.closed ? 'closed' : 'open'] }
    case 'dropped':
    case 'unconsented':
      return { parts: entry.parts }
    case 'withheld':
      return { parts: entry.parts.length }
    case 'cut': {
      const { cut, from, to, reason, name } = entry
      return { cut, from, to, because: [reason], name }
    }
    case 'cut-undone':
    case 'cut-final':
      return { cut: entry.cut, name: entry.name }
    case 'chapter':
      return { because: [entry.chapter], name: entry.name, ...(entry.to === null ? {} : { to: entry.to }) }
    default:
      return {}
  }
}
