import { ulid } from 'ulid'
import type { Choice, Tally } from '../../../shared/council/events/vote.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import { success, type Result } from '../../../shared/result.ts'
import { act, type Acting, type Done, type NotDone } from './act.svelte.ts'
import type { VoteDraft } from './opening/vote-draft.ts'

/** Opens the vote; answers with its id. */
export async function openVote(room: Acting, draft: VoteDraft): Promise<Result<string, NotDone>> {
  const vote = `vote:${ulid()}`
  const outcome = await act(room, { kind: 'vote-opened', vote, ...draft, question: draft.question.trim() })
  return outcome.ok ? success(vote) : outcome
}

export const closeVote = (room: Acting, vote: string): Done => act(room, { kind: 'vote-closed', vote })

export const cancelVote = (room: Acting, vote: string, reason: string): Done =>
  act(room, { kind: 'vote-cancelled', vote, ...(reason.trim() ? { reason: reason.trim() } : {}) })

export const callName = (room: Acting, vote: string, person: string, choice: Choice): Done =>
  act(room, { kind: 'roll-called', vote, person, choice })

export const raiseObjection = (room: Acting, vote: string, person: string): Done =>
  act(room, { kind: 'objection-raised', vote, person })

/** Puts the counted numbers on record, and closes the vote with them. */
export async function recordCount(
  room: Acting,
  vote: string,
  tally: Tally,
  factions?: readonly { faction: string | null; tally: Tally }[],
): Done {
  const body: EventBody = { kind: 'votes-counted', vote, tally, ...(factions ? { factions: [...factions] } : {}) }
  const counted = await act(room, body)
  return counted.ok ? closeVote(room, vote) : counted
}
