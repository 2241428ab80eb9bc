import { m } from '../../../../shared/i18n/index.ts'
import { html } from '../html.ts'
import { pageSteps } from '../parts.ts'
import { inLocale, type Page, type View } from '../view.ts'
import { resolutionList } from './resolution-list.ts'

const perPage = 25

/** All resolutions, the newest first, page by page; undefined when there are fewer pages. */
export function resolutionsPage(view: View, asked: string | undefined): Page | undefined {
  const locale = inLocale(view)
  const resolutions = [...view.catalogue.all('resolution')].sort((a, b) => (a.decided < b.decided ? 1 : -1))
  const pages = Math.max(1, Math.ceil(resolutions.length / perPage))
  const page = asked === undefined ? 1 : Number(asked)
  if (!Number.isInteger(page) || page < 1 || page > pages) return undefined
  const title = m.site_resolutions_title({}, locale)
  const count = resolutions.length
  return {
    title: page === 1 ? title : `${title} (${page})`,
    main: html`<h1>${title}</h1>
      ${
        count === 0
          ? html`<p class="quiet">${m.site_resolutions_empty({}, locale)}</p>`
          : html`<p class="quiet">${m.site_resolutions_count({ count }, locale)}</p>
              <h2 class="unseen">${m.site_papers_page({ page, pages }, locale)}</h2>
              ${resolutionList(view, resolutions.slice((page - 1) * perPage, page * perPage))}`
      }
      ${pageSteps(view, '/resolutions', { page, pages })}`,
  }
}
