import { definitions, type AgendaItem, type AnyRecord, type Meeting } from '../../../shared/oparl/index.ts'
import { referencesIn } from '../../../shared/oparl/record.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import { imagesOf, type PublicationContext } from '../../../shared/rules/publication.ts'

/** What one audience would see of a meeting. */
export interface Preview {
  readonly meeting: Meeting | undefined
  readonly items: readonly {
    readonly number: number | undefined
    readonly item: AgendaItem
    readonly papers: readonly string[]
  }[]
}

/** Records with their referrers, as the publication rule asks for them. */
export function contextOf(records: readonly AnyRecord[]): PublicationContext {
  const byId = new Map(records.map((record) => [record._id, record]))
  const referrers = new Map<string, AnyRecord[]>()
  for (const record of records)
    for (const field of Object.keys(definitions[record.type].references))
      for (const target of referencesIn(record, field))
        referrers.set(target, [...(referrers.get(target) ?? []), record])
  return { get: (id) => byId.get(id), referrers: (id) => referrers.get(id) ?? [] }
}

/**
 * The meeting as an audience would see it if the meeting were published now: the publisher's own rule, applied to the
 * working state on this device. Papers appear only where they are published themselves.
 */
export function previewMeeting(records: readonly AnyRecord[], meeting: Meeting, audience: Audience): Preview {
  const published: Meeting = { ...meeting, publication: { state: 'published', step: meeting.publication.step + 1 } }
  const context = contextOf(records.map((record) => (record._id === meeting._id ? published : record)))
  const seen = <Type extends AnyRecord>(record: Type): Type | undefined => {
    const images = imagesOf(record, context)
    return (images.get(audience) ?? images.get('public')) as Type | undefined
  }
  const items = records.filter(
    (record): record is AgendaItem => record.type === 'agenda-item' && record.meeting === meeting._id,
  )
  const images = items.map(seen).filter((item) => item !== undefined)
  const numbers = numberAgenda(images)
  return {
    meeting: seen(published),
    items: sortAgenda(images).map((item) => ({
      item,
      number: numbers.get(item._id),
      papers: papersUnder(item, records, seen),
    })),
  }
}

function papersUnder(
  item: AgendaItem,
  records: readonly AnyRecord[],
  seen: <Type extends AnyRecord>(record: Type) => Type | undefined,
): string[] {
  const consulted = new Set<string>()
  for (const record of records)
    if (record.type === 'consultation') {
      const image = seen(record)
      if (image?.agendaItem === item._id) consulted.add(image.paper)
    }
  return records.flatMap((record) =>
    record.type === 'paper' && consulted.has(record._id) ? (seen(record)?.name ?? []) : [],
  )
}
