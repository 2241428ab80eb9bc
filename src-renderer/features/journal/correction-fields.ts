import * as choices from '../../../shared/council/events/vote.ts'
import { consequences, spheres } from '../../../shared/council/events/attendance.ts'
import { speechForms } from '../../../shared/council/events/speech.ts'
import type { Deed } from '../../../shared/council/meeting-event.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import type { Option } from '../../ui/field/wiring.ts'
import {
  awayWords,
  choiceWords,
  consequenceWords,
  formWords,
  modeWords,
  sphereWords,
  stanceWords,
} from './words/choice-words.ts'
import type { Names } from './words/names.ts'

/** A part of a deed that a correction can say anew. */
export interface CorrectionField {
  /** Names within the deed, such as `tally`, `yes`. */
  readonly path: readonly string[]
  readonly label: string
  readonly value: string
  /** Choices; a text or number where there are none. */
  readonly options?: readonly Option[]
  readonly input?: 'number'
}

const texts: Readonly<Record<string, () => string>> = {
  reason: m.cockpit_field_reason,
  text: m.cockpit_field_text,
  what: m.cockpit_field_what,
  about: m.speakers_about,
  question: m.cockpit_field_question,
  title: m.cockpit_field_title,
  office: m.cockpit_field_office,
}
/** Kinds that may carry a reason even where this one has none. */
const reasoned = new Set<Deed['kind']>([
  ...(['meeting-paused', 'presidency-handed', 'item-deferred', 'item-withdrawn', 'part-closed'] as const),
  ...(['conflict-declared', 'conflict-lifted', 'called-to-order', 'person-excluded', 'disturbance-ended'] as const),
  'vote-cancelled',
])

const optionsOf = (words: Readonly<Record<string, () => string>>, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: words[value]?.() ?? value }))

function choicesOf(field: string, state: MeetingState, names: Names): readonly [string, readonly Option[]] | undefined {
  switch (field) {
    case 'person':
      return [
        m.cockpit_field_person(),
        (state.constitution?.seats ?? []).map(({ person, name }) => ({ value: person, label: name })),
      ]
    case 'item':
      return [m.cockpit_field_item(), state.agenda.map(({ item }) => ({ value: item, label: names.item(item) }))]
    case 'mode':
      return [m.cockpit_field_mode(), optionsOf(modeWords, ['room', 'remote'])]
    case 'away':
      return [m.cockpit_field_away(), optionsOf(awayWords, ['table', 'room'])]
    case 'sphere':
      return [m.cockpit_field_sphere(), optionsOf(sphereWords, spheres)]
    case 'consequence':
      return [m.cockpit_field_consequence(), optionsOf(consequenceWords, consequences)]
    case 'form':
      return [m.speakers_form(), optionsOf(formWords, speechForms)]
    case 'stance':
      return [m.speakers_stance(), optionsOf(stanceWords, ['pro', 'contra'])]
    case 'choice':
      return [m.cockpit_field_choice(), optionsOf(choiceWords, choices.choices)]
    default:
      return undefined
  }
}

const tallyWords: Readonly<Record<string, () => string>> = { ...choiceWords, invalid: m.cockpit_choice_invalid }

/** What of a deed can be corrected by a form; everything else is taken back and done anew. */
export function correctionFields(deed: Deed, state: MeetingState, names: Names): CorrectionField[] {
  const fields: CorrectionField[] = []
  for (const [name, value] of Object.entries(deed)) {
    if (name === 'kind') continue
    if (deed.kind === 'votes-counted' && name === 'tally')
      for (const [key, count] of Object.entries(deed.tally))
        fields.push({
          path: ['tally', key],
          label: tallyWords[key]?.() ?? key,
          value: String(count),
          input: 'number',
        })
    else if (typeof value === 'string' && texts[name]) fields.push({ path: [name], label: texts[name](), value })
    else if (typeof value === 'string') {
      const [label, options] =
        (name === 'form' && deed.kind === 'motion-put' ? undefined : choicesOf(name, state, names)) ?? []
      if (label && options) fields.push({ path: [name], label, value, options })
    } else if (name === 'speaker' && deed.kind === 'speech-requested' && 'person' in deed.speaker) {
      const [label, options] = choicesOf('person', state, names) ?? []
      if (label && options) fields.push({ path: ['speaker', 'person'], label, value: deed.speaker.person, options })
    }
  }
  if (reasoned.has(deed.kind) && !('reason' in deed))
    fields.push({ path: ['reason'], label: m.cockpit_field_reason(), value: '' })
  return fields
}

/** The deed with other values; an empty text is left out. */
export function withValues(
  deed: Deed,
  values: readonly { readonly path: readonly string[]; readonly value: string | number }[],
): Deed {
  const changed = structuredClone(deed) as unknown as Record<string, unknown>
  for (const { path, value } of values) {
    const [first = '', second] = path
    if (second !== undefined) (changed[first] as Record<string, unknown>)[second] = value
    else if (value === '') delete changed[first]
    else changed[first] = value
  }
  return changed as unknown as Deed
}
