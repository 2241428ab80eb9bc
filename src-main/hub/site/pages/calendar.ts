import { m } from '../../../../shared/i18n/index.ts'
import { html } from '../html.ts'
import { meetingList } from '../parts.ts'
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
  const meetings = view.catalogue
    .all('meeting')
    .filter((meeting) => dayOf(view, meeting.start).startsWith(shown))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || (a._id < b._id ? -1 : 1))
  const name = formatInstant(view, `${shown}-15T12:00:00Z`, { month: 'long', year: 'numeric' })
  const title = m.site_calendar_title({ month: name }, locale)
  const step = (to: string, text: string, rel?: string) =>
    html`<li><a href="${hrefOf(view, `/meetings?month=${to}`)}" ${rel && html`rel="${rel}"`}>${text}</a></li>`
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
          : html`<p class="quiet">${m.site_calendar_empty({}, locale)}</p>`
      }`,
  }
}
