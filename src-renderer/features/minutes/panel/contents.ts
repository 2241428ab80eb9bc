import { m } from '../../../../shared/i18n/index.ts'
import type { ArrangedSection, ContentFinding } from '../../../../shared/rules/minutes/index.ts'
import { anchorOf } from '../anchors.ts'

type Content = ContentFinding['content']

const words: { readonly [Of in Content]: () => string } = {
  day: m.minutes_content_day,
  place: m.minutes_content_place,
  participants: m.minutes_content_participants,
  absences: m.minutes_content_absences,
  agenda: m.minutes_content_agenda,
  resolutions: m.minutes_content_resolutions,
  results: m.minutes_content_results,
  'signature-chair': m.minutes_content_chair,
  'signature-clerk': m.minutes_content_clerk,
}

/** What the law demands, in a word or two. */
export const contentWords = (content: Content): string => words[content]()

/** Sources of the blocks in which it stands. */
const sources: Partial<Record<Content, RegExp>> = {
  participants: /^attendance$/,
  absences: /^attendance\/(absent|excused)$/,
  agenda: /^agenda(-closed)?$/,
  resolutions: /\/wording$/,
  results: /\/(result|round:\d+)$/,
}

/** Where in the draft something that is missing belongs: where people emptied it, else where such things stand. */
export function placeOf(content: Content, sections: readonly ArrangedSection[]): string | undefined {
  const pattern = sources[content]
  if (!pattern) return undefined
  const places = sections.flatMap(({ key, pieces }) =>
    pieces.flatMap((piece) => (piece.kind === 'logged' && pattern.test(piece.source) ? [{ key, piece }] : [])),
  )
  const emptied = places.find(({ piece: { wordings } }) => wordings.some(({ blocks }) => blocks.length === 0))
  const place = emptied ?? places[0]
  return place && anchorOf(place.key, place.piece.source)
}
