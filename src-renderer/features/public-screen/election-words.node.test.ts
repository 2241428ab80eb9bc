import { expect, test } from 'vitest'
import type { PublicElection } from '../../../shared/council/meeting-progress.ts'
import { m } from '../../../shared/i18n/index.ts'
import { electionInWords } from './election-words.ts'

const election: PublicElection = {
  ...{
    election: '01J00000000000000000000001',
    item: 'agenda-item:deputy',
    office: 'Stellvertretung',
    status: 'voting',
  },
  ...{ candidates: [{ candidate: 'c1', name: 'Ada Auer' }], rounds: [], elected: [], byLot: false },
}

test('an election is told by names: that it goes on, who is elected, and whether by lot', () => {
  expect(electionInWords(election)).toBe(m.site_live_electing())
  expect(electionInWords({ ...election, elected: ['c1'] })).toBe(m.site_live_elected({ name: 'Ada Auer' }))
  expect(electionInWords({ ...election, elected: ['c1'], byLot: true })).toBe(
    m.site_live_elected_by_lot({ name: 'Ada Auer' }),
  )
  expect(electionInWords({ ...election, elected: ['c2'] })).not.toContain('c2')
})
