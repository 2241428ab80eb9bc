import type { FilingPlan, BoardFiling } from '../../../../shared/hub-api/board-files.ts'
import type { Board } from '../../../../shared/council/records/index.ts'
import { readRecord } from '../../../../shared/council/records/index.ts'
import type { AgendaItem, OparlFile } from '../../../../shared/oparl/index.ts'
import type { BlobStore } from '../../../../shared/ports/blob-store.ts'
import type { AudienceStore } from '../../../../shared/ports/document-store.ts'
import { preparesMeetings, type Principal } from '../../../../shared/rules/access.ts'
import { filingOutlook, type FilingFacts, type FilingOutlook } from '../../../../shared/rules/board.ts'
import type { AudienceTurns } from '../../audience-turns.ts'
import type { Sessions } from '../../session.ts'
import type { BoardPlaces } from '../board-places.ts'
import type { BoardRests } from '../board-rests.ts'
import { filesOf, type Stamp } from './file-records.ts'

/** Tells all that the log of a meeting says, with everything that was stored before the call. */
export interface WholeLogs {
  readonly stateOf: (meeting: string) => Promise<FilingFacts['log']>
}

export interface FilingParts {
  readonly office: AudienceStore
  readonly blobs: BlobStore
  readonly places: BoardPlaces
  readonly rests: BoardRests
  readonly meetings: WholeLogs
  readonly turns: AudienceTurns
  readonly sessions: Pick<Sessions, 'nameOf'>
}

export type FilingRefusal = 'not-found' | 'forbidden' | 'at-rest' | 'conflict' | 'wrong-digest' | 'unsupported-type'

/** What adding a board to the record of its item would do, as things are. */
export async function planFiling(
  parts: FilingParts,
  principal: Principal,
  id: string,
  authors: readonly string[],
): Promise<FilingPlan | FilingRefusal> {
  const board = await boardFor(parts, principal, id)
  if (typeof board === 'string') return board
  return { outlook: await outlookFor(parts, board), names: namesOf(parts, authors) }
}

/**
 * Makes uploaded bytes files of the board's item, after those that it has: nothing that is there is replaced. All of it
 * happens in one turn, by those who may see the board then, and for those who were told to the person.
 */
export async function fileBoard(
  parts: FilingParts,
  principal: Principal,
  id: string,
  asked: BoardFiling & Stamp,
): Promise<readonly OparlFile[] | FilingRefusal> {
  const { office, turns, blobs } = parts
  return turns.run<readonly OparlFile[] | FilingRefusal>(office, async () => {
    const board = await boardFor(parts, principal, id)
    if (typeof board === 'string') return board
    const outlook = await outlookFor(parts, board)
    const item = await itemOf(office, board)
    if (!item || !('reach' in outlook) || outlook.reach !== asked.reach) return 'conflict'
    const authors = namesOf(parts, asked.authors).map(({ name }) => name)
    const files = await filesOf(asked, { term: item.term, authors }, blobs)
    return typeof files === 'string' ? files : store(office, item, files)
  })
}

/** A board that somebody who prepares meetings sees and that does not rest. */
async function boardFor(
  { places, rests }: FilingParts,
  principal: Principal,
  id: string,
): Promise<Board | 'not-found' | 'forbidden' | 'at-rest'> {
  const found = places.seenBy(principal, id) && (await places.read(id))
  if (!found) return 'not-found'
  if (!preparesMeetings(principal)) return 'forbidden'
  return (await rests.isAtRestBy(found.board)) ? 'at-rest' : found.board
}

async function outlookFor({ places, meetings }: FilingParts, board: Board): Promise<FilingOutlook> {
  const { agendaItem, file } = board
  return filingOutlook({
    item: agendaItem === undefined ? undefined : places.itemNow(agendaItem),
    seenBy: {
      item: agendaItem === undefined ? [] : places.showing(agendaItem),
      board: places.showing(board._id),
      ...(file === undefined ? {} : { paper: places.showing(file) }),
    },
    log: await meetings.stateOf(board.meeting),
  })
}

/** Of those who are not known nothing is said. */
const namesOf = ({ sessions }: FilingParts, accounts: readonly string[]): FilingPlan['names'] =>
  [...new Set(accounts)].flatMap((account) => {
    const name = sessions.nameOf(account)
    return name === undefined ? [] : [{ account, name }]
  })

async function itemOf(office: AudienceStore, { agendaItem }: Board): Promise<AgendaItem | undefined> {
  const stored = agendaItem === undefined ? undefined : await office.get(agendaItem)
  const read = stored && readRecord(stored)
  return read?.ok && read.value.type === 'agenda-item' && !read.value.deleted ? read.value : undefined
}

/** The files first: an item names nothing that is not there. Who asks again after a lost answer gets what is there. */
async function store(
  office: AudienceStore,
  item: AgendaItem,
  files: readonly OparlFile[],
): Promise<readonly OparlFile[] | 'conflict'> {
  const known = await Promise.all(files.map(({ _id }) => office.get(_id)))
  if (known.some((stored, place) => stored && stored['sha512'] !== files[place]!.sha512)) return 'conflict'
  const fresh = files.filter((_, place) => !known[place])
  const named = [...new Set([...(item.auxiliaryFile ?? []), ...files.map(({ _id }) => _id)])]
  const changed = { ...item, auxiliaryFile: named, modified: files[0]!.modified }
  for (const documents of [fresh, named.length === item.auxiliaryFile?.length ? [] : [changed]]) {
    const outcomes = documents.length === 0 ? [] : await office.write(documents)
    if (outcomes.some(({ ok }) => !ok)) return 'conflict'
  }
  return files
}
