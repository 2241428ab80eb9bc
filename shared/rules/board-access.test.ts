import { expect, test } from 'vitest'
import { boardRoom, boardUpdateRange, textUpdateId } from '../council/text-update.ts'
import type { AnyRecord } from '../council/records/index.ts'
import { judgeWrite, type Principal, type Role } from './access.ts'
import type { Audience } from './audience.ts'
import { imagesOf } from './publication.ts'
import { RecordGraph } from './record-graph.ts'

const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
const page = '01J00000000000000000000001'
const boardRecord = { ...stamp, _id: 'board:b', type: 'board', meeting: 'meeting:m', name: 'Tafel', pages: [page] }
const board = { ...boardRecord, mode: 'write' }

const as = (role: Role, more: Partial<Principal> = {}): Principal => ({
  ...{ account: role, person: `person:${role}`, roles: [role], organizations: ['organization:planning'], factions: [] },
  ...more,
})
const update = (author: string) => ({
  _id: textUpdateId({ room: boardRoom('board:b', page), client: page, clock: 0 }),
  ...{ type: 'y', schema: 1, author, update: 'AAA=' },
})
const judge = (principal: Principal, audience: Audience, document: object, stored?: object): string => {
  const liveLeaves = stored ? 1 : 0
  const verdict = judgeWrite(principal, {
    audience,
    document: { ...document },
    stored: stored && { ...stored },
    liveLeaves,
  })
  return verdict.allowed ? 'allowed' : verdict.reason
}

test('those who meet draw, and those who prepare meetings; who may only look does not', () => {
  const roles = ['administrator', 'clerk', 'staff', 'chair', 'member', 'guest'] as const
  const verdicts = roles.map((role) => {
    const isOffice = ['administrator', 'clerk', 'staff'].includes(role)
    return [role, judge(as(role, isOffice ? { organizations: [] } : {}), 'org-planning', update(role))]
  })
  expect(Object.fromEntries(verdicts)).toEqual({
    ...{ administrator: 'allowed', clerk: 'allowed', staff: 'role' },
    ...{ chair: 'allowed', member: 'allowed', guest: 'allowed' },
  })
  expect(judge(as('member', { organizations: [] }), 'org-planning', update('member'))).toBe('no-such-audience')
})

test('at an item from which somebody is kept out, the others draw', () => {
  expect(judge(as('member', { circles: ['agenda-item:closed'] }), 'circle-closed', update('member'))).toBe('allowed')
  expect(judge(as('member'), 'circle-closed', update('member'))).toBe('no-such-audience')
})

test('what is drawn is an author’s own and stays', () => {
  expect(judge(as('member'), 'org-planning', update('chair'))).toBe('not-the-author')
  expect(judge(as('member'), 'org-planning', update('member'), update('member'))).toBe('append-only')
  expect(judge(as('member'), 'org-planning', { ...update('member'), _deleted: true }, update('member'))).toBe(
    'append-only',
  )
  expect(judge(as('clerk'), 'public', update('clerk'))).toBe('read-only')
})

test('the record of a board is made by those who prepare meetings, and stays with its meeting and item', () => {
  expect(judge(as('clerk'), 'office', board)).toBe('allowed')
  expect(judge(as('staff'), 'office', board)).toBe('role')
  expect(judge(as('member'), 'org-planning', board)).toBe('read-only')
  expect(judge(as('clerk'), 'office', { ...board, name: 'Skizze' }, board)).toBe('allowed')
  expect(judge(as('clerk'), 'office', { ...board, meeting: 'meeting:other' }, board)).toBe('invalid')
  expect(judge(as('clerk'), 'office', { ...board, agendaItem: 'agenda-item:other' }, board)).toBe('invalid')
})

const published = { state: 'published', step: 1 }
const records = (item: object, meeting: object = {}): AnyRecord[] =>
  [
    { ...stamp, _id: 'body:town', type: 'body', name: 'Stadt' },
    {
      ...stamp,
      _id: 'legislative-term:t',
      type: 'legislative-term',
      body: 'body:town',
      name: '2024',
      startDate: '2024-07-01',
    },
    ...['planning', 'council'].map((key) => ({
      ...{ ...stamp, _id: `organization:${key}`, type: 'organization', body: 'body:town' },
      ...{ name: key, organizationType: 'committee' },
    })),
    {
      ...{ ...stamp, _id: 'meeting:m', type: 'meeting', name: 'Sitzung', term: 'legislative-term:t' },
      ...{ organization: ['organization:planning'], start: '2026-05-04T17:00:00Z', public: true },
      ...{ publication: published, ...meeting },
    },
    {
      ...{ ...stamp, _id: 'agenda-item:i', type: 'agenda-item', meeting: 'meeting:m', term: 'legislative-term:t' },
      ...{ order: 'a0', name: 'Schulhof', public: true, ...item },
    },
  ] as unknown as AnyRecord[]
const seenBy = (item: object, meeting: object = {}, more: object = { agendaItem: 'agenda-item:i' }): string[] => {
  const shown = { ...board, ...more } as unknown as AnyRecord
  return [...imagesOf(shown, new RecordGraph([...records(item, meeting), shown])).keys()].sort()
}

test('a board of a public item is for those who meet, never for everybody', () => {
  expect(seenBy({})).toEqual(['org-planning'])
  expect(seenBy({}, {}, {})).toEqual(['org-planning'])
  expect(seenBy({}, { organization: ['organization:planning', 'organization:council'] })).toEqual([
    'org-council',
    'org-planning',
  ])
})

test('a board of a closed item goes where the item goes', () => {
  expect(seenBy({ public: false })).toEqual(['org-planning'])
  expect(seenBy({ public: false, excluded: ['person:p'] })).toEqual(['circle-i'])
  expect(seenBy({ public: true, excluded: ['person:p'] })).toEqual(['org-planning'])
})

test('nobody but the office sees a board of what is not published, is deleted, or is not of its meeting', () => {
  expect(seenBy({}, { publication: { state: 'draft', step: 0 } })).toEqual([])
  expect(seenBy({ deleted: true })).toEqual([])
  expect(seenBy({ meeting: 'meeting:other' })).toEqual([])
  expect(seenBy({}, {}, { deleted: true })).toEqual([])
  expect(seenBy({}, {}, { agendaItem: 'agenda-item:none' })).toEqual([])
})

const digest = (letter: string): string => letter.repeat(128)
const over = { file: 'file:f', sha512: digest('a') }
const seenOver = (paper: object, file: object = {}, more: object = { agendaItem: 'agenda-item:i' }): string[] => {
  const bytes = { name: 'Plan', fileName: 'plan.pdf', mimeType: 'application/pdf', size: 1, sha512: digest('a') }
  const named = [
    { ...stamp, _id: 'file:f', type: 'file', ...bytes, ...file },
    {
      ...{ ...stamp, _id: 'paper:p', type: 'paper', term: 'legislative-term:t', name: 'Plan', mainFile: 'file:f' },
      ...{ public: true, publication: published, ...paper },
    },
    {
      ...{ ...stamp, _id: 'consultation:c', type: 'consultation', paper: 'paper:p', term: 'legislative-term:t' },
      ...{ organization: ['organization:planning'] },
    },
  ]
  const shown = { ...board, ...over, ...more } as unknown as AnyRecord
  const town = new RecordGraph([...records({}), ...(named as unknown as AnyRecord[]), shown])
  for (const [audience, image] of imagesOf(shown, town)) expect([audience, image]).toEqual([audience, shown])
  return [...imagesOf(shown, town).keys()]
}

test('what is drawn over a file is for those who meet and read that very version of it', () => {
  expect(seenOver({})).toEqual(['org-planning'])
  expect(seenOver({ public: false })).toEqual(['org-planning'])
  expect(seenOver({}, { sha512: digest('b') })).toEqual([])
  expect(seenOver({ publication: { state: 'draft', step: 0 } })).toEqual([])
  expect(seenOver({ deleted: true })).toEqual([])
  expect(seenOver({ mainFile: undefined })).toEqual([])
  expect(seenOver({}, { deleted: true })).toEqual([])
})

test('a board opens the file under it to nobody', () => {
  const file = { ...stamp, _id: 'file:f', type: 'file', name: 'Plan', fileName: 'p.pdf', mimeType: 'application/pdf' }
  const named = { ...file, size: 1, sha512: digest('a') } as unknown as AnyRecord
  const shown = { ...board, ...over } as unknown as AnyRecord
  const town = new RecordGraph([...records({}), named, shown])
  expect([...imagesOf(named, town).keys()]).toEqual([])
  expect(judge(as('clerk'), 'office', { ...board, ...over, sha512: digest('b') }, { ...board, ...over })).toBe(
    'invalid',
  )
  expect(judge(as('clerk'), 'office', board, { ...board, ...over })).toBe('invalid')
})

test('of two opinions whether others may draw, the reserved one holds', () => {
  const disputed = { ...board, versions: { mode: ['write', 'read-only'] } } as unknown as AnyRecord
  const images = imagesOf(disputed, new RecordGraph([...records({}), disputed]))
  expect(images.get('org-planning')).toMatchObject({ mode: 'read-only' })
})

test('the pages of a board are found by their ids, and those of no other board', () => {
  const { startKey, endKey } = boardUpdateRange('board:b')
  const idOf = (key: string) => textUpdateId({ room: boardRoom(key, page), client: page, clock: 0 })
  const isIn = (id: string): boolean => id >= startKey && id <= endKey
  expect(['board:b', 'board:b-', 'board:b0', 'board:a', 'board:bb'].map((key) => isIn(idOf(key)))).toEqual([
    ...[true, false, false, false, false],
  ])
})
