import type { AgendaItem, Meeting, Paper } from '../../../shared/oparl/index.ts'

/** One thing that is new or changed since a person last looked. */
export interface NewsLine {
  readonly key: string
  readonly kind: 'meeting-new' | 'meeting-changed' | 'agenda-changed' | 'paper-new' | 'paper-changed'
  readonly title: string
  readonly href: string
  /** Instant of the newest change. */
  readonly at: string
  /** How many agenda items changed, for `agenda-changed`. */
  readonly items?: number
}

export interface NewsSource {
  readonly meetings: readonly Meeting[]
  readonly items: readonly AgendaItem[]
  readonly papers: readonly Paper[]
  /** The meeting of a changed item. */
  meeting(id: string): Meeting | undefined
}

/** Days that the date of a paper may lie before the last look and still be news. */
const recentDays = 30

/**
 * What changed after an instant, newest first; items of one agenda are one line. Old meetings and papers that a device
 * only now learns of are no news: what counts are meetings to come and papers of late.
 */
export function newsSince(seen: string, source: NewsSource): NewsLine[] {
  const after = (record: { modified: string }) => record.modified > seen
  const state = (record: { created: string }) => (record.created > seen ? 'new' : 'changed')
  const recent = new Date(Date.parse(seen) - recentDays * 86_400_000).toISOString()
  const coming = (meeting: Meeting) => Date.parse(meeting.start) > Date.parse(seen)
  const meetings = source.meetings
    .filter(after)
    .filter(coming)
    .map((meeting): NewsLine => ({
      key: meeting._id,
      kind: `meeting-${state(meeting)}`,
      title: meeting.name,
      href: `#/meetings/${meeting._id}`,
      at: meeting.modified,
    }))
  const papers = source.papers
    .filter(after)
    .filter(({ date, created }) => (date ?? created) >= recent.slice(0, 10))
    .map((paper): NewsLine => ({
      key: paper._id,
      kind: `paper-${state(paper)}`,
      title: paper.name,
      href: `#/papers/${paper._id}`,
      at: paper.modified,
    }))
  const known = new Set(meetings.filter(({ kind }) => kind === 'meeting-new').map(({ key }) => key))
  return [
    ...meetings,
    ...papers,
    ...agendaNews(
      source,
      (item) => item.modified > seen,
      (meeting) => coming(meeting) && !known.has(meeting._id),
    ),
  ].sort((a, b) => b.at.localeCompare(a.at) || a.key.localeCompare(b.key))
}

/** The agenda of a meeting that is itself new is no further news. */
function agendaNews(
  source: NewsSource,
  after: (item: AgendaItem) => boolean,
  tells: (meeting: Meeting) => boolean,
): NewsLine[] {
  const changed = Map.groupBy(source.items.filter(after), ({ meeting }) => meeting)
  return [...changed].flatMap(([id, items]) => {
    const meeting = source.meeting(id)
    if (!meeting || !tells(meeting)) return []
    const at =
      items
        .map(({ modified }) => modified)
        .sort()
        .at(-1) ?? meeting.modified
    return [
      {
        key: `agenda ${id}`,
        kind: 'agenda-changed',
        title: meeting.name,
        href: `#/meetings/${id}`,
        at,
        items: items.length,
      },
    ]
  })
}
