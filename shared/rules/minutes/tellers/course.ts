import type { DeedOf } from '../../../council/meeting-event.ts'
import { m } from '../../../i18n/index.ts'
import type { Happening } from '../telling/happenings.ts'
import { keyOf, type Telling } from '../telling/telling.ts'
import { paragraph } from '../telling/words.ts'

/** The pause with its end, which comes later. */
export function tellPause(telling: Telling, happening: Happening<'meeting-paused'>): void {
  const { state, words } = telling
  const { event, at, deed } = happening
  const span = state.pauses.find(({ from }) => from === at) ?? { from: at }
  const text = m.minutes_paused({ span: words.span(span), reason: words.reason(deed.reason) }, words.options)
  telling.tell(happening, undefined, paragraph(`pause:${event}`, text))
}

export function tellPresidency(telling: Telling, happening: Happening<'presidency-handed'>): void {
  const { words } = telling
  const { event, at, deed } = happening
  const named = { time: words.time(at), name: words.name(deed.person), reason: words.reason(deed.reason) }
  telling.tell(happening, undefined, paragraph(`presidency:${event}`, m.minutes_handed(named, words.options)))
}

const dropped = {
  'item-deferred': { here: m.minutes_item_deferred, other: m.minutes_other_deferred, key: 'deferred' },
  'item-withdrawn': { here: m.minutes_item_withdrawn, other: m.minutes_other_withdrawn, key: 'withdrawn' },
} as const

/** Off the table, for another meeting or for good. */
export function tellDropped(telling: Telling, happening: Happening<'item-deferred' | 'item-withdrawn'>): void {
  const { words } = telling
  const { item, reason, kind } = happening.deed
  const { here, other, key } = dropped[kind]
  const why = { reason: words.reason(reason) }
  const text =
    item === telling.current ? here(why, words.options) : other({ ...telling.nameOf(item), ...why }, words.options)
  telling.tell(happening, item, paragraph(`item:${keyOf(item)}/${key}`, text))
  if (item === telling.current) telling.current = undefined
}

export function tellAdded(telling: Telling, happening: Happening<'item-added'>): void {
  const { item } = happening.deed.entry
  const text = m.minutes_item_added(telling.nameOf(item), telling.words.options)
  telling.tell(happening, item, paragraph(`item:${keyOf(item)}/added`, text))
}

export function tellMoved(telling: Telling, happening: Happening<'item-moved'>): void {
  const { words } = telling
  const { item, before } = happening.deed
  telling.tell(
    happening,
    item,
    paragraph(`item:${keyOf(item)}/moved`, movedWords(telling, item, before, words.options)),
  )
}

/** The public learns nothing of a closed item before which another one is put. */
function movedWords(
  telling: Telling,
  item: string,
  before: DeedOf<'item-moved'>['before'],
  options: Telling['words']['options'],
): string {
  const named = telling.nameOf(item)
  if (before === null) return m.minutes_item_moved_last(named, options)
  if (telling.isShown(item) && !telling.isShown(before)) return m.minutes_item_moved_on(named, options)
  return m.minutes_item_moved({ ...named, other: telling.nameOf(before).number }, options)
}

/** What everybody may know of a closed part: when it was. Why it was closed stands in the closed minutes. */
export function tellClosedPart(telling: Telling, from: number, event: string, reason: string | undefined): void {
  const { state, words, sections } = telling
  const part = state.parts.findIndex((some) => some.from === from && !some.public)
  const span = state.parts[part]
  if (!span) return
  const heading = m.minutes_part({}, words.options)
  const text = m.minutes_part_closed({ span: words.span(span) }, words.options)
  const isKnown = state.parts.some((some) => some.public)
  sections.add(`part:${part}`, isKnown, heading, [paragraph(`part:${event}`, text)])
  if (reason === undefined) return
  const why = m.minutes_part_reason({ reason }, words.options)
  sections.add(`part:${part}`, false, m.minutes_part_why({}, words.options), [paragraph(`part:${event}/reason`, why)])
}

export function tellNote(telling: Telling, happening: Happening<'note-added'>): void {
  const { item, text } = happening.deed
  const block = paragraph(`note:${happening.event}`, m.minutes_note({ text }, telling.words.options))
  const about = item ?? telling.current
  if (about === undefined) return telling.tell(happening, undefined, block)
  telling.tellOf(about, happening.inPublic && telling.isShown(about) && telling.isShown(telling.current), [block])
}
