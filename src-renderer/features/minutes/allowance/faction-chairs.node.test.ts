import { expect, test } from 'vitest'
import type { Membership } from '../../../../shared/oparl/membership.ts'
import { factionChairsOn } from './faction-chairs.ts'

const member = (person: string, role: string, more: Partial<Membership> = {}): Membership => ({
  ...{ _id: `membership:${person}`, type: 'membership', schema: 1, person: `person:${person}`, role },
  ...{ created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z', organization: 'organization:a' },
  ...{ votingRight: true },
  ...more,
})

test('chairs of the factions of the meeting, not their deputies, nor those of other bodies or other times', () => {
  const memberships = [
    member('chair', 'Fraktionsvorsitz'),
    member('second', 'Vorsitzende'),
    member('deputy', 'Stellvertretender Vorsitz'),
    member('plain', 'Mitglied'),
    member('elsewhere', 'Vorsitz', { organization: 'organization:committee' }),
    member('former', 'Fraktionsvorsitz', { endDate: '2026-05-01' }),
  ]
  expect([...factionChairsOn(memberships, new Set(['organization:a']), '2026-06-01')]).toEqual([
    'person:chair',
    'person:second',
  ])
})
