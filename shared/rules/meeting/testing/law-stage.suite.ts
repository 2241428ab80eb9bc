import type { Constitution, Matter } from '../../../council/events/constitution.ts'
import { choices, type Ballot, type Choice, type Tally, type VoteMode } from '../../../council/events/vote.ts'
import type { EventBody } from '../../../council/meeting-event.ts'
import type { ElectionCase, OrderCase, Stage, VoteCase, VotingRightCase } from '../../law/cases/case.ts'
import { ruleSet, type RuleSet } from '../../law/index.ts'
import { reduceMeeting } from '../log.ts'
import type { MeetingState } from '../state.ts'
import { storyOf } from './story.suite.ts'

const meeting = 'meeting:staged'
export const item = 'agenda-item:staged'
export const vote = 'vote:staged'
export const election = 'election:staged'
export const chair = 'person:0'
export const member = 'person:1'

const start = Date.UTC(2026, 4, 11, 16, 0, 0)
const minute = 60_000
const candidateOf = (name: string): string => `candidate:${name}`
export const candidateName = (id: string): string => id.slice('candidate:'.length)

/** A meeting that is played event by event: everything that follows from it comes out of its log alone. */
export interface Play {
  readonly rules: RuleSet
  readonly state: MeetingState
  /** When the next event happens. */
  readonly now: number
  /** What is done next; the state after it. */
  then(...bodies: readonly EventBody[]): Play
}

const play = (rules: RuleSet, bodies: readonly EventBody[]): Play => ({
  rules,
  state: reduceMeeting(meeting, storyOf(meeting, start, bodies)),
  now: start + bodies.length * minute,
  then: (...more) => play(rules, [...bodies, ...more]),
})

export const rulesOf = (id: string): RuleSet => {
  const rules = ruleSet(id)
  if (!rules) throw new Error(`There are no rules ${id}`)
  return rules
}

interface Body {
  readonly statutoryNumber: number
  readonly seats: number
  readonly chairElected: boolean
  readonly matter: Matter
  readonly call?: Constitution['call']
  readonly constituent?: boolean
  readonly hybrid?: boolean
  /** Seats without a vote. */
  readonly voteless?: readonly string[]
}

const constitutionOf = (rules: RuleSet, body: Body): Constitution => ({
  organizations: ['organization:council'],
  rules: rules.id,
  statutoryNumber: body.statutoryNumber,
  seats: Array.from({ length: body.seats }, (_, index) => {
    const person = `person:${index}`
    const votes = !body.voteless?.includes(person)
    return {
      person,
      name: `Person ${index}`,
      ...(index === 0 ? {} : { faction: `organization:f${index % 3}` }),
      ...{ votes, elected: votes && (index > 0 || body.chairElected) },
    }
  }),
  factions: [0, 1, 2].map((index) => ({ organization: `organization:f${index}`, name: `Faction ${index}` })),
  presidents: [chair],
  agenda: [{ item, public: true, matter: body.matter }],
  call: body.call ?? 'first',
  constituent: body.constituent ?? false,
  hybrid: body.hybrid ?? true,
  recording: 'none',
})

const prepared = (rules: RuleSet, body: Body): EventBody => ({
  kind: 'meeting-prepared',
  constitution: constitutionOf(rules, body),
})

const arrived = (index: number, mode: 'room' | 'remote' = 'room'): EventBody => ({
  kind: 'person-arrived',
  person: `person:${index}`,
  ...{ mode, by: 'list' },
})

const count = (length: number, from = 0): number[] => Array.from({ length }, (_, index) => from + index)
const declared = (person: string): EventBody => ({ kind: 'conflict-declared', person, item, away: 'table' })
const opened: readonly EventBody[] = [{ kind: 'meeting-opened' }, { kind: 'item-opened', item }]

/**
 * Puts a body on the stage until the item is open: first those in the room, the chair among them, then those by
 * picture, then those who are kept out. Where the rules of procedure allow nobody from elsewhere, the meeting was
 * prepared otherwise at first: else nobody could have come in by picture at all.
 */
export function stageBody(rules: RuleSet, stage: Stage): Play {
  const { statutoryNumber, members = statutoryNumber, room, remote, conflicts, matter, call, constituent } = stage
  const body = { statutoryNumber, seats: members, chairElected: stage.chair === 'elected', matter, call, constituent }
  const keptOut = count(conflicts, room + remote)
  return play(rules, [
    prepared(rules, { ...body, hybrid: stage.hybrid || remote > 0 }),
    ...count(room).map((index) => arrived(index)),
    ...count(remote, room).map((index) => arrived(index, 'remote')),
    ...keptOut.map((index) => arrived(index)),
    ...(stage.hybrid || remote === 0 ? [] : [prepared(rules, { ...body, hybrid: false })]),
    ...keptOut.map((index) => declared(`person:${index}`)),
    ...opened,
  ])
}

/** Puts a body on the stage that does not meet: some of its members are kept out of the item. */
export function stageCirculation(rules: RuleSet, stage: Stage): Play {
  const { statutoryNumber, members = statutoryNumber, conflicts, matter } = stage
  return play(rules, [
    prepared(rules, { statutoryNumber, seats: members, chairElected: stage.chair === 'elected', matter }),
    ...count(conflicts, members - conflicts).map((index) => declared(`person:${index}`)),
  ])
}

type Question = Pick<VoteCase['input'], 'subject' | 'majority' | 'secret'>

/** The question is put, and can be answered. */
export const openVote = (stage: Play, { subject, majority, secret }: Question, mode: VoteMode): Play =>
  stage.then({
    kind: 'vote-opened',
    ...{ vote, item, question: 'Shall it be so?', subject, majority, mode, secret },
    ...(subject === 'circular' && { until: stage.now + 1.5 * minute }),
  })

/** Who may vote gives the ballots of a tally, in the order of the roster. */
function ballotsOf({ entitled }: NonNullable<ReturnType<MeetingState['votes']['get']>>, tally: Tally): Ballot[] {
  const given = choices.flatMap((choice) => Array<Choice>(tally[choice]).fill(choice))
  return given.flatMap((choice, index) => {
    const person = entitled[index]
    return person === undefined ? [] : [{ person, choice }]
  })
}

function byFaction(state: MeetingState, ballots: readonly Ballot[]): { faction: string | null; tally: Tally }[] {
  const tallies = new Map<string | null, Record<keyof Tally, number>>()
  for (const { person, choice } of ballots) {
    const faction = state.constitution?.seats.find((seat) => seat.person === person)?.faction ?? null
    const tally = tallies.get(faction) ?? { yes: 0, no: 0, abstain: 0, invalid: 0 }
    tally[choice] += 1
    tallies.set(faction, tally)
  }
  return [...tallies].map(([faction, tally]) => ({ faction, tally }))
}

/** Whether a tally can come out of a mode: only papers can be invalid, and silence is consent of everybody. */
export function canCome(mode: VoteMode, tally: Tally, entitled: number): boolean {
  if (tally.invalid > 0) return mode === 'paper' || mode === 'hand'
  return mode !== 'no-objection' || tally.yes === entitled
}

/** The vote is taken in its mode, counted and closed. */
export function takeVote(stage: Play, tally: Tally): Play {
  const open = stage.state.votes.get(vote)
  if (!open) throw new Error('No vote is open')
  const ballots = ballotsOf(open, tally)
  const close: EventBody = { kind: 'vote-closed', vote }
  switch (open.mode) {
    case 'devices': {
      const received = ballots.map(({ person }) => ({
        person,
        ...(open.until === undefined ? {} : { at: stage.now }),
      }))
      return stage.then({ kind: 'ballots-received', vote, ballots: received }, close, {
        kind: 'vote-sealed',
        ...{ vote, ballots, digest: 'digest' },
      })
    }
    case 'roll-call':
      return stage.then(...ballots.map((ballot): EventBody => ({ kind: 'roll-called', vote, ...ballot })), close)
    case 'faction':
      return stage.then({ kind: 'votes-counted', vote, tally, factions: byFaction(stage.state, ballots) }, close)
    case 'no-objection':
      return stage.then(close)
    default:
      return stage.then({ kind: 'votes-counted', vote, tally }, close)
  }
}

/** Plays an election round by round: who no longer stands in a round withdrew before it, and lots come at the end. */
export function playElection(rules: RuleSet, { input }: ElectionCase): Play {
  const statutoryNumber = 53
  const names = [...new Set(input.rounds.flatMap(({ candidates }) => candidates))]
  const rounds = input.rounds.flatMap((round, index): EventBody[] => {
    const gone = (input.rounds[index - 1]?.candidates ?? []).filter((name) => !round.candidates.includes(name))
    const { votes, against, abstain, invalid } = round.count!
    const given = [...votes].map(([name, number]) => ({ candidate: candidateOf(name), votes: number }))
    return [
      ...gone.map((name): EventBody => ({ kind: 'candidate-withdrawn', election, candidate: candidateOf(name) })),
      { kind: 'round-opened', election, round: round.round },
      { kind: 'round-counted', election, round: round.round, votes: given, against, abstain, invalid },
    ]
  })
  return play(rules, [
    prepared(rules, { statutoryNumber, seats: statutoryNumber, chairElected: false, matter: 'election' }),
    ...count(statutoryNumber).map((index) => arrived(index)),
    ...opened,
    { kind: 'election-opened', election, item, office: 'First deputy mayor', mode: 'paper' },
    ...names.map((name): EventBody => ({
      kind: 'candidate-nominated',
      ...{ election, candidate: { candidate: candidateOf(name), name } },
    })),
    ...rounds,
    ...input.lot.map((name): EventBody => ({ kind: 'lot-drawn', election, candidate: candidateOf(name) })),
  ])
}

/** Whose right a case asks for. */
export const personOf = ({ input }: VotingRightCase): string => (input.chair ? chair : member)

/** Five members of whom one is as the case says, when the item is open. */
export function stagePerson(rules: RuleSet, { input }: VotingRightCase): Play {
  const person = input.chair ? chair : member
  const index = input.chair ? 0 : 1
  const { matter, constituent, hybrid } = input
  const body = { statutoryNumber: 5, seats: 5, chairElected: !input.chair || input.elected, matter, constituent }
  const voteless = input.votes ? [] : [person]
  const called: EventBody = { kind: 'called-to-order', person }
  return play(rules, [
    prepared(rules, { ...body, voteless, hybrid: true }),
    ...[0, 1, 2, 3, 4].map((other) => arrived(other, other === index ? input.mode : 'room')),
    ...(hybrid ? [] : [prepared(rules, { ...body, voteless, hybrid })]),
    ...(input.conflict ? [declared(person)] : []),
    ...opened,
    ...(input.cutOff ? [{ kind: 'connection-lost', person } as const] : []),
    ...(input.excluded ? [called, called, called, { kind: 'person-excluded', person } as const] : []),
    ...(input.here || input.excluded ? [] : [{ kind: 'person-left', person } as const]),
  ])
}

/** An election by paper with one candidate, open to be voted on. */
export const openRound = (stage: Play): Play =>
  stage.then(
    { kind: 'election-opened', election, item, office: 'First deputy mayor', mode: 'paper' },
    { kind: 'candidate-nominated', election, candidate: { candidate: candidateOf('anna'), name: 'Anna' } },
    { kind: 'round-opened', election, round: 1 },
  )

/** So many papers are for the only candidate. */
export const countRound = (stage: Play, papers: number): Play =>
  stage.then({
    kind: 'round-counted',
    ...{ election, round: 1, votes: [{ candidate: candidateOf('anna'), votes: papers }] },
    ...{ against: 0, abstain: 0, invalid: 0 },
  })

/** Opens what a person could take part in: an election by paper, or a vote. */
export const putToVote = (stage: Play, { input }: VotingRightCase): Play =>
  input.matter === 'election'
    ? openRound(stage)
    : openVote(
        stage,
        { subject: 'resolution', majority: 'simple', secret: input.secret },
        input.secret ? 'paper' : 'hand',
      )

/** A member is called to order so many times, and the chair excludes them; `agreed`: the body consented before. */
export function callToOrder(rules: RuleSet, { input }: OrderCase, agreed: boolean): Play {
  const called: EventBody = { kind: 'called-to-order', person: member }
  const stage = play(rules, [
    prepared(rules, { statutoryNumber: 5, seats: 5, chairElected: false, matter: 'ordinary' }),
    ...count(5).map((index) => arrived(index)),
    ...opened,
    ...Array<EventBody>(input.callsToOrder).fill(called),
  ])
  const question = { subject: 'exclusion', majority: 'simple', secret: false } as const
  const consented = agreed
    ? takeVote(openVote(stage, question, 'hand'), { yes: 3, no: 1, abstain: 0, invalid: 0 })
    : stage
  return consented.then({ kind: 'person-excluded', person: member })
}
