import { m } from '../../../../shared/i18n/index.ts'
import type { Membership, Organization } from '../../../../shared/oparl/index.ts'
import { isRunning } from '../../../../shared/oparl/membership.ts'
import { html, type Html } from '../html.ts'
import { addressOf, facts, meetingList, organizationLinks, section } from '../parts.ts'
import { dayOf, formatDay, inLocale, linkTo, pathOf, written, type Page, type View } from '../view.ts'
import { comingMeetings, pastMeetings } from './start.ts'

/** An organization with its members and meetings. */
export function organizationPage(view: View, organization: Organization): Page {
  const locale = inLocale(view)
  const today = dayOf(view, view.now)
  const members = view.catalogue
    .naming('membership', organization._id)
    .filter((membership) => membership.organization === organization._id && isRunning(membership, today))
  const meetings = view.catalogue.naming('meeting', organization._id)
  const [coming, past] = [comingMeetings(meetings, view.now), pastMeetings(meetings, view.now).slice(0, 12)]
  const noMeetings = m.site_organization_no_meetings({}, locale)
  return {
    title: organization.name,
    main: html`<h1>${written(view, organization.name)}</h1>
      ${facts([
        [m.site_paper_type({}, locale), written(view, organization.classification)],
        [m.site_person_address({}, locale), addressOf(view, view.catalogue.get('location', organization.location))],
      ])}
      ${section(
        m.site_organization_members({}, locale),
        members.length > 0 ? memberTable(view, members) : [],
        m.site_organization_no_members({}, locale),
      )}
      ${section(m.site_organization_next({}, locale), coming.length > 0 ? meetingList(view, coming) : [], noMeetings)}
      <p class="more">
        <a href="${pathOf(organization._id)}/calendar.ics">${m.site_organization_calendar({}, locale)}</a>
      </p>
      ${past.length > 0 && section(m.site_organization_past({}, locale), meetingList(view, past))}`,
  }
}

function memberTable(view: View, members: readonly Membership[]): Html {
  const locale = inLocale(view)
  const rows = members.flatMap((membership) => {
    const person = view.catalogue.get('person', membership.person)
    return person ? { membership, person } : []
  })
  rows.sort((a, b) => a.person.familyName.localeCompare(b.person.familyName, 'de'))
  const columns = [
    m.site_member_name,
    m.site_member_role,
    m.site_member_on_behalf,
    m.site_member_vote,
    m.site_member_since,
  ]
  return html`<div class="wide" role="region" aria-label="${m.site_organization_members({}, locale)}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column({}, locale)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ membership, person }) =>
            html`<tr>
              <th scope="row">${linkTo(view, person)}</th>
              <td>${written(view, membership.role)}</td>
              <td>${membership.onBehalfOf !== undefined && organizationLinks(view, [membership.onBehalfOf])}</td>
              <td>${membership.votingRight ? m.site_yes({}, locale) : m.site_no({}, locale)}</td>
              <td>${membership.startDate !== undefined && formatDay(view, membership.startDate)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
