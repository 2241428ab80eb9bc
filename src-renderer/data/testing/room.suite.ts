import type { Browser, BrowserContext, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { RoomTell } from '../../../shared/hub-api/rooms.ts'
import { decodeFrame, encodeFrame } from '../../../shared/hub-api/rooms.ts'
import type { Board } from '../../../shared/council/records/index.ts'
import { nobody, type Principal } from '../../../shared/rules/access.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { quietRooms } from '../../../src-main/hub/boards/rooms/quiet-rooms.suite.ts'
import type { RoomDesk } from '../../../src-main/hub/live-rooms.ts'
import { startFront } from './front.suite.ts'
import type { RoomTestPage, SentFrame, ToldNews } from './room-test.ts'

export const page = '01J00000000000000000000001'
const board: Board = {
  ...{ _id: 'board:b', type: 'board', schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' },
  ...{ meeting: 'meeting:m', name: 'Tafel', pages: [page], mode: 'write' },
}
const planning: Audience = 'org-planning'
const member = (account: string): Principal => ({
  ...{ account, person: null, roles: ['member'], organizations: ['organization:planning'], factions: [] },
})

/** The hub's own rooms, with pages of real browsers at them; what the hub carries is counted. */
export class TestRoom {
  readonly carried = { update: 0, glance: 0, direct: 0 }
  readonly #rooms = quietRooms(() => board, planning)
  readonly #browser: Browser
  readonly #app: string

  constructor(browser: Browser, app: string) {
    this.#browser = browser
    this.#app = app
  }

  /** A window of somebody, in a browser profile of its own, on its way into the room. */
  async window(name: string, principal: Principal = member(name)): Promise<RoomWindow> {
    const front = await startFront(this.#app)
    onTestFinished(() => front.close())
    const context = await this.#browser.newContext()
    onTestFinished(() => context.close())
    const opened = new RoomWindow(context, await context.newPage())
    let desk: RoomDesk | undefined
    await opened.page.exposeFunction('sendToHub', ({ kind, body, peers }: SentFrame) => {
      const frame = { channel: 0, kind, peers, body: Buffer.from(body, 'base64') }
      this.carried[kind] += 1
      if (!opened.isCut) desk?.take(encodeFrame(frame))
    })
    await opened.page.goto(`${front.origin}/app/room.html`)
    await opened.page.waitForFunction(() => 'room' in globalThis)
    await opened.do((room, [id, key]) => room.open(id, key), [board._id, page] as const)
    opened.connect = async () => {
      opened.isCut = false
      desk = this.#rooms.receive({
        ...{ principal, name, backlog: 0 },
        tell: (tell) => opened.tell(newsOf(tell)),
        send: (bytes) => opened.tell(frameOf(bytes)),
      })
      desk.hear({ kind: 'enter', channel: 0, board: board._id })
    }
    opened.disconnect = async () => {
      opened.isCut = true
      desk?.end()
      opened.tell({ kind: 'out', because: 'offline' })
    }
    return opened
  }

  /** A screen of the room shows the page, until the returned end; tells what of it came there. */
  screen(): { readonly heard: readonly string[]; readonly end: () => void } {
    const heard: string[] = []
    const end = this.#rooms.watch(board._id, {
      projector: 'projector:1',
      update: (key) => heard.push(`update ${key}`),
      glance: () => undefined,
      left: () => undefined,
    })
    return { heard, end }
  }

  stranger = (name: string): Promise<RoomWindow> =>
    this.window(name, { ...nobody, account: name, organizations: ['organization:other'] })
}

/** One page at the board. */
export class RoomWindow {
  readonly page: Page
  readonly context: BrowserContext
  /** Everything that the hub told this window. */
  readonly told: ToldNews[] = []
  isCut = false
  connect: () => Promise<void> = async () => {}
  disconnect: () => Promise<void> = async () => {}
  #last: Promise<unknown> = Promise.resolve()

  constructor(context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
  }

  /** Told in order, as a socket does. */
  tell(news: ToldNews): void {
    this.told.push(news)
    this.#last = this.#last.then(() => this.do((room, given) => room.hear(given), news)).catch(() => undefined)
  }

  do<Given, Value>(act: (room: RoomTestPage, given: Given) => Value, given: Given): Promise<Awaited<Value>> {
    return this.page.evaluate(`(${act.toString()})(room, ${JSON.stringify(given)})`)
  }

  state = (): Promise<ReturnType<RoomTestPage['state']>> => this.do((room) => room.state(), null)
  draw = (id: string, bytes = 40): Promise<void> =>
    this.do((room, [name, size]) => room.draw(name, size), [id, bytes] as const)
}

function newsOf(tell: RoomTell): ToldNews {
  const { channel: _, ...news } = tell
  return news.kind === 'expelled' ? { kind: 'out', because: news.because } : news
}

function frameOf(bytes: Uint8Array): ToldNews {
  const frame = decodeFrame(bytes)!
  return { kind: 'frame', frame: frame.kind, from: frame.peers[0]!, body: Buffer.from(frame.body).toString('base64') }
}
