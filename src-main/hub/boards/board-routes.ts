import type { FastifyInstance } from 'fastify'
import { boardChangeSchema, boardRequestSchema, type BoardRequest } from '../../../shared/hub-api/boards.ts'
import { keyOverPage, mostPages } from '../../../shared/council/records/board.ts'
import type { Board } from '../../../shared/council/records/index.ts'
import type { AudienceStore } from '../../../shared/ports/document-store.ts'
import { mayDraw, type Principal } from '../../../shared/rules/access.ts'
import { changeBoard, mayChangeBoard, type BoardChange } from '../../../shared/rules/board.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import { readBody } from '../body.ts'
import type { Sessions } from '../session.ts'
import { signedIn } from '../signed-in.ts'
import { answering } from './answering.ts'
import { isAtSamePlace, type BoardPlaces } from './board-places.ts'
import type { BoardRests } from './board-rests.ts'

export interface BoardRoutesOptions {
  readonly office: AudienceStore
  readonly places: BoardPlaces
  readonly rests: BoardRests
  readonly turns: AudienceTurns
  readonly sessions: Sessions
  readonly now: () => number
}

type Outcome = Board | 'not-found' | 'forbidden' | 'conflict' | 'at-rest'

const messages = {
  'not-found': 'There is no such board.',
  forbidden: 'Who leads at the board, or may draw on it, does that.',
  conflict: 'The board cannot be changed so.',
  'at-rest': 'Nobody draws here or names it while an item is on from which somebody is kept out: they would read it.',
} as const

/** Opening boards and leading at them, for those who meet; records are edited by the administration alone. */
export function boardRoutes(app: FastifyInstance, options: BoardRoutesOptions): void {
  const { sessions } = options
  const answer = answering(sessions, messages)

  app.post('/api/boards', { onRequest: signedIn }, async (request, reply) => {
    const body = readBody(boardRequestSchema, request, reply)
    return body ? answer(request, reply, (principal) => open(options, principal, body)) : reply
  })
  app.patch<{ Params: { board: string } }>('/api/boards/:board', { onRequest: signedIn }, async (request, reply) => {
    const body = readBody(boardChangeSchema, request, reply)
    return body ? answer(request, reply, (principal) => change(options, principal, request.params.board, body)) : reply
  })
}

function open({ office, places, rests, turns, now }: BoardRoutesOptions, principal: Principal, asked: BoardRequest) {
  const board = boardAsAsked(asked, new Date(now()).toISOString())
  return turns.run<Outcome>(office, async () => {
    if (!places.mayOpen(principal, board)) return 'not-found'
    const known = (await places.read(board._id))?.board ?? (await places.overSameFile(board))
    if (known) return isAtSamePlace(known, board) ? known : 'conflict'
    if (await rests.isAtRestBy(board)) return 'at-rest'
    return write(office, board)
  })
}

function boardAsAsked({ id, meeting, agendaItem, name, file, sha512, firstPage }: BoardRequest, stamp: string): Board {
  return {
    ...{ _id: id, type: 'board', schema: 1, created: stamp, modified: stamp },
    ...{ meeting, name, pages: [file === undefined ? firstPage : keyOverPage(1)], mode: 'write' },
    ...(agendaItem === undefined ? {} : { agendaItem }),
    ...(file === undefined ? {} : { file, ...(sha512 === undefined ? {} : { sha512 }) }),
  }
}

function change(
  { office, places, rests, turns, now }: BoardRoutesOptions,
  principal: Principal,
  id: string,
  asked: BoardChange,
): Promise<Outcome> {
  return turns.run<Outcome>(office, async () => {
    const audience = places.seenBy(principal, id)
    const found = audience && (await places.read(id))
    if (!found) return 'not-found'
    const { board, stored } = found
    if (!mayDraw(principal, audience) || !mayChangeBoard(principal, board, asked)) return 'forbidden'
    if (await rests.isAtRestBy(board)) return 'at-rest'
    if (board.file !== undefined && asked.newPage !== undefined) return 'conflict'
    const changed = changeBoard(board, asked)
    if (changed.pages.length > mostPages) return 'conflict'
    return write(office, { ...changed, modified: new Date(now()).toISOString(), _rev: stored._rev })
  })
}

async function write(office: AudienceStore, board: Board): Promise<Outcome> {
  const [outcome] = await office.write([board])
  return outcome?.ok ? { ...board, _rev: outcome.rev } : 'conflict'
}
