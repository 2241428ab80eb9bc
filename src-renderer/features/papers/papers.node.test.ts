import { expect, test } from 'vitest'
import type { Consultation, Meeting, Organization, Paper } from '../../../shared/oparl/index.ts'
import { chainOf } from './chain.ts'
import { filterPapers, paperTypesOf } from './filter.ts'

const envelope = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' } as const
const term = 'legislative-term:t'
const publication = { state: 'published', step: 0 } as const
const consultation = (key: string, meeting?: string, more: Partial<Consultation> = {}): Consultation => ({
  ...envelope,
  _id: `consultation:${key}`,
  type: 'consultation',
  paper: 'paper:p',
  term,
  organization: ['organization:o'],
  ...(meeting ? { meeting } : {}),
  ...more,
})
const meeting = (key: string, start: string): Meeting => ({
  ...envelope,
  _id: `meeting:${key}`,
  type: 'meeting',
  name: key,
  term,
  organization: ['organization:o'],
  start,
  public: true,
  publication,
})
const paper = (key: string, more: Partial<Paper> = {}): Paper => ({
  ...envelope,
  _id: `paper:${key}`,
  type: 'paper',
  term,
  name: key,
  public: true,
  publication,
  ...more,
})

test('the chain follows the meetings, undated stations last, the deciding one at the end', () => {
  const meetings = new Map(
    [meeting('may', '2026-05-01T15:00:00Z'), meeting('march', '2026-03-01T15:00:00+01:00')].map((entry) => [
      entry._id,
      entry,
    ]),
  )
  const steps = chainOf(
    [
      consultation('decides', undefined, { authoritative: true }),
      consultation('second', 'meeting:may'),
      consultation('undated'),
      consultation('first', 'meeting:march'),
      consultation('gone', 'meeting:march', { deleted: true }),
    ],
    {
      meeting: (id) => meetings.get(id ?? ''),
      item: () => undefined,
      organizations: (ids) => ids.map((_id) => ({ _id }) as Organization),
      now: '2026-04-01T00:00:00Z',
    },
  )
  expect(steps.map((step) => [step.consultation._id.slice(13), step.state])).toEqual([
    ['first', 'held'],
    ['second', 'planned'],
    ['undated', 'open'],
    ['decides', 'open'],
  ])
})

test('papers are filtered by every word, umlauts or not, newest first', () => {
  const papers = [
    paper('Sanierung der Brücke', { reference: '2026/0113', paperType: 'Beschlussvorlage', date: '2026-03-01' }),
    paper('Brücke und Straße', { paperType: 'Antrag', date: '2026-04-01' }),
    paper('Haushalt', { paperType: 'Beschlussvorlage' }),
  ]
  const names = (text: string, paperType = '', among?: Set<string>) =>
    filterPapers(papers, { text, paperType, among }).map(({ name }) => name)
  expect([
    names('BRUCKE'),
    names('brücke sanierung'),
    names('0113'),
    names('', 'Antrag'),
    names('', '', new Set(['paper:Haushalt'])),
  ]).toEqual([
    ['Brücke und Straße', 'Sanierung der Brücke'],
    ['Sanierung der Brücke'],
    ['Sanierung der Brücke'],
    ['Brücke und Straße'],
    ['Haushalt'],
  ])
  expect(paperTypesOf(papers)).toEqual(['Antrag', 'Beschlussvorlage'])
})
