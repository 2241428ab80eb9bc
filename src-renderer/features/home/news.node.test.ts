import { expect, test } from 'vitest'
import type { AgendaItem, Meeting, Paper } from '../../../shared/oparl/index.ts'
import { newsSince } from './news.ts'
import { comingMeetings } from './next-meeting.ts'

const before = '2026-05-01T00:00:00Z'
const seen = '2026-05-02T00:00:00Z'
const after = '2026-05-03T00:00:00Z'
const later = '2026-05-04T00:00:00Z'
const term = 'legislative-term:t'
const publication = { state: 'published', step: 0 } as const
const meeting = (key: string, more: Partial<Meeting> = {}): Meeting => ({
  _id: `meeting:${key}`,
  type: 'meeting',
  schema: 1,
  created: before,
  modified: before,
  name: key,
  term,
  organization: ['organization:mine'],
  start: '2026-06-01T15:00:00Z',
  public: true,
  publication,
  ...more,
})
const item = (key: string, of: string, modified: string): AgendaItem => ({
  _id: `agenda-item:${key}`,
  type: 'agenda-item',
  schema: 1,
  created: before,
  modified,
  meeting: of,
  term,
  order: 'a0',
  name: key,
  public: true,
})
const paper = (key: string, more: Partial<Paper>): Paper => ({
  _id: `paper:${key}`,
  type: 'paper',
  schema: 1,
  created: before,
  modified: after,
  term,
  name: key,
  public: true,
  publication,
  ...more,
})

test('news are what changed after the last look, items of one agenda as one line, newest first', () => {
  const meetings = [
    meeting('new', { created: after, modified: after }),
    meeting('seen'),
    meeting('past', { modified: after, start: '2026-01-01T15:00:00Z' }),
  ]
  const lines = newsSince(seen, {
    meetings,
    items: [
      item('1', 'meeting:seen', after),
      item('2', 'meeting:seen', later),
      item('3', 'meeting:seen', before),
      item('4', 'meeting:new', after),
      item('5', 'meeting:unknown', after),
    ],
    papers: [paper('changed', { date: '2026-04-20' }), paper('old', { date: '2025-04-20' })],
    meeting: (id) => meetings.find(({ _id }) => _id === id),
  })
  expect(lines.map(({ kind, title, at, items }) => [kind, title, at, items])).toEqual([
    ['agenda-changed', 'seen', later, 2],
    ['meeting-new', 'new', after, undefined],
    ['paper-changed', 'changed', after, undefined],
  ])
})

test('coming meetings are mine, published, neither cancelled nor over', () => {
  const now = Date.parse('2026-06-01T16:00:00Z')
  const meetings = [
    meeting('running'),
    meeting('ended', { end: '2026-06-01T15:30:00Z' }),
    meeting('tomorrow', { start: '2026-06-02T15:00:00Z' }),
    meeting('sooner', { start: '2026-06-02T09:00:00Z' }),
    meeting('cancelled', { cancelled: true }),
    meeting('foreign', { organization: ['organization:other'] }),
    meeting('draft', { publication: { state: 'draft', step: 0 } }),
  ]
  const names = (mine: string[]) => comingMeetings(meetings, mine, now).map(({ name }) => name)
  expect([names(['organization:mine']), names([])]).toEqual([
    ['running', 'sooner', 'tomorrow'],
    ['foreign', 'running', 'sooner', 'tomorrow'],
  ])
})
