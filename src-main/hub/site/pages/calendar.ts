import { m } from '../../../../shared/i18n/index.ts'
import type { Meeting } from '../../../../shared/oparl/index.ts'
import { html } from '../html.ts'
import { meetingList } from '../parts.ts'
import { byStart } from './start.ts'
import { dayOf, formatInstant, hrefOf, inLocale, type Page, type View } from '../view.ts'

/** The month a number of months away, `yyyy-mm`. */
function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

/** The meetings of one month; `month` is `yyyy-mm`, the current one when it is none. */
export function calendarPage(view: View, month: string | undefined): Page {
  const locale = inLocale(view)
  const current = dayOf(view, view.now).slice(0, 7)
  const shown = month && /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])$/.test(month) ? month : current
  const all = view.catalogue.all('meeting').toSorted(byStart)
  const monthOf = ({ start }: Meeting): string => dayOf(view, start).slice(0, 7)
  const meetings = all.filter((meeting) => monthOf(meeting) === shown)
  const name = formatInstant(view, `${shown}-15T12:00:00Z`, { month: 'long', year: 'numeric' })
  const title = m.site_calendar_title({ month: name }, locale)
  const step = (to: string, text: string, rel?: string) =>
    html`<li><a href="${hrefOf(view, `/meetings?month=${to}`)}" ${rel && html`rel="${rel}"`}>${text}</a></li>`
  const nearest = (name: string, meeting: Meeting | undefined) =>
    meeting &&
    html`<h2>${name}</h2>
      ${meetingList(view, [meeting])}`
  return {
    title,
    main: html`<h1>${title}</h1>
      <nav class="steps" aria-label="${m.site_calendar_months({}, locale)}">
        <ul>
          ${step(monthAfter(shown, -1), m.site_calendar_previous({}, locale), 'prev')}
          ${shown !== current && step(current, m.site_calendar_today({}, locale))}
          ${step(monthAfter(shown, 1), m.site_calendar_next({}, locale), 'next')}
        </ul>
      </nav>
      ${
        meetings.length > 0
          ? html`<h2 class="unseen">${name}</h2>
              ${meetingList(view, meetings)}`
          : html`<p class="quiet">${m.site_calendar_empty({}, locale)}</p>
              ${nearest(
                m.site_calendar_before({}, locale),
                all.findLast((meeting) => monthOf(meeting) < shown),
              )}
              ${nearest(
                m.site_calendar_after({}, locale),
                all.find((meeting) => monthOf(meeting) > shown),
              )}`
      }`,
  }
}
