import type { Block } from '../../../council/minutes.ts'
import { m } from '../../../i18n/index.ts'
import type { ItemState } from '../../meeting/state.ts'
import type { Telling } from '../telling/telling.ts'
import type { Words } from '../telling/words.ts'

const statuses = {
  waiting: m.minutes_agenda_waiting,
  open: m.minutes_agenda_open,
  done: m.minutes_agenda_done,
  deferred: m.minutes_agenda_deferred,
  withdrawn: m.minutes_agenda_withdrawn,
} as const

/** The agenda as it was dealt with; closed items stand in the public one by their neutral titles alone. */
export function tellAgenda(telling: Telling): void {
  const { state, words, source, sections } = telling
  const shown = state.agenda.flatMap((entry): string[][] => {
    const { number, name } = telling.nameOf(entry.item)
    if (telling.isShown(entry.item)) return [[number, name, statusWords(entry, words)]]
    const title = source.items.get(entry.item)?.publicTitle
    return title === undefined ? [] : [[number, title, m.minutes_agenda_closed_title({}, words.options)]]
  })
  const closed = state.agenda
    .filter(({ item }) => !telling.isShown(item))
    .map((entry) => [telling.nameOf(entry.item).number, telling.nameOf(entry.item).name, statusWords(entry, words)])
  const isKnown = state.parts.some((part) => part.public)
  const [open, hidden] = [m.minutes_agenda({}, words.options), m.minutes_agenda_closed({}, words.options)]
  if (shown.length > 0) sections.add('agenda', isKnown, open, [table('agenda', shown, words)])
  if (closed.length > 0) sections.add('agenda-closed', false, hidden, [table('agenda-closed', closed, words)])
}

function statusWords({ status, added }: ItemState, { options }: Words): string {
  const words = statuses[status]({}, options)
  return added ? m.minutes_agenda_added({ status: words }, options) : words
}

const table = (source: string, rows: string[][], { options }: Words): Block => ({
  ...{ block: 'table', source, caption: m.minutes_agenda_items({}, options), rows },
  header: [
    m.minutes_agenda_number({}, options),
    m.minutes_agenda_name({}, options),
    m.minutes_agenda_course({}, options),
  ],
})
