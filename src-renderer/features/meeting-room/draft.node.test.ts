import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Constitution } from '../../../shared/council/events/constitution.ts'
import { constitutionFrom, draftOf, openFaults } from './draft.ts'

const day = '2026-12-01'
const constitution: Constitution = {
  organizations: ['organization:council'],
  rules: 'de-rp-2024',
  statutoryNumber: 3,
  seats: [
    { person: 'person:a', name: 'Frau A', faction: 'organization:red', votes: true, elected: true },
    { person: 'person:b', name: 'Herr B', votes: true, elected: false },
  ],
  factions: [{ organization: 'organization:red', name: 'Rot' }],
  presidents: ['person:b', 'person:a'],
  agenda: [{ item: 'agenda-item:1', public: true, matter: 'ordinary' }],
  ...{ call: 'first', constituent: false, hybrid: true, recording: 'poll' },
  invitation: { sent: '2026-11-20', meeting: day, urgent: true, urgency: 'Frist läuft ab' },
}
const seat = fc.record({
  person: fc.integer({ min: 0, max: 99 }).map((key) => `person:${key}`),
  name: fc.constantFrom('Frau A', 'Herr B'),
  votes: fc.boolean(),
  elected: fc.boolean(),
})
const any = fc.record({
  seats: fc.uniqueArray(seat, { selector: ({ person }) => person, maxLength: 8 }),
  presidents: fc.uniqueArray(fc.constantFrom('person:a', 'person:b', 'person:c'), { minLength: 1 }),
  statutoryNumber: fc.integer({ min: 1, max: 999 }),
  call: fc.constantFrom('first' as const, 'second' as const),
  hybrid: fc.boolean(),
})

test('what nobody changes is frozen as it was', () => {
  fc.assert(
    fc.property(any, (more) => {
      const given = { ...constitution, factions: [], ...more }
      expect(constitutionFrom(draftOf(given), given, day)).toEqual({ ok: true, value: given })
    }),
  )
  expect(constitutionFrom(draftOf(constitution), constitution, day)).toEqual({ ok: true, value: constitution })
})

test('a draft without chair or number is not frozen, and says both', () => {
  const draft = { ...draftOf(constitution), presidents: [], statutoryNumber: ' zwölf' }
  expect(constitutionFrom(draft, constitution, day)).toEqual({ ok: false, failure: ['number', 'presidents'] })
  for (const statutoryNumber of ['0', '-1', '1000', '', '3.5'])
    expect(constitutionFrom({ ...draftOf(constitution), statutoryNumber }, constitution, day).ok).toBe(false)
})

test('under a rule set that nobody knows nothing is frozen', () => {
  const draft = { ...draftOf(constitution), rules: 'de-xx-0000' }
  expect(constitutionFrom(draft, constitution, day)).toEqual({ ok: false, failure: ['rules'] })
})

test('without a day of the invitation none is on record; without urgency no reason for it', () => {
  const none = constitutionFrom({ ...draftOf(constitution), sent: '' }, constitution, day)
  expect(none.ok && none.value.invitation).toBeUndefined()
  const calm = constitutionFrom({ ...draftOf(constitution), urgent: false }, constitution, day)
  expect(calm.ok && calm.value.invitation).toEqual({ sent: '2026-11-20', meeting: day, urgent: false })
})

test('faults of the registers end when the draft mends them', () => {
  const faults = [{ kind: 'no-chair' }, { kind: 'no-deputy' }, { kind: 'no-votes' }, { kind: 'no-agenda' }] as const
  const bare = { ...draftOf(constitution), presidents: [], seats: [] }
  expect(openFaults(faults, bare)).toEqual(faults)
  expect(openFaults(faults, draftOf(constitution))).toEqual([{ kind: 'no-agenda' }])
})
