import { describe, expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { electionSentence } from '../../../shared/i18n/law-words.ts'
import type { ElectionCase } from '../../../shared/rules/law/cases/case.ts'
import { lawCases } from '../../../shared/rules/law/cases/index.ts'
import { findingOfCase } from '../../../shared/rules/law/case-findings.ts'
import { stagedElection, stageElection } from '../votes/testing/law-stage.ts'
import ElectionResult from './ElectionResult.svelte'

const cases = lawCases.filter((law): law is ElectionCase => law.about === 'election')

describe('an election of the table of cases, staged event by event, is shown with its outcome and sentence', () => {
  test('there are many', () => expect(cases.length).toBeGreaterThan(15))
  test.for(cases.map((law) => [law.id, law] as const))('%s', async ([, law]) => {
    const { state } = stageElection(law)
    const election = state.elections.get(stagedElection)!
    expect(election.finding).toMatchObject(law.expected)
    const found = findingOfCase(law)
    if (found.about !== 'election') throw new Error('not an election')
    const names = new Map(election.candidates.map(({ candidate, name }) => [candidate, name]))
    const screen = await render(ElectionResult, { election, constitution: state.constitution })
    await expect.element(screen.getByText(electionSentence(found.finding, names), { exact: true })).toBeVisible()
    await expect.element(screen.getByRole('table').first()).toBeVisible()
    await screen.unmount()
  })
})
