import type { ReportEntry } from '../../../shared/hub-api/broadcast.ts'
import type { InterpreterTurn } from '../../../shared/rules/broadcast/consent.ts'
import type { AnnouncedRendition, ToldEntry } from './journal.ts'

interface Remembered {
  /** The last epoch that was on, of either picture. */
  readonly epoch: number
  /** Somebody closed it directly, and nobody took that back. */
  readonly direct: boolean
  readonly ended: boolean
  /** Seconds. */
  readonly delay: number
  readonly renditions: readonly AnnouncedRendition[]
  /** That of the second picture. */
  readonly second: readonly AnnouncedRendition[]
}

/** What a journal says of how a broadcast stood. */
export function rememberedOf(entries: readonly ToldEntry[]): Remembered {
  let remembered: Remembered = { epoch: 0, direct: false, ended: false, delay: 0, renditions: [], second: [] }
  for (const entry of entries) {
    const { epoch, ...told } = toldBy(entry)
    remembered = { ...remembered, ...told, epoch: Math.max(remembered.epoch, epoch) }
  }
  return remembered
}

function toldBy(entry: ToldEntry): Partial<Remembered> & Pick<Remembered, 'epoch'> {
  switch (entry.kind) {
    case 'announced': {
      const { epoch, delay, renditions } = entry
      if (entry.picture === 'second') return { epoch, second: renditions }
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
    const { kind, at, epoch, picture } = entry
    return { at: new Date(at).toISOString(), what: kind, epoch, ...(picture ? { picture } : {}), ...detailsOf(entry) }
  })

function detailsOf(
  entry: ToldEntry,
): Pick<ReportEntry, 'because' | 'parts' | 'objects' | 'name' | 'cut' | 'from' | 'to'> {
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
    case 'stuck':
      return { because: [entry.reason] }
    case 'moved':
    case 'overwritten':
    case 'emptied':
      return { objects: entry.objects }
    case 'cut-undone':
    case 'cut-final':
      return { cut: entry.cut, name: entry.name }
    case 'chapter':
      return { because: [entry.chapter], name: entry.name, ...(entry.to === null ? {} : { to: entry.to }) }
    default:
      return {}
  }
}

/** What a journal says of who was to be seen in the second picture, and when; the last ones still are. */
export function interpretersOf(entries: readonly ToldEntry[]): InterpreterTurn[] {
  const announced = entries.flatMap((entry) =>
    entry.kind === 'announced' && entry.picture === 'second' ? [{ at: entry.at, names: entry.interpreters ?? [] }] : [],
  )
  return announced.map(({ at, names }, place) => {
    const next = announced[place + 1]
    return { names, span: next ? { from: at, to: next.at } : { from: at } }
  })
}
