import { m } from '../../../../shared/i18n/index.ts'
import type { Speaker } from '../../../../shared/council/events/speech.ts'
import { seatOf } from '../../../../shared/rules/meeting/state.ts'
import { itemNumber, type Room } from '../../room/index.ts'

/** What ids of a log are called. */
export interface Names {
  person(id: string): string
  /** Undefined for who is in neither roster nor register of this device. */
  knownPerson(id: string): string | undefined
  faction(id: string): string
  /** "item 4", or "no item". */
  item(id: string | null): string
  speaker(speaker: Speaker): string
  /** Whose speech it is. */
  speech(id: string): string
  motion(id: string): string
  vote(id: string): string
  election(id: string): string
  candidate(election: string, id: string): string
  disturbance(id: string): string
}

/** Names as the meeting was prepared; what the log does not know is said to be unknown. */
export function namesIn(room: Pick<Room, 'state' | 'nameOf'>): Names {
  const { state } = room
  const unknown = m.cockpit_unknown()
  // A room that knows no name answers with the id, which tells nobody anything.
  const named = (id: string): string | undefined => (room.nameOf(id) === id ? undefined : room.nameOf(id))
  const knownPerson = (id: string) => seatOf(state, id)?.name ?? named(id)
  const person = (id: string) => knownPerson(id) ?? unknown
  const speaker = (who: Speaker) => ('person' in who ? person(who.person) : who.guest)
  return {
    person,
    knownPerson,
    speaker,
    faction: (id) =>
      state.constitution?.factions.find(({ organization }) => organization === id)?.name ?? named(id) ?? unknown,
    item(id) {
      if (id === null) return m.cockpit_no_item()
      const number = itemNumber(state, id)
      return number === undefined ? m.cockpit_item_unknown() : m.cockpit_item_number({ number })
    },
    speech(id) {
      const speech = state.speeches.get(id)
      return speech ? speaker(speech.speaker) : unknown
    },
    motion: (id) => state.motions.get(id)?.title ?? unknown,
    vote: (id) => state.votes.get(id)?.question ?? unknown,
    election: (id) => state.elections.get(id)?.office ?? unknown,
    candidate: (election, id) =>
      state.elections.get(election)?.candidates.find(({ candidate }) => candidate === id)?.name ?? unknown,
    disturbance: (id) => state.disturbances.get(id)?.what ?? unknown,
  }
}
