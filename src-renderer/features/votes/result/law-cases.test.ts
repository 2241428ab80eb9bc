import { describe, expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { voteSentence } from '../../../../shared/i18n/law-words.ts'
import type { VoteCase } from '../../../../shared/rules/law/cases/case.ts'
import { lawCases } from '../../../../shared/rules/law/cases/index.ts'
import { findingOfCase } from '../../../../shared/rules/law/case-findings.ts'
import type { Vote } from '../../../../shared/rules/meeting/state.ts'
import { canBeStaged, stagedVote, stageVote } from '../testing/law-stage.ts'
import VoteResult from './VoteResult.svelte'

const cases = lawCases.filter((law): law is VoteCase => law.about === 'vote')
const words = { accepted: 'Angenommen', rejected: 'Abgelehnt', 'not-quorate': 'Nicht beschlussfähig' }

async function expectShown(law: VoteCase, vote: Vote): Promise<void> {
  const screen = await render(VoteResult, { vote })
  await expect.element(screen.getByText(words[law.expected.outcome], { exact: true })).toBeVisible()
  const finding = findingOfCase(law)
  if (finding.about !== 'vote') throw new Error('not a vote')
  await expect.element(screen.getByText(voteSentence(finding.finding), { exact: true })).toBeVisible()
  const { yes, no, abstain } = law.input.tally
  const bars = screen.getByRole('list', { name: 'Stimmen' }).getByRole('listitem')
  expect(
    bars
      .elements()
      .slice(0, 3)
      .map((bar) => Number(/\d+$/.exec(bar.textContent.trim())?.[0])),
  ).toEqual([yes, no, abstain])
  await screen.unmount()
}

describe('a vote of the table of cases, staged event by event, is shown with its outcome and sentence', () => {
  const staged = cases.filter(canBeStaged)
  test('there are many', () => expect(staged.length).toBeGreaterThan(30))
  test.for(staged.map((law) => [law.id, law] as const))('%s', async ([, law]) => {
    const vote = stageVote(law).state.votes.get(stagedVote)!
    expect(vote.finding).toMatchObject(law.expected)
    await expectShown(law, vote)
  })
})

describe('so is one that no events lead to', () => {
  test.for(cases.filter((law) => !canBeStaged(law)).map((law) => [law.id, law] as const))('%s', async ([, law]) => {
    const found = findingOfCase(law)
    if (found.about !== 'vote') throw new Error('not a vote')
    const like = stageVote(cases.find(canBeStaged)!).state.votes.get(stagedVote)!
    await expectShown(law, {
      ...like,
      majority: found.finding.majority,
      tally: law.input.tally,
      finding: found.finding,
    })
  })
})
