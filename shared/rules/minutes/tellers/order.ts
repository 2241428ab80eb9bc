import { m } from '../../../i18n/index.ts'
import { sourceWords } from '../../../i18n/law-words.ts'
import type { Happening } from '../telling/happenings.ts'
import type { Telling } from '../telling/telling.ts'
import { paragraph } from '../telling/words.ts'

type ConflictHappening = Happening<'conflict-declared' | 'conflict-lifted'>

/** @param isPublic whether the public sees who leaves; the reason it hears only where it was given in public */
export function tellConflict(telling: Telling, happening: ConflictHappening, isPublic: boolean): void {
  const { words, rules } = telling
  const { deed, event, inPublic } = happening
  const { person, item } = deed
  const reason = isPublic && !inPublic ? '' : words.reason(deed.reason)
  const named = { name: words.name(person), source: sourceWords(rules.conflict.source, words.options), reason }
  const leaving =
    deed.kind === 'conflict-declared' && deed.away === 'table' ? m.minutes_conflict_table : m.minutes_conflict_room
  const text = deed.kind === 'conflict-lifted' ? m.minutes_conflict_lifted : leaving
  telling.tellOf(item, isPublic, [paragraph(`conflict:${event}`, text(named, words.options))])
}

/** @param count calls of this person by now */
export function tellCall(telling: Telling, happening: Happening<'called-to-order'>, count: number): void {
  const { words, rules } = telling
  const { person, reason } = happening.deed
  const text = m.minutes_called(
    {
      ...{ name: words.name(person), time: words.time(happening.at), count },
      ...{ source: sourceWords(rules.order.source, words.options), reason: words.reason(reason) },
    },
    words.options,
  )
  telling.tell(happening, undefined, paragraph(`call:${happening.event}`, text))
}

export function tellExclusion(telling: Telling, happening: Happening<'person-excluded'>): void {
  const { words, rules } = telling
  const { person, reason } = happening.deed
  const text = m.minutes_excluded(
    {
      ...{ name: words.name(person), time: words.time(happening.at) },
      ...{ source: sourceWords(rules.order.source, words.options), reason: words.reason(reason) },
    },
    words.options,
  )
  telling.tell(happening, undefined, paragraph(`exclusion:${happening.event}`, text))
}

const spheres = {
  town: m.minutes_sphere_town,
  member: m.minutes_sphere_member,
  unclear: m.minutes_sphere_unclear,
} as const
const consequences = {
  none: m.minutes_consequence_none,
  interrupted: m.minutes_consequence_interrupted,
  repeated: m.minutes_consequence_repeated,
  adjourned: m.minutes_consequence_adjourned,
} as const

export function tellDisturbance(telling: Telling, happening: Happening<'disturbance-began'>): void {
  const { words, state } = telling
  const found = state.disturbances.get(happening.deed.disturbance)
  if (!found) return
  const { what, sphere, person, span, consequence } = found
  const named = {
    ...{ span: words.span(span), what, sphere: spheres[sphere]({}, words.options) },
    consequence: consequence === undefined ? '' : consequences[consequence]({}, words.options),
  }
  const text =
    person === undefined
      ? m.minutes_disturbance(named, words.options)
      : m.minutes_disturbance_of({ ...named, name: words.name(person) }, words.options)
  telling.tell(happening, undefined, paragraph(found.disturbance, text))
}
