import type { WatchedMeeting } from '../../../../shared/hub-api/broadcast.ts'
import type { Meeting } from '../../../../shared/oparl/index.ts'
import { numberAgenda, sortAgenda } from '../../../../shared/rules/numbering.ts'
import { hrefOf, pathOf, townName, type View } from '../view.ts'

/** What is shown beside the picture of a meeting, from what is public alone. */
export function watchedMeeting(view: View, meeting: Meeting): WatchedMeeting {
  const items = view.catalogue.naming('agenda-item', meeting._id)
  const numbers = numberAgenda(items)
  return {
    town: townName(view) ?? '',
    name: meeting.name,
    start: meeting.start,
    timeZone: view.timeZone,
    items: sortAgenda(items)
      .filter((item) => item.public)
      .map(({ _id, name }) => ({ item: _id, number: numbers.get(_id) ?? 0, name, href: hrefOf(view, pathOf(_id)) })),
    progress: view.catalogue.progress(meeting._id) ?? null,
  }
}
