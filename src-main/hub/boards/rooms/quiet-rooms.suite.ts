import type { Logger } from 'pino'
import type { Board } from '../../../../shared/council/records/index.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { BoardPlaces } from '../board-places.ts'
import { BoardRests } from '../board-rests.ts'
import { BoardRooms } from './board-rooms.ts'

/** The hub's rooms, for boards that all are in one audience, of meetings in which nothing is on. */
export function quietRooms(boardOf: (id: string) => Board, audience: Audience): BoardRooms {
  const places = { boardNow: boardOf, audiencesOf: () => [audience] } as unknown as BoardPlaces
  const logs = { stateOf: async () => ({ current: undefined, agenda: [] }), onState: () => undefined }
  const log: Pick<Logger, 'error'> = console
  const rests = new BoardRests(logs, () => undefined)
  return new BoardRooms({ places, rests, log, iceServers: [], now: () => performance.now() })
}
