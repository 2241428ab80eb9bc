import { ulid } from 'ulid'
import type { DeedOf } from '../../../shared/council/meeting-event.ts'
import type { Candidate } from '../../../shared/council/events/election.ts'
import { success, type Result } from '../../../shared/result.ts'
import type { Election } from '../../../shared/rules/meeting/state.ts'
import type { Done, NotDone, Room } from '../votes/index.ts'

type Running = Pick<Room, 'run'>

/** Opens the election; answers with its id. */
export async function openElection(
  room: Running,
  fields: Pick<DeedOf<'election-opened'>, 'item' | 'office' | 'mode'>,
): Promise<Result<string, NotDone>> {
  const election = `election:${ulid()}`
  const outcome = await room.run({ kind: 'election-opened', election, ...fields, office: fields.office.trim() })
  return outcome.ok ? success(election) : outcome
}

export const nominate = (room: Running, election: string, fields: Omit<Candidate, 'candidate'>): Done =>
  room.run({
    kind: 'candidate-nominated',
    election,
    candidate: { candidate: `candidate:${ulid()}`, ...fields, name: fields.name.trim() },
  })

export const withdrawCandidate = (room: Running, election: string, candidate: string): Done =>
  room.run({ kind: 'candidate-withdrawn', election, candidate })

export const openRound = (room: Running, { election, rounds }: Pick<Election, 'election' | 'rounds'>): Done =>
  room.run({ kind: 'round-opened', election, round: rounds.length + 1 })

export const countRound = (
  room: Running,
  election: string,
  round: number,
  count: Omit<DeedOf<'round-counted'>, 'kind' | 'election' | 'round'>,
): Done => room.run({ kind: 'round-counted', election, round, ...count })

export const drawLot = (room: Running, election: string, candidate: string): Done =>
  room.run({ kind: 'lot-drawn', election, candidate })

export const cancelElection = (room: Running, election: string, reason: string): Done =>
  room.run({ kind: 'election-cancelled', election, reason: reason.trim() })
