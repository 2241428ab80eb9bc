import type { Block } from '../../../council/minutes.ts'
import { m } from '../../../i18n/index.ts'
import { electionSentence } from '../../../i18n/law-words.ts'
import { electionFinding } from '../../election.ts'
import type { Election, ElectionRound } from '../../meeting/state.ts'
import type { Happening } from '../telling/happenings.ts'
import type { Telling } from '../telling/telling.ts'
import { paragraph, type Words } from '../telling/words.ts'

/** An election with everybody proposed, each round, the lot and who is elected. */
export function tellElection(telling: Telling, happening: Happening<'election-opened'>): void {
  const election = telling.state.elections.get(happening.deed.election)
  if (!election) return
  const inPublic = happening.inPublic && election.inPublic
  telling.tell({ ...happening, inPublic }, election.item, ...electionBlocks(telling, election))
}

function electionBlocks(telling: Telling, election: Election): Block[] {
  const { words } = telling
  const { election: id, office, mode, candidates, withdrawn, rounds, status } = election
  const names = new Map(candidates.map(({ candidate, name }) => [candidate, name]))
  const nameOf = (candidate: string): string => names.get(candidate) ?? candidate
  const list = (some: readonly string[]): { names: string } => ({ names: words.list(some.map(nameOf)) })
  const heading = mode === 'paper' ? m.minutes_election_paper : m.minutes_election_open
  const nominated = candidates.map(({ candidate }) => candidate)
  const open = status === 'nominating' || status === 'voting'
  return [
    paragraph(id, `${heading({ office }, words.options)}.`),
    paragraph(
      `${id}/candidates`,
      nominated.length === 0
        ? m.minutes_election_none({}, words.options)
        : m.minutes_election_candidates(list(nominated), words.options),
    ),
    ...(withdrawn.length === 0
      ? []
      : [paragraph(`${id}/withdrawn`, m.minutes_election_withdrawn(list(withdrawn), words.options))]),
    ...rounds.flatMap((_, index) => roundBlocks(telling, election, index, names)),
    ...lotBlocks(election, names, words),
    ...(open ? [paragraph(`${id}/pending`, m.minutes_election_pending({}, words.options))] : []),
  ]
}

/** Numbers of a round, and what followed from them; a lot after it is told apart. */
function roundBlocks(
  { words, rules }: Telling,
  { election, rounds }: Election,
  index: number,
  names: ReadonlyMap<string, string>,
): Block[] {
  const round = rounds[index]
  if (!round?.count) return []
  const source = `${election}/round:${index + 1}`
  const before = electionFinding(rules, { rounds: rounds.slice(0, index) })
  const finding = electionFinding(rules, { rounds: rounds.slice(0, index + 1) })
  const isRunOff = before?.outcome === 'run-off' || before?.lotFor === 'run-off'
  const caption = isRunOff ? m.minutes_election_run_off : m.minutes_election_round
  return [
    {
      ...{ block: 'table', source, caption: caption({ round: round.round, entitled: round.entitled }, words.options) },
      header: [m.minutes_election_candidate({}, words.options), m.minutes_election_votes({}, words.options)],
      rows: roundRows(round, round.count, names, words),
    },
    ...(finding ? [paragraph(`${source}/result`, electionSentence(finding, names, words.options))] : []),
  ]
}

function roundRows(
  { candidates }: ElectionRound,
  { votes, against, abstain, invalid }: NonNullable<ElectionRound['count']>,
  names: ReadonlyMap<string, string>,
  { options }: Words,
): string[][] {
  const rows: [string, number][] = [
    ...[...votes].map(([candidate, number]): [string, number] => [names.get(candidate) ?? candidate, number]),
    ...(candidates.length === 1 ? ([[m.minutes_election_against({}, options), against]] as [string, number][]) : []),
    [m.minutes_election_abstain({}, options), abstain],
    [m.minutes_election_invalid({}, options), invalid],
  ]
  return rows.map(([name, number]) => [name, String(number)])
}

function lotBlocks({ election, drawn, finding }: Election, names: ReadonlyMap<string, string>, words: Words): Block[] {
  if (drawn.length === 0) return []
  const list = words.list(drawn.map((candidate) => names.get(candidate) ?? candidate))
  const settled = finding?.byLot
    ? [paragraph(`${election}/result`, electionSentence(finding, names, words.options))]
    : []
  return [paragraph(`${election}/lot`, m.minutes_election_drawn({ names: list }, words.options)), ...settled]
}

export function tellElectionCancelled(telling: Telling, happening: Happening<'election-cancelled'>): void {
  const election = telling.state.elections.get(happening.deed.election)
  if (!election) return
  const { words } = telling
  const text = m.minutes_election_cancelled({ reason: words.reason(happening.deed.reason) }, words.options)
  const inPublic = happening.inPublic && election.inPublic
  telling.tell({ ...happening, inPublic }, election.item, paragraph(`${election.election}/cancelled`, text))
}
