import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { AgendaItem, Meeting, OparlFile, Paper } from '../../../shared/oparl/index.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import { RecordGraph } from '../../../shared/rules/record-graph.ts'

/** A paper that bears the name of its item needs its number only. */
export const describePaper = ({ reference, name }: Paper, item: AgendaItem): string =>
  [reference, name === item.name && reference ? '' : name].filter(Boolean).join(' · ')

/** What one audience would see of a meeting. */
export interface Preview {
  readonly meeting: Meeting | undefined
  readonly items: readonly {
    readonly number: number | undefined
    readonly item: AgendaItem
    readonly papers: readonly Paper[]
  }[]
  readonly files: readonly OparlFile[]
}

/**
 * The meeting as an audience would see it if the meeting were published now: the publisher's own rule, applied to the
 * working state on this device. Members see what is public as well. Papers appear only where they are published
 * themselves.
 */
export function previewMeeting(records: readonly AnyRecord[], meeting: Meeting, audience: Audience): Preview {
  const published: Meeting = { ...meeting, publication: { state: 'published', step: meeting.publication.step + 1 } }
  const graph = new RecordGraph(records)
  graph.set(published)
  const seen = <Type extends AnyRecord>(record: Type): Type | undefined => {
    const images = imagesOf(record, graph)
    return (images.get(audience) ?? images.get('public')) as Type | undefined
  }
  const all = <Type extends AnyRecord['type']>(type: Type) =>
    records
      .filter((record): record is Extract<AnyRecord, { type: Type }> => record.type === type)
      .flatMap((record) => seen(record) ?? [])

  const items = all('agenda-item').filter((item) => item.meeting === meeting._id)
  const consultations = all('consultation')
  const papers = new Map(all('paper').map((paper) => [paper._id, paper]))
  const numbers = numberAgenda(items)
  const image = seen(published)
  const named = new Set([image?.invitation, ...(image?.auxiliaryFile ?? [])])
  return {
    meeting: image,
    items: sortAgenda(items).map((item) => ({
      item,
      number: numbers.get(item._id),
      papers: consultations
        .filter((consultation) => consultation.agendaItem === item._id)
        .flatMap((consultation) => papers.get(consultation.paper) ?? []),
    })),
    files: all('file').filter((file) => named.has(file._id)),
  }
}
