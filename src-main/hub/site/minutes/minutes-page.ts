import { m } from '../../../../shared/i18n/index.ts'
import type { Meeting } from '../../../../shared/oparl/index.ts'
import { publicMinutes, readableMinutes } from '../../../../shared/rules/minutes/index.ts'
import { html, type Html } from '../html.ts'
import { fileList, filesOf, more, section } from '../parts.ts'
import { inLocale, linkTo, pathOf, type Page, type View } from '../view.ts'
import { minutesHtml } from './minutes-html.ts'
import { resolutionList } from './resolution-list.ts'

/** The public minutes of a meeting; undefined before they are published. */
export function minutesPage(view: View, meeting: Meeting): Page | undefined {
  const [minutes] = view.catalogue.naming('minutes', meeting._id)
  const document = minutes && readableMinutes(minutes, view.timeZone)
  if (!document) return undefined
  const files = filesOf(view, [minutes.publicFile, minutes.archiveFile])
  const shown = publicMinutes(document)
  return {
    title: shown.title,
    main: html`<p class="kicker">${linkTo(view, meeting)}</p>
      ${minutesHtml(shown)}
      ${files.length > 0 && section(m.site_minutes_files({}, inLocale(view)), fileList(view, files))}`,
  }
}

/** What remains of a meeting, on the page of the meeting: its minutes and its resolutions, once there are any. */
export function minutesSection(view: View, meeting: Meeting): Html {
  const locale = inLocale(view)
  const [minutes] = view.catalogue.naming('minutes', meeting._id)
  const resolutions = view.catalogue.naming('resolution', meeting._id)
  return html`${
    minutes?.document &&
    section(m.site_minutes({}, locale), more(view, `${pathOf(meeting._id)}/minutes`, m.site_minutes_read({}, locale)))
  }
  ${resolutions.length > 0 && section(m.site_resolutions_title({}, locale), resolutionList(view, resolutions))}`
}
