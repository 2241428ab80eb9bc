import { m } from '../../../shared/i18n/index.ts'
import type { Meeting, OparlFile, OparlLocation, Paper } from '../../../shared/oparl/index.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import { html, type Html } from './html.ts'
import { dayOf, formatDay, formatInstant, hrefOf, inLocale, linkTo, written, type View } from './view.ts'

/** A list of facts: name and value; entries without a value are left out. */
export const facts = (entries: readonly (readonly [string, Html | string | undefined])[]): Html =>
  html`<dl class="facts">
    ${entries.flatMap(([name, value]) =>
      value === undefined
        ? []
        : html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>`

/** A section with a heading, or the sentence that says that there is nothing. */
export const section = (title: string, content: readonly Html[] | Html, empty?: string): Html =>
  html`<section>
    <h2>${title}</h2>
    ${Array.isArray(content) && content.length === 0 ? html`<p class="quiet">${empty}</p>` : content}
  </section>`

export const joined = (parts: readonly (Html | string | undefined)[], between = ', '): Html =>
  html`${parts.filter((part) => part !== undefined).map((part, index) => html`${index > 0 && between}${part}`)}`

export function addressOf(view: View, location: OparlLocation | undefined): Html | undefined {
  if (!location) return undefined
  const town = [location.postalCode, location.locality].filter(Boolean).join(' ')
  const parts = [location.description, location.room, location.streetAddress, town].filter(Boolean)
  return parts.length > 0 ? written(view, parts.join(', ')) : undefined
}

export const organizationLinks = (view: View, ids: readonly string[]): Html[] =>
  ids.flatMap((id) => {
    const organization = view.catalogue.get('organization', id)
    return organization ? linkTo(view, organization) : []
  })

const cancelledTag = (view: View): Html =>
  html`<span class="tag tag-critical">${m.site_cancelled({}, inLocale(view))}</span>`

/** A day as a leaf of the calendar. */
export const dateLeaf = (view: View, instant: string | number): Html =>
  html`<time class="leaf" datetime="${dayOf(view, instant)}">
    <span>${formatInstant(view, instant, { weekday: 'short' })}</span>
    <strong>${formatInstant(view, instant, { day: 'numeric' })}</strong>
    <span>${formatInstant(view, instant, { month: 'short', year: '2-digit' })}</span>
  </time>`

/** Meetings as entries with a leaf of the calendar each. */
export const meetingList = (view: View, meetings: readonly Meeting[]): Html =>
  html`<ul class="entries">
    ${meetings.map(
      (meeting) =>
        html`<li class="entry">
          ${dateLeaf(view, meeting.start)}
          <div>
            <h3>${linkTo(view, meeting)} ${meeting.cancelled && cancelledTag(view)}</h3>
            <p class="quiet">
              ${joined(
                [
                  formatInstant(view, meeting.start, { hour: '2-digit', minute: '2-digit' }),
                  addressOf(view, view.catalogue.get('location', meeting.location)),
                ],
                ' · ',
              )}
            </p>
          </div>
        </li>`,
    )}
  </ul>`

export const meetingTags = (view: View, meeting: Meeting): Html | false =>
  meeting.cancelled === true && html`<p>${cancelledTag(view)}</p>`

export const paperList = (view: View, papers: readonly Paper[]): Html =>
  html`<ul class="entries">
    ${papers.map(
      (paper) =>
        html`<li class="entry entry-plain">
          <h3>${linkTo(view, paper)}</h3>
          <p class="quiet">
            ${joined(
              [
                written(view, paper.reference),
                written(view, paper.paperType),
                paper.date === undefined ? undefined : formatDay(view, paper.date),
              ],
              ' · ',
            )}
          </p>
        </li>`,
    )}
  </ul>`

const sizeOf = (view: View, bytes: number): string => {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  const digits = unit === 'megabyte' ? 1 : 0
  return new Intl.NumberFormat(view.locale, { style: 'unit', unit, maximumFractionDigits: digits }).format(value)
}

/** Files to open; name, kind, size and pages are part of the link, so that nobody is surprised by a download. */
export const fileList = (view: View, files: readonly OparlFile[]): Html =>
  html`<ul class="files">
    ${files.map((file) => {
      const kind = file.mimeType.split('/').at(-1)?.replace('+xml', '').toUpperCase() ?? file.mimeType
      const pages = file.pages === undefined ? undefined : m.site_file_pages({ count: file.pages }, inLocale(view))
      return html`<li>
        <a href="${paths.file(file.sha512)}"
          >${written(view, file.name)} <span class="quiet">(${joined([kind, sizeOf(view, file.size), pages])})</span></a
        >
        ${file.authors && madeTogether(view, file, file.authors)}
      </li>`
    })}
  </ul>`

/** Who drew what was added to the record, and by what everybody can check that it is still that. */
function madeTogether(view: View, file: OparlFile, authors: readonly string[]): Html {
  const locale = inLocale(view)
  const names = new Intl.ListFormat(view.locale, { type: 'conjunction' }).format(authors)
  return html`<p class="quiet made">
    ${m.site_file_authors({ names }, locale)}<br />${m.site_file_checksum({}, locale)} <code>${file.sha512}</code>
  </p>`
}

export const filesOf = (view: View, ids: readonly (string | undefined)[]): OparlFile[] =>
  ids.flatMap((id) => view.catalogue.get('file', id) ?? [])

const perPage = 25

/** One page of a list; undefined when there are fewer pages. `asked` is the number that the address names. */
export function pageOf<Entry>(
  entries: readonly Entry[],
  asked: string | undefined,
): { readonly shown: readonly Entry[]; readonly page: number; readonly pages: number } | undefined {
  const pages = Math.max(1, Math.ceil(entries.length / perPage))
  const page = asked === undefined ? 1 : Number(asked)
  if (!Number.isInteger(page) || page < 1 || page > pages) return undefined
  return { shown: entries.slice((page - 1) * perPage, page * perPage), page, pages }
}

/** The way to the other pages of a list, where there are any; `path` may have a query. */
export function pageSteps(view: View, path: string, { page, pages }: { page: number; pages: number }): Html | false {
  const locale = inLocale(view)
  const addressOfPage = (to: number): string => `${path}${path.includes('?') ? '&' : '?'}page=${to}`
  const step = (to: number, text: string, rel: string): Html =>
    html`<li><a href="${hrefOf(view, to === 1 ? path : addressOfPage(to))}" rel="${rel}">${text}</a></li>`
  return (
    pages > 1 &&
    html`<nav class="steps" aria-label="${m.site_papers_pages({}, locale)}">
      <ul>
        ${page > 1 && step(page - 1, m.site_papers_previous({}, locale), 'prev')}
        <li>${m.site_papers_page({ page, pages }, locale)}</li>
        ${page < pages && step(page + 1, m.site_papers_next({}, locale), 'next')}
      </ul>
    </nav>`
  )
}

export const more = (view: View, path: string, text: string): Html =>
  html`<p class="more"><a href="${hrefOf(view, path)}">${text}</a></p>`
