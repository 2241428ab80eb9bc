import { hrefTo } from '../../ui/router/route.ts'

/** A meeting, or an item of its agenda. */
export interface MeetingPlace {
  readonly meeting: string
  readonly agendaItem?: string | undefined
}

/** The address at which a file is read; it remembers where the file is dealt with, so that people draw on it there. */
export const readingAddress = (
  file: string,
  { at, page }: { at?: MeetingPlace | undefined; page?: number } = {},
): string => hrefTo(`/read/${file}`, { meeting: at?.meeting, item: at?.agendaItem, page: page?.toString() })

/** The place that such an address remembers. */
export function placeIn(query: URLSearchParams): MeetingPlace | undefined {
  const [meeting, item] = [query.get('meeting'), query.get('item')]
  return meeting ? { meeting, ...(item ? { agendaItem: item } : {}) } : undefined
}
