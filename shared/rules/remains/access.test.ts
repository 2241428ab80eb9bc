import { expect, test } from 'vitest'
import { judgeWrite, type Principal, type Role, type Verdict } from '../access.ts'

const at = '2026-05-04T17:00:00Z'
const head = (type: string) => ({ _id: `${type}:1`, type, schema: 1, created: at, modified: at })
const place = { meeting: 'meeting:1', term: 'legislative-term:1' }
const resolution = {
  ...{ ...head('resolution'), ...place, vote: 'vote:1', wording: 'So be it.', outcome: 'accepted', decided: at },
  ...{ public: false, state: 'open' },
}
const minutes = { ...head('minutes'), ...place, state: 'draft', signOffs: [], annotations: [] }
const section = { key: 'item:1:closed', public: false, heading: 'Item', blocks: [] }
const others = [
  minutes,
  { ...head('minutes-section'), ...place, minutes: 'minutes:1', agendaItem: 'agenda-item:1', section, after: [] },
  {
    ...{ ...head('objection'), ...place, minutes: 'minutes:1', section: 'opening', person: 'person:1', name: 'Mia' },
    ...{ wished: 'Otherwise.', raised: at, state: 'raised' },
  },
]

const write = (role: Role, document: object, stored?: object): string => {
  const principal: Principal = { account: role, person: null, roles: [role], organizations: [], factions: [] }
  const verdict: Verdict = judgeWrite(principal, {
    ...{ audience: 'office', document: document as { readonly _id: string }, liveLeaves: stored ? 1 : 0 },
    ...(stored ? { stored: { ...stored, _rev: '1-a' } } : {}),
  })
  return verdict.allowed ? 'allowed' : verdict.reason
}

test('nobody writes minutes, their sections or objections but the hub, not even an administrator', () => {
  for (const role of ['administrator', 'clerk', 'staff'] as const)
    for (const document of others)
      expect([write(role, document), write(role, { ...document, modified: at }, document)]).toEqual([
        'read-only',
        'read-only',
      ])
})

test('of a resolution the administration says what becomes of it, and who prepares meetings how it is announced', () => {
  const tracked = { ...resolution, state: 'in-progress', due: '2026-09-30', responsible: 'Bauamt', modified: at }
  const announced = { ...resolution, announced: { day: '2026-05-05', wording: 'Something was sold.' } }
  const attempts = { made: [resolution], tracked: [tracked, resolution], announced: [announced, resolution] } as const
  const verdicts = (role: Role) =>
    Object.fromEntries(Object.entries(attempts).map(([name, [after, before]]) => [name, write(role, after, before)]))
  const allowed = { made: 'read-only', tracked: 'allowed', announced: 'allowed' }
  expect(verdicts('clerk')).toEqual(allowed)
  expect(verdicts('administrator')).toEqual(allowed)
  expect(verdicts('staff')).toEqual({ ...allowed, announced: 'role' })
  expect(verdicts('member')['tracked']).toBe('no-such-audience')
})

test('what the log says of a resolution stays, except that an older state may lack the file of it', () => {
  for (const change of [{ wording: 'Otherwise.' }, { outcome: 'rejected' }, { public: true }, { deleted: true }])
    expect([change, write('clerk', { ...resolution, ...change }, resolution)]).toEqual([change, 'read-only'])
  expect(write('clerk', { ...resolution, versions: { public: [true] } }, resolution)).toBe('read-only')
  const printed = { ...resolution, file: 'file:1' }
  expect(write('clerk', { ...resolution, state: 'done' }, printed)).toBe('allowed')
  expect(write('clerk', { ...resolution, file: 'file:2' }, printed)).toBe('read-only')
})
