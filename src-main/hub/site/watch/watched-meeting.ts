import type { WatchedDocument, WatchedMeeting } from '../../../../shared/hub-api/broadcast.ts'
import { paths } from '../../../../shared/hub-api/contract.ts'
import type { AgendaItem, Meeting, Paper } from '../../../../shared/oparl/index.ts'
import { numberAgenda, sortAgenda } from '../../../../shared/rules/numbering.ts'
import { filesOf } from '../parts.ts'
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
      .map((item) => watchedItem(view, item, numbers.get(item._id) ?? 0)),
    progress: view.catalogue.progress(meeting._id) ?? null,
  }
}

function watchedItem(view: View, item: AgendaItem, number: number): WatchedMeeting['items'][number] {
  const paper = view.catalogue.get('paper', view.catalogue.get('consultation', item.consultation)?.paper)
  const files = [...(item.auxiliaryFile ?? []), paper?.mainFile, ...(paper?.auxiliaryFile ?? []), item.resolutionFile]
  return {
    ...{ item: item._id, number, name: item.name, href: hrefOf(view, pathOf(item._id)) },
    ...(paper ? { paper: watchedPaper(view, paper) } : {}),
    documents: filesOf(view, [...new Set(files)]).map(({ name, mimeType, size, sha512, pages }): WatchedDocument => ({
      ...{ name, href: paths.file(sha512), mimeType, size },
      ...(pages === undefined ? {} : { pages }),
    })),
  }
}

const watchedPaper = (
  view: View,
  { _id, name, reference }: Paper,
): NonNullable<WatchedMeeting['items'][number]['paper']> => ({
  ...{ name, href: hrefOf(view, pathOf(_id)) },
  ...(reference === undefined ? {} : { reference }),
})
