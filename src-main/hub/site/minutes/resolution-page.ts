import type { Resolution } from '../../../../shared/council/records/index.ts'
import { m } from '../../../../shared/i18n/index.ts'
import { html } from '../html.ts'
import { facts, fileList, filesOf, section } from '../parts.ts'
import { formatDay, formatInstant, inLocale, linkTo, written, type Page, type View } from '../view.ts'
import { nameOf, outcomeOf } from './resolution-list.ts'

const states = {
  none: undefined,
  open: m.site_resolution_open,
  'in-progress': m.site_resolution_in_progress,
  done: m.site_resolution_done,
} as const

/** The excerpt of one resolution: its wording, its result and where it was made. */
export function resolutionPage(view: View, resolution: Resolution): Page {
  const locale = inLocale(view)
  const { decided, announced, question, wording } = resolution
  const meeting = view.catalogue.get('meeting', resolution.meeting)
  const item = view.catalogue.get('agenda-item', resolution.agendaItem)
  const files = filesOf(view, [resolution.file])
  const day = formatInstant(view, decided, { day: 'numeric', month: 'long', year: 'numeric' })
  return {
    title: `${m.site_resolution_title({ day }, locale)}: ${nameOf(resolution)}`,
    main: html`<h1>${m.site_resolution_title({ day }, locale)}</h1>
      ${facts([
        [m.site_resolution_meeting({}, locale), meeting && linkTo(view, meeting)],
        [m.site_resolution_item({}, locale), item && linkTo(view, item)],
        [m.site_resolution_question({}, locale), question === wording ? undefined : written(view, question)],
        [m.site_resolution_result({}, locale), outcomeOf(view, resolution)],
        [m.site_resolution_state({}, locale), states[resolution.state]?.({}, locale)],
      ])}
      ${
        announced &&
        html`<p class="quiet">${m.site_resolution_announced({ day: formatDay(view, announced.day) }, locale)}</p>`
      }
      ${section(m.site_resolution_wording({}, locale), html`<blockquote class="text">${written(view, wording)}</blockquote>`)}
      ${files.length > 0 && section(m.site_resolution_excerpt({}, locale), fileList(view, files))}`,
  }
}
