import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { AgendaItem, Meeting } from '../../../../shared/oparl/index.ts'
import { jumpMarksOf, type JumpMarks } from '../../../../shared/rules/broadcast/jump-marks.ts'
import { lengthOf } from '../../../../shared/rules/broadcast/recording.ts'
import { numberAgenda } from '../../../../shared/rules/numbering.ts'
import type { Transmission } from '../../public-transmissions.ts'
import { html, type Html } from '../html.ts'
import { formatInstant, hrefOf, inLocale, written, type View } from '../view.ts'

export interface RecordedMeeting {
  readonly meeting: Meeting
  readonly transmission: Transmission
}

/** Public meetings of which there is something to be seen again, the newest first. */
export const recordedMeetings = (view: View): RecordedMeeting[] =>
  view.catalogue
    .all('meeting')
    .flatMap((meeting) => {
      const transmission = view.transmissionOf(meeting._id)
      return transmission && transmission.held.length > 0 ? { meeting, transmission } : []
    })
    .sort(
      (a, b) => Date.parse(b.meeting.start) - Date.parse(a.meeting.start) || (a.meeting._id < b.meeting._id ? 1 : -1),
    )

/** Where a meeting is watched, from a moment on; milliseconds since 1970. */
export function watchHref(view: View, { _id }: Pick<Meeting, '_id'>, at?: number): string {
  const path = broadcastPaths.watch(_id.slice('meeting:'.length))
  return hrefOf(view, at === undefined ? path : `${path}?t=${encodeURIComponent(new Date(at).toISOString())}`)
}

/** A public item that the recording holds something of, and where it begins. */
export interface MarkedItem {
  readonly item: AgendaItem
  readonly number: number
  readonly at: number
}

/** Where to begin watching, of what everybody may read; items in the order in which they were dealt with. */
export function marksOf(
  view: View,
  { meeting, transmission }: RecordedMeeting,
): { readonly items: readonly MarkedItem[]; readonly speeches: JumpMarks['speeches'] } {
  const progress = view.catalogue.progress(meeting._id)
  if (!progress) return { items: [], speeches: [] }
  const { items: marked, speeches } = jumpMarksOf(progress, transmission.held, transmission.chapters)
  const agenda = view.catalogue.naming('agenda-item', meeting._id)
  const numbers = numberAgenda(agenda)
  const isShown = (id: string | null): boolean => id === null || agenda.some((item) => item._id === id && item.public)
  return {
    items: agenda
      .flatMap((item) => {
        const at = marked.get(item._id)
        return at === undefined || !item.public ? [] : { item, number: numbers.get(item._id) ?? 0, at }
      })
      .sort((a, b) => a.at - b.at),
    speeches: speeches.filter(({ item }) => isShown(item)),
  }
}

/** An item as a mark names it. */
export const markName = (view: View, { item, number }: Pick<MarkedItem, 'item' | 'number'>): Html =>
  html`${m.site_item_title({ number }, inLocale(view))}: ${written(view, item.name)}`

export const atTime = (view: View, at: number): string =>
  m.site_recordings_at({ time: formatInstant(view, at, { hour: '2-digit', minute: '2-digit' }) }, inLocale(view))

/** How much there is to be seen, and until when. */
export function recordingFacts(view: View, { held, keptUntil, status }: Transmission): Html[] {
  const locale = inLocale(view)
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const
  return [
    html`${m.site_recordings_length({ length: lengthText(view, lengthOf(held)) }, locale)}`,
    ...(keptUntil === undefined
      ? []
      : [html`${m.site_recordings_kept({ day: formatInstant(view, keptUntil, day) }, locale)}`]),
    ...(status === 'ended' ? [] : [html`${m.site_recordings_running({}, locale)}`]),
  ]
}

/** Hours and minutes; less than a minute counts as one. */
function lengthText({ locale }: View, milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000))
  const format = (value: number, unit: 'hour' | 'minute'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit }).format(value)
  const hours = Math.floor(minutes / 60)
  return [...(hours > 0 ? [format(hours, 'hour')] : []), format(minutes % 60, 'minute')].join(' ')
}
