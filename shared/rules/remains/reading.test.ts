import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MinutesDocument, Section } from '../../council/minutes.ts'
import type { MinutesSection } from '../../council/records/index.ts'
import { closedSections, isForBody, withClosedSections } from './reading.ts'

const items = ['a', 'b', 'c', 'd']
const section = (key: string): Section => ({ key, public: !key.endsWith('closed'), heading: key, blocks: [] })

/** Minutes with open and closed sections of several items, in any order. */
const documents = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...items), fc.boolean()), { selector: (pair) => pair.join() })
  .map((pairs): MinutesDocument => ({
    ...{ language: 'de', title: 'M', body: 'B', facts: [], signatures: [] },
    sections: ['opening', ...pairs.map(([item, open]) => `item:${item}${open ? '' : ':closed'}`), 'close'].map(section),
  }))
const circles = fc.subarray(items).map((kept) => new Set(kept.map((item) => `agenda-item:${item}`)))

const recordOf = (part: ReturnType<typeof closedSections>[number]): MinutesSection => ({
  ...{ _id: `minutes-section:${part.section.key.split(':')[1]}`, type: 'minutes-section', schema: 1 },
  ...{ created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z', minutes: 'minutes:1', meeting: 'meeting:1' },
  ...{ term: 'legislative-term:1', ...part },
})

test('who is in every circle reads the whole minutes, in their order; who is in some reads no section of another', () => {
  fc.assert(
    fc.property(documents, circles, circles, (document, circled, own) => {
      const body = { ...document, sections: document.sections.filter((one) => isForBody(one, circled)) }
      const parts = closedSections(document).filter(({ agendaItem }) => circled.has(agendaItem))
      expect(withClosedSections(body, parts.map(recordOf))).toEqual(document)
      const letIn = parts.filter(({ agendaItem }) => own.has(agendaItem))
      const read = withClosedSections(body, letIn.map(recordOf))
      const may = (key: string): boolean =>
        !key.endsWith(':closed') ||
        !circled.has(`agenda-item:${key.split(':')[1]}`) ||
        own.has(`agenda-item:${key.split(':')[1]}`)
      expect(read.sections).toEqual(document.sections.filter(({ key }) => may(key)))
    }),
  )
})

test('what may speak of several closed items is for nobody of the body once one of them keeps somebody out', () => {
  for (const key of ['agenda-closed', 'part:1:closed', 'after:a:closed', 'opening:closed']) {
    const closed = { ...section(key), public: false }
    expect([isForBody(closed, new Set()), isForBody(closed, new Set(['agenda-item:b']))]).toEqual([true, false])
  }
})
