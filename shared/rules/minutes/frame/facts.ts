import type { MinutesDocument } from '../../../council/minutes.ts'
import { m } from '../../../i18n/index.ts'
import type { MeetingState } from '../../meeting/state.ts'
import type { Happening } from '../telling/happenings.ts'
import { presidenciesOf } from '../telling/presidency.ts'
import type { Telling } from '../telling/telling.ts'

type Fact = MinutesDocument['facts'][number]

/**
 * Day, place, times and who led the meeting; what is not known is left out. They stand in the public minutes too: who
 * took the chair and when there was a pause behind closed doors is told in the closed sections alone.
 */
export function factsOf(telling: Telling, happenings: readonly Happening[], atOpening: MeetingState): Fact[] {
  const { state, source, words } = telling
  const { opened, closed } = state
  const hasPublic = state.parts.some((part) => part.public)
  const known = hasPublic ? happenings.filter(({ inPublic }) => inPublic) : happenings
  const begun = new Set(known.filter(({ deed }) => deed.kind === 'meeting-paused').map(({ at }) => at))
  const pauses = state.pauses.filter(({ from }) => begun.has(from))
  const { options } = words
  const fact = (key: NonNullable<Fact['key']>, label: string, value: string | undefined): Fact[] =>
    value === undefined || value === '' ? [] : [{ key, label, value }]
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : words.time(at))
  return [
    ...fact('body', m.minutes_fact_body({}, options), source.meeting.organization),
    ...fact('day', m.minutes_fact_day({}, options), opened === undefined ? undefined : words.day(opened)),
    ...fact('place', m.minutes_fact_place({}, options), source.meeting.place),
    ...fact('begin', m.minutes_fact_begin({}, options), time(opened)),
    ...fact('pauses', m.minutes_fact_pauses({}, options), words.list(pauses.map((pause) => words.span(pause)))),
    ...fact('end', m.minutes_fact_end({}, options), time(closed)),
    ...fact('chair', m.minutes_fact_chair({}, options), chairsOf(telling, known, atOpening)),
    ...fact('clerk', m.minutes_fact_clerk({}, options), source.clerk),
  ]
}

/** Who presided from when on. */
const chairsOf = ({ words }: Telling, happenings: readonly Happening[], atOpening: MeetingState): string =>
  presidenciesOf(happenings, atOpening)
    .map(({ person, from }) => {
      const name = words.name(person)
      return from === undefined ? name : `${m.minutes_since({ from: words.time(from) }, words.options)} ${name}`
    })
    .join('; ')

/** Who signs: the chair and who wrote the minutes. */
export function signaturesOf({ state, source, words }: Telling): MinutesDocument['signatures'] {
  const { options } = words
  const chair = state.presiding ?? state.constitution?.presidents[0]
  return [
    ...(chair === undefined
      ? []
      : [{ by: 'chair' as const, capacity: m.minutes_sign_chair({}, options), name: words.name(chair) }]),
    ...(source.clerk === undefined
      ? []
      : [{ by: 'clerk' as const, capacity: m.minutes_sign_clerk({}, options), name: source.clerk }]),
  ]
}
