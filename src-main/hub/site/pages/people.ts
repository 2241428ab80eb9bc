import { m } from '../../../../shared/i18n/index.ts'
import type { Membership, Person } from '../../../../shared/oparl/index.ts'
import { isRunning } from '../../../../shared/oparl/membership.ts'
import { html, type Html } from '../html.ts'
import { addressOf, facts, joined, organizationLinks, paperList, section } from '../parts.ts'
import { dayOf, formatDay, inLocale, linkTo, written, type Page, type View } from '../view.ts'

/** Everybody who is or was a member of an organization, by name. */
export function peoplePage(view: View): Page {
  const locale = inLocale(view)
  const people = [...view.catalogue.all('person')].sort(
    (a, b) => a.familyName.localeCompare(b.familyName, 'de') || a.name.localeCompare(b.name, 'de'),
  )
  const title = m.site_people_title({}, locale)
  return {
    title,
    main: html`<h1>${title}</h1>
      ${
        people.length === 0
          ? html`<p class="quiet">${m.site_people_empty({}, locale)}</p>`
          : html`<ul class="links links-wide">
              ${people.map((person) => html`<li>${linkTo(view, person)}</li>`)}
            </ul>`
      }`,
  }
}

const mail = (address: string): Html => html`<a href="mailto:${address}">${address}</a>`
const call = (number: string): Html => html`<a href="tel:${number.replace(/[^\d+]/g, '')}">${number}</a>`

/** One person, with what the person released. */
export function personPage(view: View, person: Person): Page {
  const locale = inLocale(view)
  const today = dayOf(view, view.now)
  const memberships = view.catalogue.naming('membership', person._id)
  const running = memberships.filter((membership) => isRunning(membership, today))
  const former = memberships.filter((membership) => !running.includes(membership))
  const papers = view.catalogue.naming('paper', person._id)
  return {
    title: person.name,
    main: html`<h1>${written(view, person.name)}</h1>
      ${facts([
        [m.site_person_status({}, locale), person.status && written(view, person.status.join(', '))],
        [m.site_person_email({}, locale), person.email && joined(person.email.map(mail))],
        [m.site_person_phone({}, locale), person.phone && joined(person.phone.map(call))],
        [m.site_person_address({}, locale), addressOf(view, view.catalogue.get('location', person.location))],
        [m.site_person_about({}, locale), written(view, person.life)],
      ])}
      ${running.length > 0 && section(m.site_person_memberships({}, locale), membershipList(view, running))}
      ${former.length > 0 && section(m.site_person_former({}, locale), membershipList(view, former))}
      ${papers.length > 0 && section(m.site_person_papers({}, locale), paperList(view, papers))}`,
  }
}

const membershipList = (view: View, memberships: readonly Membership[]): Html =>
  html`<ul class="entries">
    ${memberships.map(
      (membership) =>
        html`<li class="entry entry-plain">
          <p class="agenda-name">${joined(organizationLinks(view, [membership.organization]))}</p>
          <p class="quiet">
            ${joined(
              [
                written(view, membership.role),
                [membership.startDate, membership.endDate]
                  .map((day) => (day === undefined ? '' : formatDay(view, day)))
                  .join(' – ')
                  .replace(/^ – $/, '') || undefined,
              ],
              ' · ',
            )}
          </p>
        </li>`,
    )}
  </ul>`
