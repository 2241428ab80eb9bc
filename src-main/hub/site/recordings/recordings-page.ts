import { m } from '../../../../shared/i18n/index.ts'
import { html, type Html } from '../html.ts'
import { dateLeaf, joined, organizationLinks, pageOf, pageSteps } from '../parts.ts'
import { hrefOf, inLocale, linkTo, written, type Page, type View } from '../view.ts'
import {
  atTime,
  markName,
  recordedMeetings,
  recordingFacts,
  watchHref,
  type RecordedMeeting,
} from './recorded-meetings.ts'
import { searchRecordings, type Hit } from './recording-search.ts'

const path = '/recordings'

/** What was asked for: words, where something is searched, and a page of the list. */
export interface RecordingsQuery {
  readonly words: string | undefined
  readonly page: string | undefined
}

/** All recordings, or the places in them at which something was found; undefined when there are fewer pages. */
export function recordingsPage(view: View, { words = '', page }: RecordingsQuery): Page | undefined {
  const locale = inLocale(view)
  const main = words.trim() === '' ? allRecordings(view, page) : foundPlaces(view, words, page)
  return (
    main && {
      title: m.site_recordings_title({}, locale),
      hasForm: true,
      main: html`<h1>${m.site_recordings_title({}, locale)}</h1>
        <p class="lead">${m.site_recordings_intro({}, locale)}</p>
        ${searchForm(view, words)} ${main}`,
    }
  )
}

const searchForm = (view: View, words: string): Html =>
  html`<form class="search" role="search" action="${hrefOf(view, path)}">
    <label for="search-words">${m.site_recordings_search({}, inLocale(view))}</label>
    <p class="quiet" id="search-hint">${m.site_recordings_search_hint({}, inLocale(view))}</p>
    <div class="search-row">
      <input
        id="search-words"
        type="search"
        name="q"
        value="${words}"
        maxlength="200"
        autocomplete="off"
        aria-describedby="search-hint"
      />
      <button>${m.site_recordings_search_go({}, inLocale(view))}</button>
    </div>
  </form>`

function allRecordings(view: View, asked: string | undefined): Html | undefined {
  const locale = inLocale(view)
  const recordings = recordedMeetings(view)
  const listed = pageOf(recordings, asked)
  if (!listed) return undefined
  if (recordings.length === 0) return html`<p class="quiet">${m.site_recordings_empty({}, locale)}</p>`
  return html`<p class="quiet">${m.site_recordings_count({ count: recordings.length }, locale)}</p>
    <h2 class="unseen">${m.site_papers_page(listed, locale)}</h2>
    <ul class="entries">
      ${listed.shown.map((recorded) => recordingEntry(view, recorded))}
    </ul>
    ${pageSteps(view, path, listed)}`
}

const recordingEntry = (view: View, { meeting, transmission }: RecordedMeeting): Html =>
  html`<li class="entry">
    ${dateLeaf(view, meeting.start)}
    <div>
      <h3>${linkTo(view, meeting)}</h3>
      <p class="quiet">${joined(organizationLinks(view, meeting.organization))}</p>
      <p class="quiet">${joined(recordingFacts(view, transmission), ' · ')}</p>
      <p class="more">
        <a href="${watchHref(view, meeting)}"
          >${m.site_recordings_watch({}, inLocale(view))}<span class="unseen">: ${written(view, meeting.name)}</span></a
        >
      </p>
    </div>
  </li>`

function foundPlaces(view: View, words: string, asked: string | undefined): Html | undefined {
  const locale = inLocale(view)
  const hits = searchRecordings(view, words)
  const listed = pageOf(hits, asked)
  if (!listed) return undefined
  const all = html`<p class="more"><a href="${hrefOf(view, path)}">${m.site_recordings_search_all({}, locale)}</a></p>`
  if (hits.length === 0)
    return html`<p role="status">${m.site_recordings_none_found({}, locale)}</p>
      ${all}`
  return html`<p role="status">${m.site_recordings_found({ count: hits.length }, locale)}</p>
    <h2 class="unseen">${m.site_recordings_results({}, locale)}</h2>
    <ul class="entries">
      ${listed.shown.map((hit) => hitEntry(view, hit))}
    </ul>
    ${pageSteps(view, `${path}?q=${encodeURIComponent(words)}`, listed)} ${all}`
}

function hitEntry(view: View, { meeting, at, item, speech, caption }: Hit): Html {
  const name = speech && joined([written(view, speech.name), written(view, speech.faction)], ', ')
  const said = caption === undefined ? undefined : html`„${written(view, caption)}“`
  const hasOwnName = speech !== undefined || caption !== undefined
  const title = said ?? name ?? (item && markName(view, item))
  return html`<li class="entry">
    ${dateLeaf(view, at)}
    <div>
      <h3><a href="${watchHref(view, meeting, at)}">${title}</a></h3>
      <p class="quiet">
        ${joined([hasOwnName && item ? markName(view, item) : undefined, linkTo(view, meeting), atTime(view, at)], ' · ')}
      </p>
    </div>
  </li>`
}
