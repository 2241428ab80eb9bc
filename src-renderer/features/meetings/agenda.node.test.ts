import { expect, test } from 'vitest'
import type { AgendaItem, Consultation, OparlFile, Paper } from '../../../shared/oparl/index.ts'
import { arrangeAgenda, fileIdsOf } from './agenda.ts'
import { packetOf } from './packet.ts'

const instant = '2026-05-04T17:00:00Z'
const term = 'legislative-term:t'
const item = (key: string, more: Partial<AgendaItem> = {}): AgendaItem => ({
  _id: `agenda-item:${key}`,
  type: 'agenda-item',
  schema: 1,
  created: instant,
  modified: instant,
  meeting: 'meeting:m',
  term,
  order: 'a0',
  name: key,
  public: true,
  ...more,
})
const paper = (key: string, more: Partial<Paper> = {}): Paper => ({
  _id: `paper:${key}`,
  type: 'paper',
  schema: 1,
  created: instant,
  modified: instant,
  term,
  name: key,
  public: true,
  publication: { state: 'published', step: 0 },
  ...more,
})
const consultation = (key: string, more: Partial<Consultation>): Consultation => ({
  _id: `consultation:${key}`,
  type: 'consultation',
  schema: 1,
  created: instant,
  modified: instant,
  paper: 'paper:a',
  term,
  organization: ['organization:o'],
  ...more,
})
const file = (key: string, sha512: string, size = 10): OparlFile => ({
  _id: `file:${key}`,
  type: 'file',
  schema: 1,
  created: instant,
  modified: instant,
  name: key,
  fileName: `${key}.pdf`,
  mimeType: 'application/pdf',
  size,
  sha512,
})

test('papers are found by either side of the reference, each once', () => {
  const papers = new Map([paper('a'), paper('b')].map((entry) => [entry._id, entry]))
  const agenda = arrangeAgenda([item('one', { consultation: 'consultation:2' }), item('two', { order: 'a1' })], {
    consultations: [
      consultation('1', { agendaItem: 'agenda-item:one' }),
      consultation('2', { paper: 'paper:b' }),
      consultation('3', { agendaItem: 'agenda-item:one' }),
      consultation('4', { agendaItem: 'agenda-item:two', paper: 'paper:unknown' }),
      consultation('5', { agendaItem: 'agenda-item:two', deleted: true }),
    ],
    paper: (id) => papers.get(id),
    file: () => undefined,
  })
  expect(agenda.open.map(({ number, papers }) => [number, papers.map(({ _id }) => _id)])).toEqual([
    [1, ['paper:a', 'paper:b']],
    [2, []],
  ])
})

test('closed items stand behind, numbered on; a stub is told from a closed item that may be read', () => {
  const agenda = arrangeAgenda(
    [
      item('Vertrag', { public: false, closedReason: 'Vertragsangelegenheit', order: 'a0' }),
      item('Grundstück', { public: false, publicTitle: 'Grundstück', order: 'a1' }),
      item('Eröffnung', { order: 'a2' }),
    ],
    { consultations: [], paper: () => undefined, file: () => undefined },
  )
  expect(
    [agenda.open, agenda.closed].map((lines) => lines.map(({ item, number, veiled }) => [item.name, number, veiled])),
  ).toEqual([
    [['Eröffnung', 1, false]],
    [
      ['Grundstück', 2, true],
      ['Vertrag', 3, false],
    ],
  ])
})

test('files of papers and items are named once', () => {
  expect(
    fileIdsOf(
      [{ mainFile: 'file:1', auxiliaryFile: ['file:2', 'file:1'] }],
      [{ auxiliaryFile: ['file:2'], resolutionFile: 'file:3' }, {}],
    ),
  ).toEqual(['file:1', 'file:2', 'file:3'])
})

test('a packet counts bytes, not records', () => {
  const held = { x: 'here', y: 'fetching', z: 'not-here' } as const
  const packet = packetOf([file('1', 'x'), file('2', 'x'), file('3', 'y', 5), file('4', 'z', 7)], (sha512) => ({
    held: held[sha512 as keyof typeof held],
    pinned: false,
  }))
  expect(packet).toEqual({ files: 3, here: 1, fetching: 1, missingBytes: 12 })
})
