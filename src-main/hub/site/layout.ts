import { m } from '../../../shared/i18n/index.ts'
import { html, type Html } from './html.ts'
import { hrefOf, inLocale, townName, written, type Page, type View } from './view.ts'

const sections = [
  { path: '/', label: m.site_nav_start, holds: /^\/$/ },
  { path: '/meetings', label: m.site_nav_calendar, holds: /^\/(meetings|meeting\/|agenda-item\/)/ },
  { path: '/papers', label: m.site_nav_papers, holds: /^\/papers?(\/|$)/ },
  { path: '/resolutions', label: m.site_nav_resolutions, holds: /^\/resolutions?(\/|$)/ },
  { path: '/recordings', label: m.site_nav_recordings, holds: /^\/recordings$/ },
  { path: '/organizations', label: m.site_nav_organizations, holds: /^\/organizations?(\/|$)/ },
  { path: '/people', label: m.site_nav_people, holds: /^\/(people|person\/)/ },
] as const

const languages = [
  { locale: 'de', name: 'Deutsch' },
  { locale: 'en', name: 'English' },
] as const

/** Addresses of what pages are shown with. */
export interface Assets {
  readonly stylesheet: string
  readonly liveScript: string
}

/** The whole document around a page. Works without script and without cookies. */
export function layoutOf(view: View, page: Page, assets: Assets): Html {
  const town = townName(view) ?? m.common_app_name({}, inLocale(view))
  const path = view.path.split('?')[0] ?? '/'
  return html`<!doctype html>
    <html lang="${view.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title === town ? town : `${page.title} – ${town}`}</title>
        <link rel="stylesheet" href="${assets.stylesheet}" />
        ${page.isLive === true && html`<script type="module" src="${assets.liveScript}"></script>`}
        <link
          rel="alternate"
          type="application/atom+xml"
          href="/papers.atom"
          title="${m.site_footer_feed({}, inLocale(view))}"
        />
        ${languages.map(({ locale }) => html`<link rel="alternate" hreflang="${locale}" href="/${locale}${view.path}" />`)}
      </head>
      <body>
        <a class="skip" href="#main">${m.site_skip({}, inLocale(view))}</a>
        <header class="top">
          <div class="frame top-row">
            <a class="town" href="${hrefOf(view, '/')}">
              <span class="town-name">${written(view, town)}</span>
              <span class="town-line">${m.site_tagline({}, inLocale(view))}</span>
            </a>
            ${languageSwitch(view)}
          </div>
          <nav class="frame" aria-label="${m.site_navigation({}, inLocale(view))}">
            <ul class="sections">
              ${sections.map(
                (section) =>
                  html`<li>
                    <a
                      href="${hrefOf(view, section.path)}"
                      ${section.holds.test(path) && html`aria-current="${path === section.path ? 'page' : 'true'}"`}
                      >${section.label({}, inLocale(view))}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
        </header>
        <main class="frame" id="main" tabindex="-1">${page.main}</main>
        ${footer(view)}
      </body>
    </html>`
}

const languageSwitch = (view: View): Html =>
  html`<nav class="languages" aria-label="${m.site_language({}, inLocale(view))}">
    <ul>
      ${languages.map(
        ({ locale, name }) =>
          html`<li>
            <a
              href="/${locale}${view.path}"
              lang="${locale}"
              hreflang="${locale}"
              ${locale === view.locale && html`aria-current="true"`}
              >${name}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`

const footer = (view: View): Html =>
  html`<footer class="foot">
    <div class="frame">
      <p>${m.site_footer_note({}, inLocale(view))}</p>
      <ul>
        <li><a href="/oparl/v1.1">${m.site_footer_data({}, inLocale(view))}</a></li>
        <li><a href="/papers.atom">${m.site_footer_feed({}, inLocale(view))}</a></li>
        <li><a href="/app/">${m.site_footer_members({}, inLocale(view))}</a></li>
      </ul>
    </div>
  </footer>`
