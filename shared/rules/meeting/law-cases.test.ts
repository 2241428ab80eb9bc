import { describe, expect, it } from 'vitest'
import type { LawCase } from '../law/cases/case.ts'
import { lawCases } from '../law/cases/index.ts'
import { entitledTo, votingRight } from '../voting-right.ts'
import {
  callToOrder,
  canCome,
  candidateName,
  countRound,
  election,
  item,
  member,
  openRound,
  openVote,
  personOf,
  playElection,
  putToVote,
  rulesOf,
  stageBody,
  stageCirculation,
  stagePerson,
  takeVote,
  vote,
} from './testing/law-stage.suite.ts'

const casesAbout = <About extends LawCase['about']>(about: About) =>
  lawCases
    .filter((law): law is Extract<LawCase, { about: About }> => law.about === about)
    .map((law) => [law.id, law] as const)

/** What a finding says of what a case expects; entries that a case can leave out must not be there then. */
const asked = (finding: object | undefined, expected: object, optional: readonly string[] = []) =>
  Object.fromEntries(
    [...Object.keys(expected), ...optional].map((key) => [
      key,
      (finding as Record<string, unknown> | undefined)?.[key],
    ]),
  )

describe('who is there decides whether the body can', () => {
  it.each(casesAbout('quorum'))('%s', (_, { rules: id, input, expected }) => {
    const rules = rulesOf(id)
    const stage = stageBody(rules, input)
    expect(stage.state.refused).toEqual([])
    // Who counts for a secret vote is asked when it is opened; everything else shows as soon as the item is open.
    const isElection = input.matter === 'election'
    if (!input.secret || isElection) expect(asked(stage.state.quorum, expected)).toEqual(expected)
    if (isElection) {
      const round = openRound(stage).state.elections.get(election)?.rounds[0]
      expect(asked(round?.quorum, expected)).toEqual(expected)
      expect(round?.entitled).toBe(expected.counted)
      const { state } = countRound(openRound(stage), expected.counted)
      const { outcome, repeated } = state.elections.get(election)?.finding ?? {}
      // Everybody agrees: without a quorum nobody is elected all the same.
      expect([outcome, repeated]).toEqual(expected.met ? ['elected', undefined] : ['next-round', 'quorum'])
      return
    }
    const mode = input.secret ? 'paper' : 'hand'
    const put = openVote(stage, { subject: 'resolution', majority: 'simple', secret: input.secret }, mode)
    const opened = put.state.votes.get(vote)
    expect(put.state.refused).toEqual([])
    expect(asked(opened?.quorum, expected)).toEqual(expected)
    expect(opened?.entitled).toHaveLength(expected.counted)
  })
})

describe('votes are decided as the law says, however they are taken', () => {
  it.each(casesAbout('vote'))('%s', (_, { rules: id, input, expected }) => {
    const rules = rulesOf(id)
    const circular = input.subject === 'circular'
    const stage = circular ? stageCirculation(rules, input) : stageBody(rules, input)
    const decision = { item, secret: input.secret, matter: input.matter, circular }
    const entitled = entitledTo(stage.state, rules, decision).length
    const modes = (input.secret ? rules.votes.secret.modes : rules.votes.modes).filter(
      (mode) => canCome(mode, input.tally, entitled) && (!circular || mode === 'devices'),
    )
    expect(modes).not.toEqual([])
    for (const mode of modes) {
      const { state } = takeVote(openVote(stage, input, mode), input.tally)
      expect(state.refused, mode).toEqual([])
      const { finding, tally } = state.votes.get(vote) ?? {}
      expect(asked(finding, expected, ['irregular']), mode).toEqual(expected)
      expect(tally, mode).toEqual(input.tally)
    }
  })
})

describe('elections stand after each round and lot as the law says', () => {
  it.each(casesAbout('election'))('%s', (_, law) => {
    const { state } = playElection(rulesOf(law.rules), law)
    const { rounds, lot } = law.input
    const played = state.elections.get(election)
    const finding = played?.finding && { ...played.finding, candidates: played.finding.candidates.map(candidateName) }
    expect(asked(finding, law.expected, ['lotFor', 'repeated'])).toEqual(law.expected)
    expect(played?.rounds.map(({ candidates }) => candidates.map(candidateName))).toEqual(
      rounds.map(({ candidates }) => candidates),
    )
    // A lot for somebody among whom it is not drawn is refused, and nothing else is.
    const strangers = lot.filter((name) => !rounds.at(-1)?.candidates.includes(name))
    expect(state.refused.map(({ cause }) => cause)).toEqual(strangers.map(() => 'unknown'))
  })
})

describe('who may vote, and why not', () => {
  it.each(casesAbout('voting-right'))('%s', (_, law) => {
    const rules = rulesOf(law.rules)
    const { input, expected } = law
    const person = personOf(law)
    const stage = stagePerson(rules, law)
    expect(stage.state.refused).toEqual([])
    const decision = { item, secret: input.secret, matter: input.matter }
    expect(votingRight(stage.state, rules, person, decision)).toEqual(expected)
    const { state } = putToVote(stage, law)
    expect(state.refused).toEqual([])
    const { entitled } = state.elections.get(election) ?? state.votes.get(vote)!
    expect(entitled.includes(person)).toBe(expected.kind === 'entitled')
  })
})

describe('calls to order, and what may follow', () => {
  it.each(casesAbout('order'))('%s', (_, law) => {
    const { mayBeExcluded, excludedBy } = law.expected
    const causeOf = (agreed: boolean): string | undefined => {
      const { state } = callToOrder(rulesOf(law.rules), law, agreed)
      const person = state.attendance.get(member)
      expect(person?.callsToOrder).toBe(law.input.callsToOrder)
      expect(person?.excluded).toBe(state.refused.length === 0)
      expect(person?.here).toBe(state.refused.length > 0)
      return state.refused[0]?.cause
    }
    const withoutVote = excludedBy === 'body' ? 'needs-a-vote' : undefined
    expect(causeOf(false)).toBe(mayBeExcluded ? withoutVote : 'rules-forbid')
    expect(causeOf(true)).toBe(mayBeExcluded ? undefined : 'rules-forbid')
  })
})

describe('the table and the stage', () => {
  it('every case is staged but those that no log of a meeting holds', () => {
    const staged = ['quorum', 'vote', 'election', 'voting-right', 'order']
    const others = new Set(lawCases.filter(({ about }) => !staged.includes(about)).map(({ about }) => about))
    expect([...others].sort()).toEqual(['invitation', 'membership', 'minutes'])
    expect(lawCases.length - lawCases.filter(({ about }) => others.has(about)).length).toBeGreaterThanOrEqual(170)
  })
})
