import type { Choice } from '../../../shared/council/events/vote.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { TextRoom } from '../../../shared/council/text-update.ts'
import type { Data, Entry, LiveMeeting, LoggedEvent, OwnNote, OwnNotes, Selection } from '../contract.ts'
import { createData } from '../index.ts'
import { FromOthers } from '../yjs/from-others.ts'
import { SharedText } from '../yjs/index.ts'
import { BoardRoom, type RoomPage } from '../yjs/room/index.ts'
import type { ShownBoard } from './shown-board.ts'
import type { ShownText } from './shown-text.ts'

/** What a test asks of the page that stands for a window. */
export interface DevicePage {
  readonly data: Data
  /** Entries of a selection that stays open from the first call on; undefined while it loads. */
  entries(selection: Selection): readonly Entry[] | undefined
  /** Events of a log that stays open from the first call on; undefined while it loads. */
  log(meeting: string): readonly LoggedEvent[] | undefined
  /** Some of the state that the log says. */
  course(meeting: string): { phase: string; here: string[]; refused: string[] }
  write(meeting: string, body: EventBody): ReturnType<LiveMeeting['write']>
  castBallot(
    meeting: string,
    vote: string,
    choice: Choice,
    instead?: { person: string; reason: string },
  ): ReturnType<LiveMeeting['castBallot']>
  verify(meeting: string): ReturnType<LiveMeeting['verify']>
  /** How many entries a selection has shown since it was first asked for, one number for each change. */
  counts(selection: Selection): readonly number[]
  notes(): Omit<OwnNotes, 'texts'> & { texts: Record<string, OwnNote> }
  /** A text that stays open from the first call on, and what is said of it. */
  text(room: TextRoom): ShownText
  /** Puts words at the end of a text. */
  type(room: TextRoom, words: string): void
  /** A page of a board that stays open from the first call on. */
  board(board: string, page: string): ShownBoard
  /** Draws something of this id on it. */
  draw(board: string, page: string, id: string): void
  /** Adds a file whose bytes are this text. */
  addText(text: string, name: string, type: string): ReturnType<Data['addFile']>
  /** Everything that IndexedDB shows of itself, as JSON; bytes as Latin-1 text. */
  dumpIndexedDb(): Promise<string>
}

if (location.hash === '#without-shared-worker') Reflect.deleteProperty(globalThis, 'SharedWorker')

const data = await createData({ deviceName: 'Test device' })
interface Followed {
  shown: readonly Entry[] | undefined
  readonly counts: number[]
}
const open = new Map<string, Followed>()

function follow(selection: Selection): Followed {
  const query = data.select(selection)
  const followed: Followed = { shown: undefined, counts: [] }
  $effect.root(() => {
    $effect(() => {
      followed.shown = query.state === 'ready' ? query.entries : undefined
      if (followed.shown) followed.counts.push(followed.shown.length)
    })
  })
  return followed
}

function followed(selection: Selection): Followed {
  const key = JSON.stringify(selection)
  const known = open.get(key) ?? follow(selection)
  open.set(key, known)
  return known
}

const logs = new Map<string, { live: LiveMeeting; events: () => readonly LoggedEvent[] | undefined }>()

function followLog(meeting: string): { live: LiveMeeting; events: () => readonly LoggedEvent[] | undefined } {
  const known = logs.get(meeting)
  if (known) return known
  const live = data.meeting(meeting)
  let shown: readonly LoggedEvent[] | undefined
  $effect.root(() => {
    $effect(() => {
      shown = live.phase === 'ready' ? live.events : undefined
    })
  })
  const followed = { live, events: () => shown }
  logs.set(meeting, followed)
  return followed
}

const texts = new Map<TextRoom, SharedText>()

function openText(room: TextRoom): SharedText {
  const text = texts.get(room) ?? new SharedText(data.text(room))
  texts.set(room, text)
  return text
}

const boards = new Map<string, { room: BoardRoom; page: RoomPage; foreign: number }>()

function openBoard(board: string, key: string) {
  const known = boards.get(board)
  if (known) return known
  const room = new BoardRoom({ line: data.room(board), texts: (of) => data.text(of) })
  const opened = { room, page: room.page(key), foreign: 0 }
  opened.page.doc.on('update', (_: Uint8Array, origin: unknown) => {
    if (origin instanceof FromOthers) opened.foreign += 1
  })
  boards.set(board, opened)
  return opened
}

const page: DevicePage = {
  data,
  entries: (selection) => followed(selection).shown,
  counts: (selection) => followed(selection).counts,
  log: (meeting) => followLog(meeting).events(),
  course(meeting) {
    const { phase, attendance, refused } = followLog(meeting).live.state
    const here = [...attendance.values()].filter((entry) => entry.here).map(({ person }) => person)
    return { phase, here, refused: refused.map(({ cause }) => cause) }
  },
  write: (meeting, body) => data.meeting(meeting).write(body),
  castBallot: (meeting, ...ballot) => data.meeting(meeting).castBallot(...ballot),
  verify: (meeting) => data.meeting(meeting).verify(),
  notes: () => ({ ...data.notes, texts: Object.fromEntries(data.notes.texts) }),
  text(room) {
    const { doc, phase, isStored, pending, refusal } = openText(room)
    return { words: doc.getText().toJSON(), phase, isStored, pending, refusal: refusal?.reason }
  },
  type(room, words) {
    const text = openText(room).doc.getText()
    text.insert(text.length, words)
  },
  board(board, key) {
    const { room, page, foreign } = openBoard(board, key)
    const { phase, isStored, pending, refusal } = page.text
    return {
      ids: [...page.doc.getMap('elements').keys()].sort(),
      ...{ phase: room.phase, people: room.people.map(({ name }) => name) },
      ...{ page: phase, isStored, pending, refusal: refusal?.reason, foreign },
    }
  },
  draw: (board, key, id) => void openBoard(board, key).page.doc.getMap('elements').set(id, 'drawn'),
  addText: (text, name, type) => data.addFile(new File([text], name, { type }), name),
  async dumpIndexedDb() {
    const dumps: unknown[] = []
    for (const { name } of await indexedDB.databases()) dumps.push(name, await dump(String(name)))
    return JSON.stringify(dumps)
  },
}

async function dump(name: string): Promise<unknown> {
  const database = await settled(indexedDB.open(name))
  const rows: unknown[] = []
  for (const store of database.objectStoreNames) {
    const all = database.transaction(store).objectStore(store)
    const [keys, values] = [
      await settled(all.getAllKeys()),
      await settled(database.transaction(store).objectStore(store).getAll()),
    ]
    rows.push(store, keys, await Promise.all(values.map(readable)))
  }
  database.close()
  return rows
}

const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error(String(request.error)))
  })

const latin1 = new TextDecoder('latin1')

async function readable(value: unknown): Promise<unknown> {
  if (value instanceof Blob) return latin1.decode(await value.arrayBuffer())
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return latin1.decode(value)
  if (value instanceof CryptoKey) return { key: value.algorithm.name, extractable: value.extractable }
  if (typeof value !== 'object' || value === null) return value
  const fields = await Promise.all(Object.entries(value).map(async ([key, part]) => [key, await readable(part)]))
  return Object.fromEntries(fields as [string, unknown][])
}

Object.assign(globalThis, { device: page })
