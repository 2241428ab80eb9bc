import { itemAt, type JumpMarks } from '../../../../shared/rules/broadcast/jump-marks.ts'
import type { View } from '../view.ts'
import { marksOf, recordedMeetings, type MarkedItem, type RecordedMeeting } from './recorded-meetings.ts'

/** More is not read of what somebody searches for. */
const longestQuery = 200

/** A moment of a recording at which an item or a speech begins, or something was said. */
export interface Hit extends RecordedMeeting {
  readonly at: number
  readonly item?: Pick<MarkedItem, 'item' | 'number'>
  readonly speech?: JumpMarks['speeches'][number]
  readonly caption?: string
}

/**
 * Items by words of their names or by their numbers, speeches by who spoke, and what was said by captions, of all
 * recordings: the newest meeting first, then in the order of the recording. Capitals and accents make no difference; every word has to be found.
 */
export function searchRecordings(view: View, query: string): Hit[] {
  const words = folded(query.slice(0, longestQuery)).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return recordedMeetings(view).flatMap((recorded) => {
    const { items, speeches } = marksOf(view, recorded)
    const hits = [
      ...items
        .filter(({ item, number }) => holdsAll(`${number} ${item.name}`, words))
        .map(({ item, number, at }): Hit => ({ ...recorded, at, item: { item, number } })),
      ...speeches
        .filter(({ name }) => holdsAll(name, words))
        .map((speech): Hit => {
          const item = items.find((marked) => marked.item._id === speech.item)
          return { ...recorded, at: speech.at, speech, ...(item ? { item } : {}) }
        }),
      ...captionHits(view, recorded, { items, words }),
    ]
    return hits.sort((a, b) => a.at - b.at)
  })
}

/** What was said, where its words were captioned; words that stand on two lines are found as well. */
function captionHits(
  view: View,
  recorded: RecordedMeeting,
  { items, words }: { readonly items: readonly MarkedItem[]; readonly words: readonly string[] },
): Hit[] {
  const progress = view.catalogue.progress(recorded.meeting._id)
  const { captions, held } = recorded.transmission
  const isHeld = (at: number): boolean => held.some(({ from, to }) => from <= at && at < to)
  return captions()
    .filter(({ time, text }) => isHeld(time.from) && holdsAll(text, words))
    .map(({ time, text }): Hit => {
      const dealtWith = progress && itemAt(progress, time.from)
      const item = items.find((marked) => marked.item._id === dealtWith)
      return { ...recorded, at: time.from, caption: text.replaceAll('\n', ' '), ...(item ? { item } : {}) }
    })
}

const folded = (text: string): string => text.toLocaleLowerCase('de').normalize('NFKD').replace(/\p{M}/gu, '')

/** Words may stand within others, as in compounds; numbers stand alone. */
function holdsAll(text: string, words: readonly string[]): boolean {
  const searched = folded(text)
  const numbers = new Set(searched.match(/\d+/g))
  return words.every((word) => (/^\d+$/.test(word) ? numbers.has(word) : searched.includes(word)))
}
