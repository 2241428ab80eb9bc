import type { Majority, Tally, VoteMode } from '../../../council/events/vote.ts'
import type { Block } from '../../../council/minutes.ts'
import { m } from '../../../i18n/index.ts'
import { voteSentence } from '../../../i18n/law-words.ts'
import type { Vote } from '../../meeting/state.ts'
import type { Happening } from '../telling/happenings.ts'
import type { Telling } from '../telling/telling.ts'
import { paragraph, runsOf, type Words } from '../telling/words.ts'
import { quorumWords } from './quorum.ts'

const modes: { readonly [Mode in VoteMode]: typeof m.minutes_vote_hand } = {
  devices: m.minutes_vote_devices,
  hand: m.minutes_vote_hand,
  'roll-call': m.minutes_vote_roll_call,
  faction: m.minutes_vote_faction,
  'no-objection': m.minutes_vote_no_objection,
  paper: m.minutes_vote_paper,
}
const majorities: { readonly [Kind in Majority]: typeof m.minutes_majority_simple } = {
  simple: m.minutes_majority_simple,
  statutory: m.minutes_majority_statutory,
  'two-thirds-statutory': m.minutes_majority_two_thirds_statutory,
  'two-thirds-present': m.minutes_majority_two_thirds_present,
  'two-thirds-votes': m.minutes_majority_two_thirds_votes,
  'unanimous-present': m.minutes_majority_unanimous_present,
  'unanimous-statutory': m.minutes_majority_unanimous_statutory,
}

/** A vote with its question, the wording of what is decided, and its result; secret ones name nobody. */
export function tellVote(
  telling: Telling,
  happening: Happening<'vote-opened'>,
  knows: (motion: string) => boolean,
): void {
  const vote = telling.state.votes.get(happening.deed.vote)
  if (!vote) return
  // The vote on closing the part is itself closed (GemO RLP §35 (1)).
  const inPublic = happening.inPublic && vote.inPublic && vote.subject !== 'publicity'
  const isOpen = inPublic && telling.isShown(vote.item) && telling.isShown(telling.current)
  const mayQuote = !isOpen || vote.motion === undefined || knows(vote.motion)
  telling.tell({ ...happening, inPublic }, vote.item, ...voteBlocks(telling, vote, mayQuote))
}

/** @param mayQuote whether the wording of the motion may stand here */
export function voteBlocks(telling: Telling, vote: Vote, mayQuote: boolean): Block[] {
  const { words, state } = telling
  const wording = mayQuote && vote.motion !== undefined ? state.motions.get(vote.motion)?.text : undefined
  const how = vote.secret ? m.minutes_vote_secret : modes[vote.mode]
  const mode = how({}, words.options)
  const heading = wording === undefined ? mode : m.minutes_vote({ how: mode, question: vote.question }, words.options)
  const majority = m.minutes_vote_majority({ majority: majorities[vote.majority]({}, words.options) }, words.options)
  return [
    paragraph(vote.vote, `${withStop(heading)} ${majority}`),
    ...quorumBlock(vote, words),
    { block: 'resolution', source: `${vote.vote}/wording`, runs: runsOf(wording ?? vote.question) },
    resultBlock(vote, words),
    ...(vote.status === 'decided' && !vote.secret ? listBlocks(vote, words) : []),
  ]
}

const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** Where not everybody who is there counts, or half of the members is not there. */
function quorumBlock({ vote, quorum }: Vote, words: Words): Block[] {
  const { met, rule, counted, room, remote, of } = quorum
  const isOrdinary = met && rule !== 'second-call' && counted === room + remote && counted > of / 2
  return isOrdinary ? [] : [paragraph(`${vote}/quorum`, quorumWords(quorum, words))]
}

function resultBlock({ vote, status, finding, mode, objections }: Vote, words: Words): Block {
  const source = `${vote}/result`
  if (status === 'cancelled') return paragraph(source, m.minutes_vote_cancelled({}, words.options))
  if (!finding) return paragraph(source, m.minutes_vote_pending({}, words.options))
  const silent = mode === 'no-objection' && objections.length === 0
  const before = silent ? m.minutes_vote_no_objection_result({}, words.options) : ''
  const label = { text: m.minutes_vote_result({}, words.options), strong: true } as const
  return { block: 'paragraph', source, runs: [label, { text: `${before}${voteSentence(finding, words.options)}` }] }
}

const tallyWords = {
  yes: m.minutes_yes,
  no: m.minutes_no,
  abstain: m.minutes_abstain,
  invalid: m.minutes_invalid,
} as const
const choices = ['yes', 'no', 'abstain', 'invalid'] as const

/** Who voted how, where names were called; how the factions voted, where that was counted. */
function listBlocks(vote: Vote, words: Words): Block[] {
  if (vote.mode === 'roll-call')
    return [
      {
        ...{ block: 'table', source: `${vote.vote}/named`, caption: m.minutes_named({}, words.options) },
        header: [m.minutes_named_name({}, words.options), m.minutes_named_choice({}, words.options)],
        rows: (vote.ballots ?? []).map(({ person, choice }) => [
          words.nameWithFaction(person),
          tallyWords[choice]({}, words.options),
        ]),
      },
    ]
  if (vote.mode !== 'faction' || !vote.factions) return []
  const cells = (tally: Tally): string[] => choices.map((choice) => String(tally[choice]))
  return [
    {
      ...{ block: 'table', source: `${vote.vote}/factions`, caption: m.minutes_by_faction({}, words.options) },
      header: [
        m.minutes_attendance_faction({}, words.options),
        ...choices.map((c) => tallyWords[c]({}, words.options)),
      ],
      rows: vote.factions.map(({ faction, tally }) => [words.faction(faction), ...cells(tally)]),
    },
  ]
}
