import { ulid } from 'ulid'
import type { DeedOf } from '../../../shared/council/meeting-event.ts'
import type { Candidate } from '../../../shared/council/events/election.ts'
import { success, type Result } from '../../../shared/result.ts'
import type { Election } from '../../../shared/rules/meeting/state.ts'
import { act, type Acting, type Done, type NotDone } from '../votes/index.ts'

/** Opens the election; answers with its id. */
export async function openElection(
  room: Acting,
  fields: Pick<DeedOf<'election-opened'>, 'item' | 'office' | 'mode'>,
): Promise<Result<string, NotDone>> {
  const election = `election:${ulid()}`
  const outcome = await act(room, { kind: 'election-opened', election, ...fields, office: fields.office.trim() })
  return outcome.ok ? success(election) : outcome
}

export const nominate = (room: Acting, election: string, fields: Omit<Candidate, 'candidate'>): Done =>
  act(room, {
    kind: 'candidate-nominated',
    election,
    candidate: { candidate: `candidate:${ulid()}`, ...fields, name: fields.name.trim() },
  })

export const withdrawCandidate = (room: Acting, election: string, candidate: string): Done =>
  act(room, { kind: 'candidate-withdrawn', election, candidate })

export const openRound = (room: Acting, { election, rounds }: Pick<Election, 'election' | 'rounds'>): Done =>
  act(room, { kind: 'round-opened', election, round: rounds.length + 1 })

export const countRound = (
  room: Acting,
  election: string,
  round: number,
  count: Omit<DeedOf<'round-counted'>, 'kind' | 'election' | 'round'>,
): Done => act(room, { kind: 'round-counted', election, round, ...count })

export const drawLot = (room: Acting, election: string, candidate: string): Done =>
  act(room, { kind: 'lot-drawn', election, candidate })

export const cancelElection = (room: Acting, election: string, reason: string): Done =>
  act(room, { kind: 'election-cancelled', election, reason: reason.trim() })
