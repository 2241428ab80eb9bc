import type { RecordedPart } from '../../../../shared/rules/broadcast/recording.ts'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import type { RecordedFile } from '../../public-transmissions.ts'
import type { Broadcast } from '../broadcast.ts'
import type { AnnouncedRendition, ToldEntry } from '../journal.ts'

/** What changes the files of a recording. */
const changes: readonly ToldEntry['kind'][] = ['ended', 'withheld', 'unconsented', 'removed', 'cut', 'cut-undone']

/** Whether a recording was there and is not any more: its time is over, or all of it was taken back. */
export const isGone = ({ hasEnded, recording }: Broadcast, isOver: boolean): boolean =>
  hasEnded && recording.hadMedia && (isOver || recording.isEmpty)

/**
 * The files that can be downloaded of a public transmission, and those that could be once.
 *
 * @param until when the time of the recording is over; milliseconds since 1970
 */
export function recordedFilesOf(
  meeting: string,
  broadcast: Broadcast,
  { until = Infinity, now }: { readonly until: number | undefined; readonly now: number },
): RecordedFile[] {
  const { endedAt, recording, told } = broadcast
  const [best] = broadcast.air.renditions
  if (endedAt === undefined || !best || !recording.hadMedia) return []
  const isOver = until <= now
  const inits = initsOf(told, best.rendition)
  const sizes = isOver ? [] : sizesOf(recording.held(best.rendition)?.parts ?? [], inits)
  const changed = told.findLast(({ kind }) => changes.includes(kind))?.at ?? endedAt
  const key = meeting.slice(meeting.indexOf(':') + 1)
  const known = [...inits.values()].filter((init, place, all) => place === 0 || init !== all[place - 1]).length
  return Array.from({ length: Math.max(known, sizes.length) }, (_, place) => ({
    ...{ id: `file:recording-${key}-${place + 1}`, meeting, number: place + 1, of: sizes.length },
    ...{ created: endedAt, modified: Math.max(endedAt, isOver && changed < until ? until : changed) },
    ...{ path: broadcastPaths.download(key, best.rendition, place + 1), size: sizes[place] },
  }))
}

/** Initialization segments in base 64, by stream. */
const initsOf = (told: readonly ToldEntry[], rendition: string): Map<string, string> =>
  new Map(
    told.flatMap((entry) => {
      if (entry.kind !== 'announced') return []
      const init = entry.renditions.find((one: AnnouncedRendition) => one.rendition === rendition)?.init
      return init === undefined ? [] : [[entry.stream, init] as const]
    }),
  )

/** Bytes of each file, as downloads are made: another initialization segment begins another one. */
function sizesOf(parts: readonly RecordedPart[], inits: ReadonlyMap<string, string>): number[] {
  const sizes: number[] = []
  let before: string | undefined
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const init = inits.get(part.stream)
    if (init === undefined) continue
    if (init !== before) sizes.push(Buffer.byteLength(init, 'base64'))
    before = init
    sizes[sizes.length - 1]! += part.length
  }
  return sizes
}
