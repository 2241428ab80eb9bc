import { expect, test } from 'vitest'
import { minutesRoom, textUpdateId } from '../council/text-update.ts'
import { judgeWrite, nobody, type Principal, type Role, type Verdict } from './access.ts'
import type { Audience } from './audience.ts'

const as = (role: Role): Principal => ({
  account: role,
  person: `person:${role}`,
  roles: [role],
  organizations: ['organization:planning'],
  factions: [],
})
const id = textUpdateId({
  room: minutesRoom('meeting:01J00000000000000000000001'),
  client: '01J00000000000000000000002',
  clock: 7,
})
const updateBy = (author: string, more: object = {}) => ({
  _id: id,
  type: 'y',
  schema: 1,
  author,
  update: 'AAA=',
  ...more,
})

const judge = (principal: Principal, more: object = {}, audience: Audience = 'office', liveLeaves = 0): string => {
  const document = updateBy(principal.account ?? 'nobody', more)
  const verdict: Verdict = judgeWrite(principal, { audience, document, liveLeaves })
  return verdict.allowed ? 'allowed' : verdict.reason
}

test('the text of minutes takes updates of those who prepare meetings, and says why not of others', () => {
  const roles = ['administrator', 'clerk', 'staff', 'chair', 'member', 'guest'] as const
  expect(Object.fromEntries(roles.map((role) => [role, judge(as(role))]))).toEqual({
    administrator: 'allowed',
    clerk: 'allowed',
    staff: 'role',
    chair: 'no-such-audience',
    member: 'no-such-audience',
    guest: 'no-such-audience',
  })
  expect(judge(nobody)).toBe('not-signed-in')
})

test('an update stays as it was written, and nobody deletes it', () => {
  expect(judge(as('clerk'), {}, 'office', 1)).toBe('append-only')
  expect(judge(as('clerk'), { _deleted: true }, 'office', 1)).toBe('append-only')
  expect(judge(as('clerk'), { _deleted: true }, 'office', 2)).toBe('append-only')
})

test('an update is its author’s own, and nobody writes as the hub does', () => {
  expect(judge(as('clerk'), { author: 'administrator' })).toBe('not-the-author')
  expect(judge(as('clerk'), { author: 'hub' })).toBe('not-the-author')
})

test('what is no update of a known room stays outside', () => {
  const wrong = [
    { _id: 'y:1' },
    { _id: id.replace('minutes:', 'papers:') },
    { _id: id.replace('00000007', '7') },
    { update: 'no base 64!' },
    { update: '' },
    { update: 'A'.repeat(4_000_004) },
    { sha512: 'a'.repeat(128) },
  ]
  expect(wrong.map((more) => judge(as('clerk'), more))).toEqual(wrong.map(() => 'invalid'))
})

test('nowhere but in the office', () => {
  for (const audience of ['public', 'org-planning'] as const)
    for (const role of ['administrator', 'clerk', 'member'] as const)
      expect(judge(as(role), {}, audience)).toBe('read-only')
})
