import { m } from '../../../../shared/i18n/index.ts'
import type { AgendaItem, Consultation, Paper } from '../../../../shared/oparl/index.ts'
import { html, type Html } from '../html.ts'
import { facts, fileList, filesOf, joined, organizationLinks, paperList, section } from '../parts.ts'
import { resolutionList } from '../minutes/resolution-list.ts'
import { formatDay, formatInstant, hrefOf, inLocale, linkTo, pathOf, written, type Page, type View } from '../view.ts'

/** A paper with its files and its way through the committees. */
export function paperPage(view: View, paper: Paper): Page {
  const locale = inLocale(view)
  const originators = [
    ...organizationLinks(view, paper.originatorOrganization ?? []),
    ...(paper.originatorPerson ?? [])
      .flatMap((id) => view.catalogue.get('person', id) ?? [])
      .map((p) => linkTo(view, p)),
  ]
  const direction = organizationLinks(view, paper.underDirectionOf ?? [])
  const files = filesOf(view, [paper.mainFile, ...(paper.auxiliaryFile ?? [])])
  const related = (paper.relatedPaper ?? []).flatMap((id) => view.catalogue.get('paper', id) ?? [])
  const steps = consultationsInOrder(view, paper)
  const chain = steps.map((step) => chainStep(view, step))
  const resolutions = steps.flatMap((step) => view.catalogue.naming('resolution', itemOf(view, step)?._id ?? ''))
  return {
    title: paper.name,
    main: html`<h1>${written(view, paper.name)}</h1>
      ${facts([
        [m.site_paper_reference({}, locale), written(view, paper.reference)],
        [m.site_paper_type({}, locale), written(view, paper.paperType)],
        [m.site_paper_date({}, locale), paper.date === undefined ? undefined : formatDay(view, paper.date)],
        [m.site_paper_originator({}, locale), originators.length > 0 ? joined(originators) : undefined],
        [m.site_paper_direction({}, locale), direction.length > 0 ? joined(direction) : undefined],
      ])}
      ${section(m.site_paper_files({}, locale), files.length > 0 ? fileList(view, files) : [], m.site_paper_no_files({}, locale))}
      ${section(
        m.site_paper_chain({}, locale),
        chain.length > 0
          ? html`<ol class="chain">
              ${chain}
            </ol>`
          : [],
        m.site_paper_no_chain({}, locale),
      )}
      ${resolutions.length > 0 && section(m.site_resolutions_title({}, locale), resolutionList(view, resolutions))}
      ${related.length > 0 && section(m.site_paper_related({}, locale), paperList(view, related))}`,
  }
}

/** By the time of the meeting; what has no date yet comes last. */
function consultationsInOrder(view: View, paper: Paper): readonly Consultation[] {
  const startOf = (consultation: Consultation): number =>
    Date.parse(view.catalogue.get('meeting', consultation.meeting)?.start ?? '9999-12-31T00:00:00Z')
  return [...view.catalogue.naming('consultation', paper._id)].sort((a, b) => startOf(a) - startOf(b))
}

const itemOf = ({ catalogue }: View, { _id, agendaItem }: Consultation): AgendaItem | undefined =>
  catalogue.get('agenda-item', agendaItem) ?? catalogue.naming('agenda-item', _id)[0]

function chainStep(view: View, consultation: Consultation): Html {
  const locale = inLocale(view)
  const meeting = view.catalogue.get('meeting', consultation.meeting)
  const item = itemOf(view, consultation)
  const when = meeting && formatInstant(view, meeting.start, { day: 'numeric', month: 'long', year: 'numeric' })
  const role = consultation.role ?? (consultation.authoritative ? m.site_paper_decides({}, locale) : undefined)
  return html`<li class="${consultation.authoritative && 'deciding'}">
    <p class="agenda-name">${joined(organizationLinks(view, consultation.organization))}</p>
    <p class="quiet">
      ${joined(
        [
          consultation.role === undefined ? role : written(view, role),
          meeting
            ? html`<a href="${hrefOf(view, pathOf((item ?? meeting)._id))}">${when}</a>`
            : m.site_paper_date_open({}, locale),
          written(view, item?.result),
        ],
        ' · ',
      )}
    </p>
  </li>`
}
