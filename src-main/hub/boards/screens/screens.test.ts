import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { paths, type Pairing, type SessionInfo } from '../../../../shared/hub-api/contract.ts'
import { encodeFrame, encodePageUpdate, type FrameKind } from '../../../../shared/hub-api/rooms.ts'
import { screenScheme, type ScreenEvent, type ScreenPass } from '../../../../shared/hub-api/screens.ts'
import type { Board } from '../../../../shared/council/records/index.ts'
import { openLiveAt } from '../../replication/live-client.suite.ts'
import { Caller, device, writeOffice } from '../../testing/hub.ts'
import {
  closedPart,
  drawn,
  isShownIn,
  itemRecord,
  keepLog,
  openBoard,
  send,
  startBoardTown,
  type BoardTown,
} from '../board-town.suite.ts'

const channel = 3
const projector = 'projector:1'
const stamp = '2026-01-01T00:00:00Z'

/** The meeting goes on in public; the second item is one for behind the doors. */
const inPublic: readonly EventBody[] = closedPart
  .slice(0, -1)
  .map((body) =>
    body.kind === 'meeting-prepared'
      ? { ...body, constitution: { ...body.constitution, agenda: [agendaOf('i', true), agendaOf('j', false)] } }
      : body,
  )

function agendaOf(key: string, isPublic: boolean) {
  return { item: `agenda-item:${key}`, public: isPublic, matter: 'ordinary' } as const
}

const opened: EventBody = { kind: 'item-opened', item: 'agenda-item:i' }
const shows = (board: Board, page = 1): EventBody => ({
  ...{ kind: 'scene-projected', projector },
  show: { scene: 'board', board: board._id, page },
})

const passFor = async (who: Caller): Promise<{ status: number; body: ScreenPass }> =>
  who.tell<ScreenPass>('POST', paths.screens, { meeting: 'meeting:m', projector })

/** A screen of the room that reads what it shows, as nobody who is signed in. */
async function screenAt(town: BoardTown, pass: string) {
  const headers = { authorization: `${screenScheme} ${pass}` }
  const asked = get(`${town.hub.origin}${paths.screenBoard}`, { headers, agent: false })
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const told: ScreenEvent[] = []
  const read = async (): Promise<void> => {
    let text = ''
    for await (const piece of response.setEncoding('utf8')) {
      const blocks = (text + String(piece)).split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? []
        if (data) told.push({ event, ...(JSON.parse(data) as object) } as ScreenEvent)
      }
    }
  }
  void read().catch(() => undefined)
  /** Words on the page, as far as they were told. */
  const words = (): string[] => {
    const doc = new Y.Doc()
    for (const one of told) if (one.event === 'update') Y.applyUpdate(doc, Buffer.from(one.bytes, 'base64'))
    return [...doc.getMap('elements').values()].map(String).sort()
  }
  return {
    status: response.statusCode,
    told,
    words,
    kinds: () => told.map(({ event }) => event),
    end: () => asked.destroy(),
  }
}

async function enter(town: BoardTown, who: Caller, board: Board) {
  const { body } = await who.tell<{ ticket: string }>('POST', paths.liveTicket, {})
  const live = await openLiveAt(town.hub.origin, body.ticket)
  live.ask({ kind: 'enter', channel, board: board._id })
  await live.next('entered')
  const say = (kind: FrameKind, text: Uint8Array): void =>
    live.send(encodeFrame({ channel, kind, peers: [], body: text }))
  return {
    live,
    draw: (words: string, page = board.pages[0]!) => {
      const doc = new Y.Doc()
      doc.getMap('elements').set(ulid(), words)
      say('update', encodePageUpdate(page, Y.encodeStateAsUpdate(doc)))
    },
    glance: (page: string, words: string) => say('glance', Buffer.from(JSON.stringify({ page, words }))),
    direct: (words: string) => say('direct', Buffer.from(words)),
  }
}

/** Makes a device that of a room. */
async function letIn({ hub, clerk }: BoardTown, room: string): Promise<Caller> {
  const board = new Caller(hub.origin)
  const { secret, code } = (await board.tell<Pairing>('POST', paths.pairings, {})).body
  expect((await clerk.tell('POST', paths.pairing(code), { as: 'room', name: room, room })).status).toBeLessThan(300)
  const claim = { secret, token: true, device: device() }
  return new Caller(hub.origin, (await board.tell<SessionInfo>('POST', paths.pairingClaim, claim)).body)
}

async function startShown(more: readonly EventBody[] = [opened]) {
  const town = await startBoardTown()
  await writeOffice(town.hub, itemRecord({ _id: 'agenda-item:j', order: 'a1', name: 'Grundstück', public: false }))
  const write = await keepLog(town)
  await write(...inPublic, ...more)
  const board = await openBoard(town.ada, { agendaItem: 'agenda-item:i' })
  await expect.poll(() => isShownIn(town, 'org-planning', board)).toBe(true)
  const { pass } = (await passFor(town.ada)).body
  return { town, write, board, pass }
}

test('a screen reads the page that is chosen for it, as it is drawn on; of other pages and talks it hears nothing', async () => {
  const { town, write, board, pass } = await startShown()
  expect(await send(town.ben, 'org-planning', drawn(town.ben, board, 'vorher'))).toEqual([])
  const screen = await screenAt(town, pass)
  const ada = await enter(town, town.ada, board)
  await write(shows(board))
  expect((await ada.live.next('projected')).projectors).toEqual([projector])
  await expect.poll(() => screen.kinds()).toEqual(['page', 'update', 'complete'])
  expect(screen.told[0]).toEqual({ event: 'page', key: board.pages[0], page: 1 })

  ada.draw('anderswo', ulid())
  ada.glance(ulid(), 'anderswo')
  ada.direct('unter uns')
  ada.draw('gleich')
  ada.glance(board.pages[0]!, 'unter dem Stift')
  expect(await send(town.ben, 'org-planning', drawn(town.ben, board, 'gespeichert'))).toEqual([])
  await expect.poll(() => screen.words()).toEqual(['gespeichert', 'gleich', 'vorher'])
  const glances = screen.told.flatMap((one) => (one.event === 'glance' ? Buffer.from(one.bytes, 'base64') : []))
  expect(glances.map(String)).toEqual([JSON.stringify({ page: board.pages[0], words: 'unter dem Stift' })])
  expect(JSON.stringify(screen.told)).not.toContain(town.ada.session!.account.name)

  screen.end()
  await expect
    .poll(() => ada.live.heard.findLast((told) => told.kind === 'projected'))
    .toMatchObject({ projectors: [] })
})

test('the switch ends it at once; nothing of the closed part is told, then or afterwards', async () => {
  const { town, write, board, pass } = await startShown()
  await write(shows(board))
  const screen = await screenAt(town, pass)
  await expect.poll(() => screen.kinds()).toContain('complete')
  const ada = await enter(town, town.ada, board)
  await write({ kind: 'item-closed', item: 'agenda-item:i' }, { kind: 'part-closed' })
  await expect.poll(() => screen.kinds().at(-1)).toBe('none')
  const before = screen.told.length

  const secret = await openBoard(town.ada, { agendaItem: 'agenda-item:j' })
  await expect.poll(() => isShownIn(town, 'org-planning', secret)).toBe(true)
  await write({ kind: 'item-opened', item: 'agenda-item:j' }, shows(secret), shows(board))
  ada.draw('hinter Türen')
  ada.glance(board.pages[0]!, 'hinter Türen')
  const stored = [drawn(town.ben, secret, 'geheim'), drawn(town.ben, board, 'für später')]
  expect(await send(town.ben, 'org-planning', ...stored)).toEqual([])
  const later = await screenAt(town, pass)
  await write({ kind: 'item-closed', item: 'agenda-item:j' }, { kind: 'part-opened' }, opened)
  // A board of the closed item, one of the whole meeting, and one that there is not.
  const whole = await openBoard(town.ada)
  for (const wrong of [secret, whole, { ...board, _id: 'board:none' as const }]) await write(shows(wrong))
  expect([screen.told.length, later.told]).toEqual([before, []])

  // It was public again, and nothing was dealt with on it behind the doors: the chair may choose it anew.
  await write(shows(board))
  await expect.poll(() => later.kinds().at(-1)).toBe('complete')
  expect([later.kinds(), later.words()]).toEqual([['page', 'update', 'complete'], ['für später']])
  expect(screen.kinds().slice(before - 1)).toEqual(['none', 'page', 'update', 'complete'])
})

test('a board of an item that becomes one for behind the doors is shown no more', async () => {
  const { town, write, board, pass } = await startShown()
  await write(shows(board))
  const screen = await screenAt(town, pass)
  await expect.poll(() => screen.kinds()).toContain('complete')
  const item = await (await town.hub.store.open('office')).get('agenda-item:i')
  await writeOffice(town.hub, { ...item!, public: false })
  await expect.poll(() => screen.kinds().at(-1)).toBe('none')
  expect(await send(town.ben, 'org-planning', drawn(town.ben, board, 'geheim'))).toEqual([])
  const later = await screenAt(town, pass)
  await write({ kind: 'note-added', text: 'Noch da' })
  expect([screen.kinds().at(-1), later.told]).toEqual(['none', []])
})

test('the device of a room gets passes for meetings in its room alone', async () => {
  const town = await startBoardTown()
  const [hall, cellar] = ['location:hall', 'location:cellar'].map((_id) => ({
    ...{ _id, type: 'location', schema: 1, created: stamp, modified: stamp, room: _id },
  }))
  await writeOffice(town.hub, hall!, cellar!)
  const devices = [await letIn(town, 'location:hall'), await letIn(town, 'location:cellar')]
  const statuses = async () => Promise.all(devices.map(async (device) => (await passFor(device)).status))
  expect(await statuses()).toEqual([404, 404])
  const meeting = await (await town.hub.store.open('office')).get('meeting:m')
  await writeOffice(town.hub, { ...meeting!, location: 'location:hall' })
  await expect.poll(statuses).toEqual([200, 404])
})

test('a pass is for who meets there, of one screen, for a day, and read by nobody as another', async () => {
  let now = Date.now()
  const town = await startBoardTown({}, { now: () => now })
  expect((await passFor(new Caller(town.hub.origin))).status).toBe(401)
  expect((await passFor(town.cem)).status).toBe(404)
  const { body } = await passFor(town.ben)
  const [said = '', seal = ''] = body.pass.split('.')
  const other = Buffer.from(JSON.stringify({ meeting: 'meeting:m', projector: 'projector:2', until: now * 2 }))
  const bad = ['', 'nonsense', said, `${said}.`, `${other.toString('base64url')}.${seal}`]
  for (const pass of bad) expect((await screenAt(town, pass)).status).toBe(403)
  const good = await screenAt(town, body.pass)
  expect(good.status).toBe(200)
  good.end()
  now += 24 * 60 * 60_000
  expect((await screenAt(town, body.pass)).status).toBe(403)
})
