import type { Constitution } from '../../../../shared/council/events/constitution.ts'
import { choices, type Choice } from '../../../../shared/council/events/vote.ts'
import type { DeedOf, EventBody } from '../../../../shared/council/meeting-event.ts'
import type { ElectionCase, VoteCase } from '../../../../shared/rules/law/cases/case.ts'
import { ruleSet } from '../../../../shared/rules/law/index.ts'
import { neededMajority } from '../opening/vote-draft.ts'
import { itemIds, personAt } from './council.ts'
import { StagedRoom } from './stage.svelte.ts'

export const stagedVote = 'vote:case'
export const stagedElection = 'election:case'

function constitutionOf(rules: string, statutoryNumber: number, more: Partial<Constitution>): Constitution {
  return {
    organizations: ['organization:council'],
    rules,
    statutoryNumber,
    seats: [],
    factions: [],
    presidents: [personAt(0)],
    agenda: [{ item: itemIds.resolution, public: true, matter: 'ordinary' }],
    call: 'first',
    constituent: false,
    hybrid: false,
    recording: 'none',
    ...more,
  }
}

const seatsOf = (number: number, chairElected: boolean): Constitution['seats'] =>
  Array.from({ length: number }, (_, index) => ({
    person: personAt(index),
    name: `Mitglied ${index}`,
    votes: true,
    elected: index > 0 || chairElected,
  }))

/**
 * Whether events can lead to a case: the reducer lets nobody take part from elsewhere where the rules do not, counts no
 * abstention where the law knows none, and no more votes than members.
 */
export const canBeStaged = ({ input, expected }: VoteCase): boolean =>
  expected.irregular === undefined && (input.remote === 0 || input.hybrid)

/** A meeting that took a vote as a case of the law tells it, event by event. */
export function stageVote({ rules, input }: VoteCase): StagedRoom {
  const { room, remote, conflicts, matter, secret, subject } = input
  const law = ruleSet(rules)!
  const seats = seatsOf(input.members ?? input.statutoryNumber, input.chair === 'elected')
  const arrive = (index: number, mode: 'room' | 'remote'): EventBody => ({
    kind: 'person-arrived',
    person: personAt(index),
    mode,
    by: 'list',
  })
  const item = itemIds.resolution
  const events: EventBody[] = [
    {
      kind: 'meeting-prepared',
      constitution: constitutionOf(rules, input.statutoryNumber, {
        seats,
        agenda: [{ item, public: true, matter }],
        call: input.call,
        constituent: input.constituent,
        hybrid: input.hybrid,
      }),
    },
  ]
  const keptOut = Array.from({ length: conflicts }, (_, index): EventBody => ({
    kind: 'conflict-declared',
    person: personAt(room + remote + index),
    item,
    away: law.conflict.inPublic,
  }))
  const question = { vote: stagedVote, item, question: 'Frage des Falles', subject }
  if (subject === 'circular') return circulated(new StagedRoom({ events: [...events, ...keptOut] }), question, input)
  events.push(
    ...Array.from({ length: room }, (_, index) => arrive(index, 'room')),
    ...Array.from({ length: remote }, (_, index) => arrive(room + index, 'remote')),
    ...Array.from({ length: conflicts }, (_, index) => arrive(room + remote + index, 'room')),
    { kind: 'meeting-opened' },
    { kind: 'item-opened', item },
    ...keptOut,
    {
      ...{ kind: 'vote-opened', ...question, majority: neededMajority(subject, law) ?? input.majority },
      ...{ mode: secret ? 'paper' : 'hand', secret },
    },
    { kind: 'votes-counted', vote: stagedVote, tally: input.tally },
    { kind: 'vote-closed', vote: stagedVote },
  )
  return new StagedRoom({ events })
}

type Put = Pick<DeedOf<'vote-opened'>, 'vote' | 'item' | 'question' | 'subject'>

/** Without a meeting: members answer at home, and the chair closes after the deadline. */
function circulated(room: StagedRoom, question: Put, { majority, tally }: VoteCase['input']): StagedRoom {
  const day = 86_400_000
  room.tell({ kind: 'vote-opened', ...question, majority, mode: 'devices', secret: false, until: room.tick + day })
  const { entitled } = room.state.votes.get(stagedVote)!
  const given = choices.flatMap((choice) => Array<Choice>(tally[choice]).fill(choice))
  for (const [index, choice] of given.entries()) room.receive(stagedVote, entitled[index]!, choice)
  room.pass(day)
  room.tell({ kind: 'vote-closed', vote: stagedVote })
  room.seal(stagedVote)
  return room
}

/** A meeting that held an election as a case of the law tells it: who is missing in a later round has withdrawn. */
export function stageElection({ rules, input }: ElectionCase): StagedRoom {
  const election = stagedElection
  const seats = seatsOf(100, true)
  const item = itemIds.election
  const room = new StagedRoom({
    events: [
      {
        kind: 'meeting-prepared',
        constitution: constitutionOf(rules, 100, { seats, agenda: [{ item, public: true, matter: 'election' }] }),
      },
      ...seats.map(({ person }): EventBody => ({ kind: 'person-arrived', person, mode: 'room', by: 'list' })),
      { kind: 'meeting-opened' },
      { kind: 'item-opened', item },
      { kind: 'election-opened', election, item, office: 'Amt des Falles', mode: 'paper' },
    ],
  })
  const [first] = input.rounds
  for (const candidate of first?.candidates ?? [])
    room.tell({ kind: 'candidate-nominated', election, candidate: { candidate, name: `Person ${candidate}` } })
  for (const { round, candidates, count } of input.rounds) {
    drawInto(room, candidates)
    for (const { candidate } of room.state.elections.get(election)!.candidates)
      if (!candidates.includes(candidate) && stands(room, candidate))
        room.tell({ kind: 'candidate-withdrawn', election, candidate })
    room.tell({ kind: 'round-opened', election, round })
    if (!count) continue
    const votes = [...count.votes].map(([candidate, some]) => ({ candidate, votes: some }))
    const { against, abstain, invalid } = count
    room.tell({ kind: 'round-counted', election, round, votes, against, abstain, invalid })
  }
  // A lot for somebody who is not among them is refused, and changes nothing.
  for (const candidate of input.lot) void room.run({ kind: 'lot-drawn', election, candidate })
  return room
}

function stands(room: StagedRoom, candidate: string): boolean {
  const { finding, withdrawn } = room.state.elections.get(stagedElection)!
  return !withdrawn.includes(candidate) && (finding?.candidates.includes(candidate) ?? true)
}

/** Where the lot decided who came into the next round, it fell on those who are in it. */
function drawInto(room: StagedRoom, candidates: readonly string[]): void {
  const { status, finding } = room.state.elections.get(stagedElection)!
  if (status !== 'lot') return
  for (const candidate of finding?.candidates ?? [])
    if (candidates.includes(candidate)) room.tell({ kind: 'lot-drawn', election: stagedElection, candidate })
}
