import { m } from '../../../../shared/i18n/index.ts'
import type { Meeting } from '../../../../shared/oparl/index.ts'
import type { Transmission } from '../../public-transmissions.ts'
import { html, type Html } from '../html.ts'
import { joined, section } from '../parts.ts'
import { formatInstant, inLocale, type View } from '../view.ts'
import { atTime, markName, marksOf, recordingFacts, watchHref } from './recorded-meetings.ts'

/** Where a meeting is to be watched: from when on, live, or what is recorded of it with a mark for each item. */
export function transmissionSection(view: View, meeting: Meeting): Html | false {
  const locale = inLocale(view)
  const transmission = view.transmissionOf(meeting._id)
  if (!transmission) return false
  const isRecorded = transmission.held.length > 0
  const state = stateOf(view, meeting, transmission)
  if (!isRecorded && state === undefined) return false
  const { items } = marksOf(view, { meeting, transmission })
  const link = state === undefined ? m.site_recordings_watch({}, locale) : m.watch_link({}, locale)
  return section(
    m.site_transmission_title({}, locale),
    html`${state !== undefined && html`<p>${state}</p>`}
      ${isRecorded && html`<p class="quiet">${joined(recordingFacts(view, transmission), ' · ')}</p>`}
      <p class="more"><a href="${watchHref(view, meeting)}">${link}</a></p>
      ${
        items.length > 0 &&
        html`<h3>${m.site_transmission_marks({}, locale)}</h3>
          <ul class="links">
            ${items.map(
              (mark) =>
                html`<li>
                  <a href="${watchHref(view, meeting, mark.at)}"
                    >${markName(view, mark)} <span class="quiet">(${atTime(view, mark.at)})</span></a
                  >
                </li>`,
            )}
          </ul>`
      }`,
  )
}

/** How the transmission stands; undefined once it is over. */
function stateOf(view: View, meeting: Meeting, { status }: Transmission): string | undefined {
  const locale = inLocale(view)
  switch (status) {
    case 'waiting':
      return m.watch_status_waiting({ time: formatInstant(view, meeting.start, { timeStyle: 'short' }) }, locale)
    case 'live':
      return m.site_transmission_live({}, locale)
    case 'closed':
      return m.watch_status_closed({}, locale)
    case 'silent':
      return m.watch_status_silent({}, locale)
    default:
      return undefined
  }
}
