import type { MeetingProgress } from '../../../../shared/council/meeting-progress.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { Meeting } from '../../../../shared/oparl/index.ts'
import { html, type Html } from '../html.ts'
import { joined, more } from '../parts.ts'
import { formatInstant, hrefOf, inLocale, pathOf, type Page, type View } from '../view.ts'
import { itemNames, livePath, nowParts, part, resultsPart, staleNote } from './progress.ts'

const clock = { hour: '2-digit', minute: '2-digit' } as const

/**
 * The text mirror: all that the room sees and hears of a meeting's course, as text in one column, kept current. For
 * screen readers, small screens and whoever reads along. Nothing before the opening.
 */
export function mirrorPage(view: View, meeting: Meeting): Page | undefined {
  const progress = view.catalogue.progress(meeting._id)
  if (!progress) return undefined
  const locale = inLocale(view)
  const isLive = progress.phase !== 'closed'
  return {
    title: m.site_mirror_title({ meeting: meeting.name }, locale),
    isLive,
    main: html`<h1>${m.site_mirror_title({ meeting: meeting.name }, locale)}</h1>
      ${isLive && html`<p class="quiet">${m.site_mirror_intro({}, locale)}</p>`}
      <div class="mirror" ${isLive && html`data-live="${hrefOf(view, livePath(meeting))}"`}>
        ${isLive && staleNote(view)}
        <section aria-labelledby="mirror-now">
          <h2 id="mirror-now">${isLive ? m.site_mirror_now({}, locale) : m.site_live_went({}, locale)}</h2>
          ${nowParts(view, progress)}
        </section>
        <section aria-labelledby="mirror-agenda">
          <h2 id="mirror-agenda">${m.site_meeting_agenda({}, locale)}</h2>
          ${agendaPart(view, progress)}
        </section>
        <section aria-labelledby="mirror-results">
          <h2 id="mirror-results">${m.site_mirror_decided({}, locale)}</h2>
          ${resultsPart(view, progress)}
        </section>
      </div>
      ${more(view, pathOf(meeting._id), m.site_mirror_back({}, locale))}`,
  }
}

const statusWords = {
  waiting: m.site_mirror_waiting,
  open: m.site_mirror_open,
  done: m.site_mirror_done,
  deferred: m.site_mirror_deferred,
  withdrawn: m.site_mirror_withdrawn,
} as const

/** The public items, each with how far it is and when it was dealt with. */
export function agendaPart(view: View, progress: MeetingProgress): Html {
  const nameOf = itemNames(view, progress)
  const times = (spans: MeetingProgress['items'][number]['spans']): string[] =>
    spans.map(({ from, to }) => joinedTimes(view, from, to))
  return part(
    'agenda',
    html`<ul class="progress-agenda">
      ${progress.items.map(
        ({ item, status, spans }) =>
          html`<li ${status === 'open' && html`aria-current="step"`}>
            ${nameOf(item)}
            <span class="quiet">${joined([statusWords[status]({}, inLocale(view)), ...times(spans)])}</span>
          </li>`,
      )}
    </ul>`,
    false,
  )
}

const joinedTimes = (view: View, from: string, to: string | undefined): string =>
  to === undefined
    ? `${m.site_live_since_short({}, inLocale(view))} ${formatInstant(view, from, clock)}`
    : `${formatInstant(view, from, clock)}–${formatInstant(view, to, clock)}`
