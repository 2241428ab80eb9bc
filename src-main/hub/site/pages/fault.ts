import { m } from '../../../../shared/i18n/index.ts'
import { html } from '../html.ts'
import { more } from '../parts.ts'
import { inLocale, type Page, type View } from '../view.ts'

/** Says that there is nothing, that there is nothing any more, or that something broke; and where to go on. */
export function faultPage(view: View, fault: 'missing' | 'gone' | 'failed'): Page {
  const locale = inLocale(view)
  const [status, title, text] = {
    missing: [404, m.site_missing_title, m.site_missing_text] as const,
    gone: [410, m.site_gone_title, m.site_gone_text] as const,
    failed: [500, m.site_failed_title, m.site_failed_text] as const,
  }[fault]
  return {
    status,
    title: title({}, locale),
    main: html`<h1>${title({}, locale)}</h1>
      <p class="lead">${text({}, locale)}</p>
      ${more(view, '/', m.site_to_start({}, locale))}`,
  }
}
