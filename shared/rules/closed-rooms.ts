import type { AnyRecord, RecordType } from '../council/records/index.ts'
import type { AgendaItem, Consultation, Meeting } from '../oparl/index.ts'
import type { PublicationContext } from './record-graph.ts'

/** A record by its id, when it is of that type. */
export function recordOf<Type extends RecordType>(
  id: string | undefined,
  type: Type,
  context: PublicationContext,
): Extract<AnyRecord, { type: Type }> | undefined {
  const record = id === undefined ? undefined : context.get(id)
  return record?.type === type ? (record as Extract<AnyRecord, { type: Type }>) : undefined
}

/** The items of a meeting that were not deleted. */
export const itemsOf = (meeting: Meeting, context: PublicationContext): AgendaItem[] =>
  [...context.referrers(meeting._id)]
    .filter((record) => record.type === 'agenda-item')
    .filter(({ deleted }) => !deleted)

/** GemO RLP §22: a closed item is no longer for the whole body when a conflict of interest keeps somebody out of it. */
export const isCircled = (item: AgendaItem): boolean => !item.public && (item.excluded?.length ?? 0) > 0

/** Items behind whose doors a consultation takes place, and from which somebody is kept out. */
export const circledItems = (consultation: Consultation, context: PublicationContext): AgendaItem[] =>
  closedRooms(consultation, context)
    .filter((room) => room.type === 'agenda-item')
    .filter(isCircled)

/**
 * The closed items and closed meetings in which a consultation takes place. A deleted room keeps its doors closed until
 * the consultation moves to another: deleting a closed item must not tell which paper it was about.
 */
export function closedRooms(consultation: Consultation, context: PublicationContext): (AgendaItem | Meeting)[] {
  const meetingAt = (id: string | undefined) => recordOf(id, 'meeting', context)
  const own = recordOf(consultation.agendaItem, 'agenda-item', context)
  const items = own ? [own] : []
  for (const referrer of context.referrers(consultation._id))
    if (referrer.type === 'agenda-item' && referrer.consultation === consultation._id)
      if (!referrer.deleted || !own || own.deleted) items.push(referrer)
  const rooms = [meetingAt(consultation.meeting), ...items.flatMap((item) => [item, meetingAt(item.meeting)])]
  return rooms.filter((room) => room !== undefined).filter((room) => !room.public)
}
