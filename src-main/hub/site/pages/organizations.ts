import { m } from '../../../../shared/i18n/index.ts'
import type { Organization } from '../../../../shared/oparl/index.ts'
import { organizationTypes } from '../../../../shared/oparl/organization.ts'
import { html, type Html } from '../html.ts'
import { section } from '../parts.ts'
import { dayOf, inLocale, linkTo, type Page, type View } from '../view.ts'

const titles: Readonly<Record<Organization['organizationType'], typeof m.site_organizations_council>> = {
  council: m.site_organizations_council,
  committee: m.site_organizations_committee,
  'advisory-board': m.site_organizations_advisory_board,
  faction: m.site_organizations_faction,
  administration: m.site_organizations_administration,
}

/** All organizations by kind, those that no longer exist at the end. */
export function organizationsPage(view: View): Page {
  const locale = inLocale(view)
  const today = dayOf(view, view.now)
  const all = [...view.catalogue.all('organization')].sort((a, b) => a.name.localeCompare(b.name, 'de'))
  const isFormer = (organization: Organization): boolean => (organization.endDate ?? today) < today
  const list = (organizations: readonly Organization[]): Html =>
    html`<ul class="links">
      ${organizations.map((organization) => html`<li>${linkTo(view, organization)}</li>`)}
    </ul>`
  const kinds = organizationTypes.map((kind) => ({
    title: titles[kind]({}, locale),
    organizations: all.filter((organization) => organization.organizationType === kind && !isFormer(organization)),
  }))
  const former = all.filter(isFormer)
  const title = m.site_organizations_title({}, locale)
  return {
    title,
    main: html`<h1>${title}</h1>
      ${all.length === 0 && html`<p class="quiet">${m.site_organizations_empty({}, locale)}</p>`}
      <div class="columns">
        ${kinds.map(({ title: kind, organizations }) => organizations.length > 0 && section(kind, list(organizations)))}
        ${former.length > 0 && section(m.site_organizations_former({}, locale), list(former))}
      </div>`,
  }
}
