import { m } from '../../../i18n/index.ts'
import type { Speech } from '../../meeting/state.ts'
import type { Happening } from '../telling/happenings.ts'
import { keyOf, type Telling } from '../telling/telling.ts'
import { paragraph } from '../telling/words.ts'

/** Who spoke, each once, in the order in which they first did. */
export class Speakers {
  readonly #told = new Map<string, Set<string>>()
  /** Speeches that were asked for while the public was in: guests are named in their request. */
  readonly #requested = new Set<string>()

  request({ deed, inPublic }: Happening<'speech-requested'>): void {
    if (inPublic) this.#requested.add(deed.speech)
  }

  tell(telling: Telling, happening: Happening<'speech-started'>): void {
    const speech = telling.state.speeches.get(happening.deed.speech)
    if (!speech) return
    const isKnown = 'person' in speech.speaker || this.#requested.has(speech.speech)
    const inPublic = happening.inPublic && isKnown
    const item = speech.item ?? telling.current
    const kind = speech.form === 'point-of-order' ? 'orders' : 'speeches'
    const place = `${item === undefined ? 'meeting' : `item:${keyOf(item)}`}/${kind}`
    const isPublic = inPublic && telling.isShown(item) && telling.isShown(telling.current)
    const key = `${place}:${isPublic}`
    const names = this.#told.get(key) ?? new Set<string>()
    this.#told.set(key, names.add(speakerWords(telling, speech)))
    const sentence = kind === 'orders' ? m.minutes_orders : m.minutes_speeches
    const text = sentence({ names: telling.words.list([...names]) }, telling.words.options)
    telling.tell({ ...happening, inPublic }, item, paragraph(place, text))
  }
}

const speakerWords = ({ words }: Telling, { speaker }: Speech): string =>
  'guest' in speaker
    ? m.minutes_guest_of({ name: speaker.guest }, words.options)
    : words.nameWithFaction(speaker.person)
