import { m } from '../../../../shared/i18n/index.ts'
import { html } from '../html.ts'
import { pageOf, pageSteps, paperList } from '../parts.ts'
import { inLocale, type Page, type View } from '../view.ts'
import { newestPapers } from './start.ts'

/** All papers, the newest first, page by page; undefined when there are fewer pages. */
export function papersPage(view: View, asked: string | undefined): Page | undefined {
  const locale = inLocale(view)
  const papers = newestPapers(view.catalogue)
  const listed = pageOf(papers, asked)
  if (!listed) return undefined
  const { shown, page, pages } = listed
  const title = m.site_papers_title({}, locale)
  return {
    title: page === 1 ? title : `${title} (${page})`,
    main: html`<h1>${title}</h1>
      ${
        shown.length === 0
          ? html`<p class="quiet">${m.site_start_no_papers({}, locale)}</p>`
          : html`<p class="quiet">${m.site_papers_count({ count: papers.length }, locale)}</p>
              <h2 class="unseen">${m.site_papers_page({ page, pages }, locale)}</h2>
              ${paperList(view, shown)}`
      }
      ${pageSteps(view, '/papers', { page, pages })}`,
  }
}
