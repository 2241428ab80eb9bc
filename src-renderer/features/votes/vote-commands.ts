import { ulid } from 'ulid'
import type { Choice, Tally } from '../../../shared/council/events/vote.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import { success, type Result } from '../../../shared/result.ts'
import type { VoteDraft } from './opening/vote-draft.ts'
import type { Room } from './room.ts'

type Running = Pick<Room, 'run'>
export type Done = ReturnType<Room['run']>
export type NotDone = Extract<Awaited<Done>, { ok: false }>['failure']

/** Opens the vote; answers with its id. */
export async function openVote(room: Running, draft: VoteDraft): Promise<Result<string, NotDone>> {
  const vote = `vote:${ulid()}`
  const outcome = await room.run({ kind: 'vote-opened', vote, ...draft, question: draft.question.trim() })
  return outcome.ok ? success(vote) : outcome
}

export const closeVote = (room: Running, vote: string): Done => room.run({ kind: 'vote-closed', vote })

export const cancelVote = (room: Running, vote: string, reason: string): Done =>
  room.run({ kind: 'vote-cancelled', vote, ...(reason.trim() ? { reason: reason.trim() } : {}) })

export const callName = (room: Running, vote: string, person: string, choice: Choice): Done =>
  room.run({ kind: 'roll-called', vote, person, choice })

export const raiseObjection = (room: Running, vote: string, person: string): Done =>
  room.run({ kind: 'objection-raised', vote, person })

/** Puts the counted numbers on record, and closes the vote with them. */
export async function recordCount(
  room: Running,
  vote: string,
  tally: Tally,
  factions?: readonly { faction: string | null; tally: Tally }[],
): Done {
  const body: EventBody = { kind: 'votes-counted', vote, tally, ...(factions ? { factions: [...factions] } : {}) }
  const counted = await room.run(body)
  return counted.ok ? closeVote(room, vote) : counted
}
