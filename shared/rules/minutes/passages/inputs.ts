import type { Section } from '../../../council/minutes.ts'
import { parsePassage, writePassage, type Placeholder } from '../../../council/passage-text.ts'
import { m } from '../../../i18n/index.ts'
import type { Instant } from '../../meeting/state.ts'
import type { MinutesSource } from '../source.ts'
import { during } from '../telling/during.ts'
import { happeningsOf } from '../telling/happenings.ts'
import { meetingAtOpening, presidenciesOf } from '../telling/presidency.ts'
import { keyOf } from '../telling/telling.ts'
import { Words } from '../telling/words.ts'

/** What passages are filled with at one place. */
export type PassageInputs = Readonly<Record<Placeholder, string>>

type Place = Pick<Section, 'key' | 'heading' | 'public'>

/** Fills passages for the sections of one meeting's minutes. */
export type PassageFiller = (section: Place, now?: Instant) => PassageInputs

/**
 * What the placeholders of a meeting's minutes stand for. The time is `now`, or when what the section is about began:
 * behind which doors it lies decides which time that is, so that a public section tells none of the closed part.
 */
export function passageFiller(source: MinutesSource): PassageFiller {
  const { state, meeting, locale, zone } = source
  const words = new Words(state, locale, zone)
  const happenings = happeningsOf(state, source.events)
  const presidencies = presidenciesOf(happenings, meetingAtOpening(source, happenings))
  const chairAt = (at: Instant): string => {
    const person = presidencies.findLast(({ from }) => from === undefined || from <= at)?.person
    return person === undefined ? m.minutes_chair({}, words.options) : words.name(person)
  }
  return (section, now) => {
    const at = now ?? beginOf(section, source)
    return {
      chair: chairAt(at),
      clerk: source.clerk ?? m.passages_clerk({}, words.options),
      item: section.heading,
      time: words.clock(at),
      date: words.day(state.opened ?? at),
      meeting: meeting.name,
      organization: meeting.organization,
    }
  }
}

function beginOf({ key, public: isPublic }: Place, { state }: MinutesSource): Instant {
  const opened = state.opened ?? 0
  const [about, item] = key.split(':')
  if (about === 'close') return state.closed ?? opened
  if (about !== 'item') return opened
  const spans = state.agenda.find((entry) => keyOf(entry.item) === item)?.spans ?? []
  return spans.flatMap((span) => during(state, span, isPublic))[0]?.from ?? opened
}

/** The text of a passage as it is inserted. */
export const fillPassage = (text: string, inputs: PassageInputs): string =>
  writePassage(parsePassage(text), (placeholder) => inputs[placeholder])
