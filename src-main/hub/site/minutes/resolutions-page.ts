import { m } from '../../../../shared/i18n/index.ts'
import { html } from '../html.ts'
import { pageOf, pageSteps } from '../parts.ts'
import { inLocale, type Page, type View } from '../view.ts'
import { resolutionList } from './resolution-list.ts'

/** All resolutions, the newest first, page by page; undefined when there are fewer pages. */
export function resolutionsPage(view: View, asked: string | undefined): Page | undefined {
  const locale = inLocale(view)
  const resolutions = [...view.catalogue.all('resolution')].sort((a, b) => (a.decided < b.decided ? 1 : -1))
  const listed = pageOf(resolutions, asked)
  if (!listed) return undefined
  const { shown, page, pages } = listed
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
              ${resolutionList(view, shown)}`
      }
      ${pageSteps(view, '/resolutions', { page, pages })}`,
  }
}
