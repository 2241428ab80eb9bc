import { ulid } from 'ulid'
import * as Y from 'yjs'
import { boardRoom, textUpdateId } from '../../../shared/council/text-update.ts'
import type { BoardRequest } from '../../../shared/hub-api/boards.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import type { Board } from '../../../shared/council/records/index.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import type { HubConfigInput } from '../config.ts'
import {
  bodyRecord,
  membershipRecord,
  organizationRecord,
  personRecord,
  setUp,
  startTestHub,
  welcome,
  writeOffice,
  type Caller,
  type TestHub,
} from '../testing/hub.ts'
import { SigningDevice } from '../testing/signed-events.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'

const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
const published = { state: 'published', step: 1 }

export const meetingRecord = (more: object = {}) => ({
  ...{ ...stamp, _id: 'meeting:m', type: 'meeting', name: 'Sitzung', term: 'legislative-term:t' },
  ...{ organization: ['organization:planning'], start: '2026-05-04T17:00:00Z', public: true, publication: published },
  ...more,
})
export const itemRecord = (more: object = {}) => ({
  ...{ ...stamp, _id: 'agenda-item:i', type: 'agenda-item', meeting: 'meeting:m', term: 'legislative-term:t' },
  ...{ order: 'a0', name: 'Schulhof', public: true, ...more },
})

export interface BoardTown {
  readonly hub: TestHub
  readonly clerk: Caller
  /** Members of the planning committee. */
  readonly ada: Caller
  readonly ben: Caller
  /** Member of the council alone. */
  readonly cem: Caller
}

/** A hub with a meeting of the planning committee, an item of it, and people. */
export async function startBoardTown(
  config: HubConfigInput = {},
  clock: { now?: () => number } = {},
): Promise<BoardTown> {
  const hub = await startTestHub({ ...config, ...clock })
  const administrator = await setUp(hub)
  const term = { ...stamp, _id: 'legislative-term:t', type: 'legislative-term', body: 'body:town', name: '2024' }
  await writeOffice(
    hub,
    ...[bodyRecord('town'), { ...term, startDate: '2024-07-01' }],
    ...[organizationRecord('planning', 'committee'), organizationRecord('council', 'council')],
    ...['ada', 'ben', 'cem'].map(personRecord),
    ...['ada', 'ben'].map((person) => membershipRecord(person, 'planning', {})),
    ...[membershipRecord('cem', 'council', {}), meetingRecord(), itemRecord()],
  )
  const [clerk, ada, ben, cem] = [
    await welcome(hub, administrator, ['clerk']),
    await welcome(hub, administrator, ['member'], 'person:ada'),
    await welcome(hub, administrator, ['member'], 'person:ben'),
    await welcome(hub, administrator, ['member'], 'person:cem'),
  ]
  return { hub, clerk, ada, ben, cem }
}

/** Opens a board as somebody does. */
export async function openBoard(by: Caller, more: Partial<BoardRequest> = {}): Promise<Board> {
  const asked = { id: `board:${ulid()}`, meeting: 'meeting:m', name: 'Tafel', firstPage: ulid(), ...more }
  const { status, body } = await by.tell<Board>('POST', paths.boards, asked)
  if (status !== 200) throw new Error(`board: ${status} ${JSON.stringify(body)}`)
  return body
}

/** An update document of a page with words in it. */
export function drawn(by: Caller, board: Board, words: string, client = ulid(), clock = 0) {
  const doc = new Y.Doc()
  doc.getMap('elements').set(ulid(), words)
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
  const _id = textUpdateId({ room: boardRoom(board._id, board.pages[0]!), client, clock })
  return { _id, type: 'y', schema: 1, author: by.session!.account.id, update }
}

/** Sends documents as a device does; the reasons of those refused. */
export async function send(by: Caller, audience: Audience, ...docs: readonly object[]): Promise<string[]> {
  const { status, body } = await by.tell<{ reason?: string }[]>('POST', `${paths.database(audience)}/_bulk_docs`, {
    docs,
  })
  return status === 201 ? body.flatMap(({ reason }) => reason ?? []) : [String(status)]
}

/** What is drawn, in an audience as it is stored: ids of living updates. */
export async function drawnIn({ hub }: BoardTown, audience: Audience): Promise<string[]> {
  if (!(await hub.store.exists(audience))) return []
  const { rows } = await (await hub.store.open(audience)).list({ startKey: 'y:board:', endKey: 'y:board;' })
  return rows.map(({ id }) => id).sort()
}

/** Whether the audience sees the board, and not only that there was one. */
export const isShownIn = async ({ hub }: BoardTown, audience: Audience, board: Board): Promise<boolean> =>
  (await hub.store.exists(audience)) && (await (await hub.store.open(audience)).get(board._id))?.['name'] !== undefined

/** What happens in the meeting, as the clerk's device writes it down for the planning committee. */
export async function keepLog({ clerk }: BoardTown): Promise<(...bodies: readonly EventBody[]) => Promise<void>> {
  const device = await SigningDevice.of(clerk)
  return async (...bodies) => {
    const docs = bodies.map((body) => device.write('meeting:m', body, { audience: 'org-planning' }))
    const path = `${paths.database('org-planning')}/_bulk_docs`
    const { status, body } = await clerk.tell<object[]>('POST', path, { docs, new_edits: false })
    if (status !== 201 || body.length > 0) throw new Error(`log: ${status} ${JSON.stringify(body)}`)
  }
}

/** The meeting goes on behind closed doors, and everybody of the committee is there. */
export const closedPart: readonly EventBody[] = [
  {
    kind: 'meeting-prepared',
    constitution: {
      ...{ organizations: ['organization:planning'], rules: 'de-rp-2024', statutoryNumber: 2, factions: [] },
      ...{ call: 'first', constituent: false, hybrid: false, recording: 'none', presidents: ['person:ada'] },
      seats: ['ada', 'ben'].map((key) => ({ person: `person:${key}`, name: key, votes: true, elected: true })),
      agenda: ['i', 'j'].map((key) => ({ item: `agenda-item:${key}`, public: false, matter: 'ordinary' })),
    },
  },
  ...['ada', 'ben'].map((key): EventBody => ({
    kind: 'person-arrived',
    person: `person:${key}`,
    mode: 'room',
    by: 'list',
  })),
  { kind: 'meeting-opened' },
  { kind: 'part-closed' },
]
