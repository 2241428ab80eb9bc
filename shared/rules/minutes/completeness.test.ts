import { describe, expect, it } from 'vitest'
import type { MinutesDocument } from '../../council/minutes.ts'
import { checkMinutes, draftMinutes, minutesDue } from './index.ts'
import { evening, sourceOf } from './testing/evening.suite.ts'

const source = sourceOf(evening)
const draft = draftMinutes(source)!
const signed: MinutesDocument = {
  ...draft,
  signatures: draft.signatures.map((signature) => ({ ...signature, signed: '2. Dezember 2026' })),
}
const missingIn = (document: MinutesDocument, log = source): string[] =>
  checkMinutes(document, log).flatMap(({ missing }) => missing)

/** Minutes of which somebody deleted what was made from some of the log. */
const without = (document: MinutesDocument, source: string): MinutesDocument => ({
  ...document,
  sections: document.sections
    .filter(({ key }) => key !== source)
    .map((section) => ({ ...section, blocks: section.blocks.filter((block) => block.source !== source) })),
})

describe('minutes are complete', () => {
  it('when they were drafted from a whole meeting and signed', () => {
    const found = checkMinutes(signed, source)
    expect(found.map(({ content }) => content)).toEqual([
      ...['day', 'place', 'participants', 'agenda', 'resolutions', 'results', 'signature-chair', 'signature-clerk'],
    ])
    expect(found.every(({ met }) => met)).toBe(true)
    expect(found[0]?.source).toEqual({ law: 'GemO', place: '§ 41 Abs. 1 und 2' })
  })

  it.each([
    ['attendance', 'Die Namen der Teilnehmenden fehlen.'],
    ['item:1', 'Der behandelte Punkt „Einwohnerfragestunde“ fehlt.'],
    ['vote:bridge/wording', 'Der Wortlaut des Beschlusses fehlt: „Wird die Brücke saniert?“'],
    ['vote:bridge/result', 'Das Ergebnis der Abstimmung fehlt: „Wird die Brücke saniert?“'],
    ['election:1/round:2', 'Das Ergebnis der Wahl fehlt: „Zweite Beigeordnete“'],
  ])('not without %s', (deleted, missing) => {
    expect(missingIn(without(signed, deleted))).toEqual([missing])
  })

  it('not without signatures and place, nor when a wording was emptied', () => {
    const emptied: MinutesDocument = {
      ...draft,
      facts: draft.facts.filter(({ key }) => key !== 'place'),
      sections: draft.sections.map((section) => ({
        ...section,
        blocks: section.blocks.map((block) =>
          block.source === 'vote:shade/wording' && block.block === 'resolution' ? { ...block, runs: [] } : block,
        ),
      })),
    }
    expect(missingIn(emptied)).toEqual([
      'Der Ort der Sitzung fehlt.',
      'Der Wortlaut des Beschlusses fehlt: „Werden die Schattenplätze angelegt?“',
      'Die Unterschrift des Vorsitzes fehlt.',
      'Die Unterschrift der Schriftführung fehlt.',
    ])
  })

  it('not while a vote has no result', () => {
    const open = sourceOf(evening.filter(({ body }) => body.kind !== 'vote-closed' || body.vote !== 'vote:chief'))
    const missing = missingIn(draftMinutes(open)!, open)
    expect(missing).toContain('Das Ergebnis der Abstimmung fehlt: „Wird Geheimrätin Eulenspiegel ernannt?“')
  })
})

it('members should have them a month after the meeting, by the day of the town', () => {
  expect(minutesDue(source)).toBe('2026-12-30')
})
