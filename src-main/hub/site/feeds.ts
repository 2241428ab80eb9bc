import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { m } from '../../../shared/i18n/index.ts'
import type { Meeting, OparlLocation, Organization } from '../../../shared/oparl/index.ts'
import type { PublicCatalogue } from '../public-catalogue.ts'
import { html } from './html.ts'
import { newestPapers } from './pages/start.ts'
import { pathOf } from './view.ts'

const papersInFeed = 50

/** Public meetings of an organization as iCalendar (RFC 5545). `publicUrl`: origin of the hub. */
export function organizationToIcal(catalogue: PublicCatalogue, organization: Organization, publicUrl: string): string {
  const calendar = ical({
    name: organization.name,
    prodId: '//Ratssaal//Ratssaal//DE',
    method: ICalCalendarMethod.PUBLISH,
  })
  for (const meeting of catalogue.naming('meeting', organization._id))
    calendar.createEvent({
      // Stable over the life of a meeting, so that calendars replace what they have.
      id: `${meeting._id.replace(':', '-')}@${new URL(publicUrl).hostname}`,
      start: new Date(meeting.start),
      ...(meeting.end ? { end: new Date(meeting.end) } : {}),
      stamp: new Date(meeting.modified),
      lastModified: new Date(meeting.modified),
      summary: meeting.name,
      url: `${publicUrl}${pathOf(meeting._id)}`,
      status: meeting.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...placeOf(catalogue, meeting),
    })
  return calendar.toString()
}

function placeOf(catalogue: PublicCatalogue, meeting: Meeting): { location?: string } {
  const location: OparlLocation | undefined = catalogue.get('location', meeting.location)
  if (!location) return {}
  const { description, room, streetAddress, postalCode, locality } = location
  return { location: [description, room, streetAddress, postalCode, locality].filter(Boolean).join(', ') }
}

/** The newest papers as an Atom feed (RFC 4287). */
export function papersToAtom(catalogue: PublicCatalogue, publicUrl: string): string {
  const papers = newestPapers(catalogue).slice(0, papersInFeed)
  const town = catalogue.all('body')[0]?.name ?? m.common_app_name({}, { locale: 'de' })
  const newest = papers.map((paper) => paper.modified).sort()
  return html`<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
      <id>${publicUrl}/papers.atom</id>
      <title>${m.site_feed_papers({ town }, { locale: 'de' })}</title>
      <updated>${newest.at(-1) ?? new Date(0).toISOString()}</updated>
      <link rel="self" href="${publicUrl}/papers.atom" />
      <link rel="alternate" href="${publicUrl}/papers" />
      <author><name>${town}</name></author>
      ${papers.map(
        (paper) =>
          html`<entry>
            <id>${publicUrl}${pathOf(paper._id)}</id>
            <title>${paper.reference ? `${paper.reference}: ${paper.name}` : paper.name}</title>
            <published>${paper.created}</published>
            <updated>${paper.modified}</updated>
            <link rel="alternate" type="text/html" href="${publicUrl}${pathOf(paper._id)}" />
          </entry>`,
      )}
    </feed> `.text
}
