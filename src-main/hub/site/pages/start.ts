import { m } from '../../../../shared/i18n/index.ts'
import type { Meeting, Paper } from '../../../../shared/oparl/index.ts'
import type { PublicCatalogue } from '../../public-catalogue.ts'
import { html } from '../html.ts'
import { meetingList, more, paperList, section } from '../parts.ts'
import { inLocale, townName, written, type Page, type View } from '../view.ts'

export const byStart = (a: Meeting, b: Meeting): number =>
  Date.parse(a.start) - Date.parse(b.start) || (a._id < b._id ? -1 : 1)

/** How long a meeting counts as coming when nobody said when it ends. */
const longestMeeting = 6 * 3_600_000

export const comingMeetings = (meetings: readonly Meeting[], now: number): Meeting[] =>
  meetings
    .filter((meeting) => (meeting.end ? Date.parse(meeting.end) : Date.parse(meeting.start) + longestMeeting) >= now)
    .sort(byStart)

export const pastMeetings = (meetings: readonly Meeting[], now: number): Meeting[] => {
  const coming = new Set(comingMeetings(meetings, now))
  return meetings.filter((meeting) => !coming.has(meeting)).sort((a, b) => byStart(b, a))
}

const newestFirst = (a: Paper, b: Paper): number =>
  (b.date ?? b.created).localeCompare(a.date ?? a.created) || (a._id < b._id ? 1 : -1)
const sorted = new WeakMap<readonly Paper[], Paper[]>()

/** All papers, the newest first; sorted once for every state of the catalogue. */
export function newestPapers(catalogue: PublicCatalogue): readonly Paper[] {
  const papers = catalogue.all('paper')
  const known = sorted.get(papers) ?? [...papers].sort(newestFirst)
  sorted.set(papers, known)
  return known
}

/** What comes next and what is new. */
export function startPage(view: View): Page {
  const locale = inLocale(view)
  const title = townName(view) ?? m.common_app_name({}, locale)
  const next = comingMeetings(view.catalogue.all('meeting'), view.now).slice(0, 6)
  const papers = newestPapers(view.catalogue).slice(0, 8)
  return {
    title,
    main: html`<h1>${written(view, title)}</h1>
      <p class="lead">${m.site_start_intro({}, locale)}</p>
      <div class="columns">
        ${section(
          m.site_start_next({}, locale),
          next.length > 0
            ? [meetingList(view, next), more(view, '/meetings', m.site_start_all_meetings({}, locale))]
            : [],
          m.site_start_no_next({}, locale),
        )}
        ${section(
          m.site_start_papers({}, locale),
          papers.length > 0
            ? [paperList(view, papers), more(view, '/papers', m.site_start_all_papers({}, locale))]
            : [],
          m.site_start_no_papers({}, locale),
        )}
      </div>`,
  }
}
