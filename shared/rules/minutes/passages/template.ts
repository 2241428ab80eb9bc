import type { PassagePlace } from '../../../council/records/passage.ts'
import type { OfferedPassage } from './offered.ts'

/** The kind of place that a section of minutes is, by its key; undefined where no template begins. */
export function passagePlaceOf(section: string): PassagePlace | undefined {
  const [about] = section.split(':')
  return about === 'opening' || about === 'item' || about === 'close' ? about : undefined
}

/** Source of the block behind which a template stands: the words of the opening and of the close follow what they open. */
export const templateAfter: Readonly<Record<PassagePlace, string>> = { opening: 'opening', item: '', close: 'close' }

/** The template of a place: what its bodies or the town want to stand there from the start. */
export const templateOf = (offered: readonly OfferedPassage[], place: PassagePlace): OfferedPassage[] =>
  offered.filter((passage) => passage.template === true && passage.place === place && !passage.replaced)

/** Each line of a text is a paragraph; empty ones only set others apart. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
