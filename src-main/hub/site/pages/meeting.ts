import type { MeetingProgress } from '../../../../shared/council/meeting-progress.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { AgendaItem, Meeting } from '../../../../shared/oparl/index.ts'
import { numberAgenda, sortAgenda } from '../../../../shared/rules/numbering.ts'
import { html, type Html } from '../html.ts'
import { addressOf, facts, fileList, filesOf, joined, meetingTags, organizationLinks, section } from '../parts.ts'
import { minutesSection } from '../minutes/minutes-page.ts'
import { transmissionSection } from '../recordings/transmission-section.ts'
import { progressSection } from './progress.ts'
import { formatInstant, hrefOf, inLocale, linkTo, pathOf, written, type Page, type View } from '../view.ts'

const moment = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
const clock = { hour: '2-digit', minute: '2-digit' } as const

export const whenOf = (view: View, meeting: Meeting): Html =>
  html`<time datetime="${meeting.start}">${formatInstant(view, meeting.start, { ...moment, ...clock })}</time>${
      meeting.end && ` – ${formatInstant(view, meeting.end, clock)}`
    }`

const isRunning = (progress: MeetingProgress | undefined): boolean =>
  progress !== undefined && progress.phase !== 'closed'

/** One meeting with its public agenda; of closed items only number and neutral title. */
export function meetingPage(view: View, meeting: Meeting): Page {
  const locale = inLocale(view)
  const items = view.catalogue.naming('agenda-item', meeting._id)
  const numbers = numberAgenda(items)
  const agenda = sortAgenda(items)
  const part = (isPublic: boolean): Html[] =>
    agenda.filter((item) => item.public === isPublic).map((item) => agendaEntry(view, item, numbers.get(item._id) ?? 0))
  const [open, closed] = [part(true), part(false)]
  const files = filesOf(view, [meeting.invitation, ...(meeting.auxiliaryFile ?? [])])
  return {
    title: meeting.name,
    isLive: isRunning(view.catalogue.progress(meeting._id)),
    main: html`<h1>${written(view, meeting.name)}</h1>
      ${meetingTags(view, meeting)}
      ${facts([
        [m.site_meeting_when({}, locale), whenOf(view, meeting)],
        [m.site_meeting_where({}, locale), addressOf(view, view.catalogue.get('location', meeting.location))],
        [m.site_meeting_who({}, locale), joined(organizationLinks(view, meeting.organization))],
      ])}
      ${transmissionSection(view, meeting)} ${progressSection(view, meeting)} ${minutesSection(view, meeting)}
      ${files.length > 0 && section(m.site_meeting_files({}, locale), fileList(view, files))}
      <section>
        <h2>${m.site_meeting_agenda({}, locale)}</h2>
        ${agenda.length === 0 && html`<p class="quiet">${m.site_meeting_no_agenda({}, locale)}</p>`}
        ${
          open.length > 0 &&
          html`<h3>${m.site_meeting_public_part({}, locale)}</h3>
            <ol class="agenda">
              ${open}
            </ol>`
        }
        ${
          closed.length > 0 &&
          html`<div class="closed-part">
            <h3>${m.site_meeting_closed_part({}, locale)}</h3>
            <p class="quiet">${m.site_meeting_closed_note({}, locale)}</p>
            <ol class="agenda">
              ${closed}
            </ol>
          </div>`
        }
      </section>`,
  }
}

function agendaEntry(view: View, item: AgendaItem, number: number): Html {
  const consultation = view.catalogue.get('consultation', item.consultation)
  const paper = view.catalogue.get('paper', consultation?.paper)
  const reference =
    paper && html`<a href="${hrefOf(view, pathOf(paper._id))}">${written(view, paper.reference ?? paper.name)}</a>`
  const below = joined([reference, written(view, item.result)], ' · ')
  return html`<li value="${number}">
    <span class="number" aria-hidden="true">${number}</span>
    <div>
      <p class="agenda-name">${linkTo(view, item)}</p>
      ${(reference !== undefined || item.result !== undefined) && html`<p class="quiet">${below}</p>`}
    </div>
  </li>`
}
