import type { Block } from '../../../council/minutes.ts'
import { m } from '../../../i18n/index.ts'
import type { Attendance, MeetingState, Span } from '../../meeting/state.ts'
import { staysIn, type Stay } from '../allowance/stays.ts'
import type { Happening } from '../telling/happenings.ts'
import type { Telling } from '../telling/telling.ts'
import { paragraph, type Words } from '../telling/words.ts'

/** Who was there, how and when, and who was not. */
export function tellAttendance(telling: Telling, happenings: readonly Happening[]): void {
  const { state, words, source, sections } = telling
  const seats = state.constitution?.seats ?? []
  const cuts = cutsOf(happenings)
  const rows = seats.flatMap(({ person, name, faction }) => {
    const entry = came(state, person)
    if (!entry) return []
    const stays = staysIn(state, entry)
    const kinds = [...new Set(stays.map(({ mode }) => mode))].map((mode) => kindWords(mode, words))
    const times = [timesWords(state, stays, words), ...cutWords(cuts.get(person) ?? [], words)].join('; ')
    return [[name, faction === undefined ? '' : words.faction(faction), words.list(kinds), times]]
  })
  const table: Block = {
    ...{ block: 'table', source: 'attendance', caption: m.minutes_attendance_present({}, words.options) },
    header: [
      m.minutes_attendance_name({}, words.options),
      m.minutes_attendance_faction({}, words.options),
      m.minutes_attendance_kind({}, words.options),
      m.minutes_attendance_times({}, words.options),
    ],
    rows,
  }
  const away = membersAway(state)
  const excused = away.filter((person) => source.excused?.has(person))
  const missing = away.filter((person) => !source.excused?.has(person))
  const isKnown = state.parts.some((part) => part.public)
  sections.add('attendance', isKnown, m.minutes_attendance({}, words.options), [
    table,
    ...absentBlocks('attendance/excused', m.minutes_attendance_excused, excused, words),
    ...absentBlocks('attendance/absent', m.minutes_attendance_absent, missing, words),
    ...(away.length === 0 ? [paragraph('attendance/absent', m.minutes_attendance_complete({}, words.options))] : []),
  ])
}

/** When a member was there; undefined for whoever never came. */
function came(state: MeetingState, person: string): Attendance | undefined {
  const entry = state.attendance.get(person)
  return entry && staysIn(state, entry).length > 0 ? entry : undefined
}

/** Members who never came, in the order of the roster. */
export const membersAway = (state: MeetingState): string[] =>
  (state.constitution?.seats ?? []).filter(({ person }) => !came(state, person)).map(({ person }) => person)

const absentBlocks = (
  source: string,
  sentence: typeof m.minutes_attendance_absent,
  persons: readonly string[],
  words: Words,
): Block[] =>
  persons.length === 0
    ? []
    : [paragraph(source, sentence({ names: persons.map((person) => words.name(person)).join(', ') }, words.options))]

const kindWords = (mode: Stay['mode'], { options }: Words): string =>
  mode === 'room' ? m.minutes_attendance_room({}, options) : m.minutes_attendance_remote({}, options)

/** Only what differs from the whole meeting is said. */
function timesWords({ opened, closed }: MeetingState, stays: readonly Stay[], words: Words): string {
  const times = stays.map(({ from, to, mode }) => {
    const isLate = from !== opened
    const isEarly = to !== closed
    const when = stayWords({ from, ...(to === undefined ? {} : { to }) }, { isLate, isEarly }, words)
    return stays.some((other) => other.mode !== mode) ? `${kindWords(mode, words)} ${when}` : when
  })
  return words.list(times)
}

function stayWords(span: Span, { isLate, isEarly }: { isLate: boolean; isEarly: boolean }, words: Words): string {
  if (!isLate && !isEarly) return m.minutes_attendance_whole({}, words.options)
  if (!isEarly || span.to === undefined) return m.minutes_since({ from: words.time(span.from) }, words.options)
  return isLate ? words.span(span) : m.minutes_until({ to: words.time(span.to) }, words.options)
}

/** Times in which the connection of a person was broken. */
function cutsOf(happenings: readonly Happening[]): Map<string, Span[]> {
  const cuts = new Map<string, Span[]>()
  for (const { deed, at, before } of happenings) {
    if (!('person' in deed) || deed.person === undefined || before) continue
    const known = cuts.get(deed.person) ?? []
    const last = known.at(-1)
    if (deed.kind === 'connection-lost') cuts.set(deed.person, [...known, { from: at }])
    else if (endsCut.has(deed.kind) && last && last.to === undefined)
      cuts.set(deed.person, [...known.slice(0, -1), { ...last, to: at }])
  }
  return cuts
}

const endsCut: ReadonlySet<string> = new Set([
  'connection-restored',
  'person-arrived',
  'person-left',
  'person-excluded',
])

const cutWords = (spans: readonly Span[], words: Words): string[] =>
  spans.length === 0
    ? []
    : [m.minutes_attendance_cut_off({ spans: words.list(spans.map((span) => words.span(span))) }, words.options)]
