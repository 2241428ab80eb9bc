import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { IceServer } from '../../../shared/hub-api/rooms.ts'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import type { DocumentStore } from '../../../shared/ports/document-store.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import { Chores } from '../chores.ts'
import type { LiveRooms } from '../live-rooms.ts'
import type { Sessions } from '../session.ts'
import type { WriteDoor } from '../write-door.ts'
import { BoardDoor } from './board-door.ts'
import { BoardKeeper } from './board-keeper.ts'
import { BoardPlaces, type Published } from './board-places.ts'
import { BoardRests } from './board-rests.ts'
import { boardRoutes } from './board-routes.ts'
import { filingRoutes } from './filing/filing-routes.ts'
import { BoardRooms } from './rooms/board-rooms.ts'
import { ScreenPasses } from './screens/screen-passes.ts'
import { screenRoutes } from './screens/screen-routes.ts'

/** What is heard of the meetings in which people draw. */
interface Meetings {
  readonly stateOf: (meeting: string) => Promise<MeetingState>
  readonly onState: (listener: (meeting: string, state: MeetingState) => void) => void
}

export interface BoardsOptions {
  readonly store: DocumentStore
  readonly sessions: Sessions
  readonly turns: AudienceTurns
  readonly published: Published
  readonly meetings: Meetings
  /** Seals the passes of screens. */
  readonly key: { secretFor(purpose: string): Buffer }
  /** Bytes of files, uploaded before a board is added to the record. */
  readonly blobs: BlobStore
  /** IANA name of the town's. */
  readonly timeZone: string
  /** Servers that help devices to find each other. */
  readonly iceServers: readonly IceServer[]
  readonly log: Pick<Logger, 'error'>
  /** Hears of an audience before something drawn comes into it. */
  readonly follow: (audience: Audience) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface BoardsService {
  /** What everything drawn has to pass on its way in. */
  readonly door: WriteDoor
  /** Those who are at boards right now. */
  readonly rooms: LiveRooms
  readonly stop: () => Promise<void>
}

/** Takes in what people draw, and keeps it with those who may see it. */
export async function startBoards(app: FastifyInstance, options: BoardsOptions): Promise<BoardsService> {
  const { store, turns, published, log, follow } = options
  const office = await store.open('office')
  const places = new BoardPlaces(published, office)
  const chores = new Chores(log)
  const keeper = new BoardKeeper({ store, turns, chores, places, follow })
  const rests = new BoardRests(options.meetings, places.itemNow)
  const rooms = new BoardRooms({ places, rests, log, iceServers: options.iceServers, now: options.now })
  rests.onChange(() => rooms.recheck())
  rests.onSettled(() => rooms.flush())
  const screens = screenRoutes(app, {
    ...{ ...options, places, stateOf: options.meetings.stateOf, watch: rooms.watch },
    passes: new ScreenPasses(options.key.secretFor('screens'), options.now),
  })
  options.meetings.onState((meeting, state) => screens.forEach((screen) => screen.hear(meeting, state)))
  const end = published.onDecided((ids) => {
    rooms.recheck()
    screens.forEach((screen) => screen.recheck())
    for (const id of ids) if (id.startsWith('board:')) keeper.settle(id)
  })
  await keeper.begin()
  boardRoutes(app, { ...options, office, places, rests })
  filingRoutes(app, { ...options, office, places, rests })
  const door = new BoardDoor({
    ...{ places, rests, turns },
    onDrawn: async (board, { audience }) => {
      await follow(audience)
      keeper.noteDrawn(board)
    },
  })
  return {
    ...{ door, rooms },
    stop: async () => {
      end()
      await chores.stop()
    },
  }
}
