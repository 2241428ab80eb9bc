import type { Resolution } from '../../../../shared/council/records/index.ts'
import { m } from '../../../../shared/i18n/index.ts'
import { html, type Html } from '../html.ts'
import { joined } from '../parts.ts'
import { formatInstant, hrefOf, inLocale, pathOf, written, type View } from '../view.ts'

/** What a resolution is called by: what was asked, or the beginning of what was announced. */
export const nameOf = ({ question, wording }: Resolution): string => {
  const [line = ''] = (question ?? wording).split('\n')
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}

/** The result in words, with the votes where everybody may know them. */
export function outcomeOf(view: View, { outcome, tally }: Resolution): string {
  const locale = inLocale(view)
  const word = outcome === 'accepted' ? m.site_resolution_accepted : m.site_resolution_rejected
  if (!tally) return word({}, locale)
  const { yes, no, abstain } = tally
  return m.site_resolution_tally({ outcome: word({}, locale), yes, no, abstain }, locale)
}

/** Resolutions with their results, each with its page. */
export const resolutionList = (view: View, resolutions: readonly Resolution[]): Html =>
  html`<ul class="entries">
    ${resolutions.map((resolution) => {
      const day = { day: 'numeric', month: 'long', year: 'numeric' } as const
      const meeting = view.catalogue.get('meeting', resolution.meeting)
      return html`<li class="entry entry-plain">
        <h3><a href="${hrefOf(view, pathOf(resolution._id))}">${written(view, nameOf(resolution))}</a></h3>
        <p class="quiet">
          ${joined(
            [formatInstant(view, resolution.decided, day), written(view, meeting?.name), outcomeOf(view, resolution)],
            ' · ',
          )}
        </p>
      </li>`
    })}
  </ul>`
