import { m } from '../../../../shared/i18n/index.ts'
import type { AgendaItem } from '../../../../shared/oparl/index.ts'
import { numberAgenda } from '../../../../shared/rules/numbering.ts'
import { html } from '../html.ts'
import { facts, fileList, filesOf, joined, section } from '../parts.ts'
import { inLocale, linkTo, written, type Page, type View } from '../view.ts'
import { resolutionList } from '../minutes/resolution-list.ts'
import { whenOf } from './meeting.ts'

/** One item of an agenda. A closed one says that it is closed and no more. */
export function agendaItemPage(view: View, item: AgendaItem): Page {
  const locale = inLocale(view)
  const meeting = view.catalogue.get('meeting', item.meeting)
  const number = numberAgenda(view.catalogue.naming('agenda-item', item.meeting)).get(item._id) ?? 0
  const paper = view.catalogue.get('paper', view.catalogue.get('consultation', item.consultation)?.paper)
  const files = filesOf(view, item.auxiliaryFile ?? [])
  const resolutions = view.catalogue.naming('resolution', item._id)
  const resolution = filesOf(view, [item.resolutionFile])
  return {
    title: item.name,
    main: html`<p class="kicker">
        ${m.site_item_title({ number }, locale)}
        ${!item.public && html`<span class="tag tag-guarded">${m.site_item_closed({}, locale)}</span>`}
      </p>
      <h1>${written(view, item.name)}</h1>
      ${facts([
        [m.site_item_of({}, locale), meeting && joined([linkTo(view, meeting), whenOf(view, meeting)])],
        [m.site_item_paper({}, locale), paper && joined([written(view, paper.reference), linkTo(view, paper)], ' · ')],
        [m.site_item_result({}, locale), written(view, item.result)],
      ])}
      ${!item.public && html`<p class="quiet">${m.site_meeting_closed_note({}, locale)}</p>`}
      ${
        item.resolutionText !== undefined &&
        section(m.site_item_resolution({}, locale), html`<p class="text">${written(view, item.resolutionText)}</p>`)
      }
      ${resolutions.length > 0 && section(m.site_resolutions_title({}, locale), resolutionList(view, resolutions))}
      ${resolution.length > 0 && section(m.site_item_resolution_file({}, locale), fileList(view, resolution))}
      ${files.length > 0 && section(m.site_item_files({}, locale), fileList(view, files))}`,
  }
}
