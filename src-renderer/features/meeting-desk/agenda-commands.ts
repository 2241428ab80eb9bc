import type { AgendaItem, Consultation, Meeting, Paper } from '../../../shared/oparl/index.ts'
import { success, type Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { Data } from '../../data/contract.ts'
import { changeRecord, createRecord, publish, removeRecord, type Saved } from '../editing/index.ts'
import { orderAtEnd, orderMoved } from './agenda-order.ts'

/** Adds an item behind the others of its part. */
export const addAgendaItem = (
  data: Data,
  meeting: Meeting,
  items: readonly AgendaItem[],
  fields: Pick<AgendaItem, 'name' | 'public' | 'closedReason' | 'publicTitle'>,
): Saved<AgendaItem> =>
  createRecord(data, 'agenda-item', { ...fields, meeting: meeting._id, term: meeting.term, order: orderAtEnd(items) })

/** Moves an item one place up (-1) or down (1) within its part; undefined when it stands at that end already. */
export function moveAgendaItem(
  data: Data,
  items: readonly AgendaItem[],
  item: AgendaItem,
  by: -1 | 1,
): Saved<AgendaItem> | undefined {
  const order = orderMoved(items, item._id, by)
  return order === undefined ? undefined : changeRecord(data, item, { order })
}

/**
 * Puts a paper on the agenda: a consultation of the meeting's organizations under the item.
 * @param planned the consultation that was foreseen for one of them, which takes place here then
 */
export async function putPaperOnAgenda(
  data: Data,
  meeting: Meeting,
  item: AgendaItem,
  paper: Pick<Paper, '_id'>,
  authoritative: boolean,
  planned?: Consultation,
): Saved<Consultation> {
  const place = { meeting: meeting._id, agendaItem: item._id, authoritative }
  const made = planned
    ? await changeRecord(data, planned, place)
    : await createRecord(data, 'consultation', {
        ...place,
        paper: paper._id,
        term: meeting.term,
        organization: [...meeting.organization],
      })
  if (!made.ok) return made
  const linked = await changeRecord(data, item, { consultation: made.value._id })
  return linked.ok ? made : linked
}

/** Adds an item of the paper's name, with the paper under it. */
export async function addPaperAsItem(
  data: Data,
  meeting: Meeting,
  items: readonly AgendaItem[],
  paper: Paper,
  planned: Consultation,
): Saved<Consultation> {
  // A closed paper is no public matter; the reason is asked for when the item is opened.
  const item = await addAgendaItem(data, meeting, items, { name: paper.name, public: paper.public })
  return item.ok ? putPaperOnAgenda(data, meeting, item.value, paper, planned.authoritative ?? false, planned) : item
}

/** Takes a paper off the agenda; the paper itself stays. */
export async function takePaperOffAgenda(data: Data, item: AgendaItem, consultation: Consultation): Saved<AgendaItem> {
  const removed = await removeRecord(data, consultation)
  if (!removed.ok) return removed
  return item.consultation === consultation._id ? changeRecord(data, item, { consultation: undefined }) : success(item)
}

/** Publishes a meeting and the papers that go with it; the meeting last, so that nobody finds an agenda without them. */
export async function publishWithPapers(
  data: Data,
  meeting: Meeting,
  papers: readonly Paper[],
): Promise<Result<Meeting, Refusal>> {
  for (const paper of papers) {
    const outcome = await publish(data, paper)
    if (!outcome.ok) return outcome
  }
  return publish(data, meeting)
}
