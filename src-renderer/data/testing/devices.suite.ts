import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'
import type { AnyRecord, RecordType } from '../../../shared/council/records/index.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { TextRoom } from '../../../shared/council/text-update.ts'
import type { Data, Entry, LiveMeeting, LoggedEvent, OwnNote, OwnNotes, Selection } from '../contract.ts'
import { startFront, type Front } from './front.suite.ts'
import type { ShownBoard } from './shown-board.ts'
import type { ShownText } from './shown-text.ts'

/** A front for one test. */
export async function frontFor(page: string, hub: string): Promise<Front> {
  const front = await startFront(page)
  onTestFinished(() => front.close())
  front.leadTo(hub)
  return front
}

type DataVerb = {
  [Name in keyof Data]: Data[Name] extends (...args: never[]) => Promise<unknown> ? Name : never
}[keyof Data]

type ShownNotes = Omit<OwnNotes, 'texts'> & { texts: Record<string, OwnNote> }

/** One window of a device: real browser, real worker. */
export class Window {
  readonly page: Page
  readonly faults: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', (fault) => this.faults.push(String(fault)))
  }

  async call<Verb extends DataVerb>(
    verb: Verb,
    ...args: Parameters<Data[Verb]>
  ): Promise<Awaited<ReturnType<Data[Verb]>>> {
    return this.page.evaluate(
      ([name, given]) => {
        const { data } = (
          globalThis as unknown as { device: { data: Record<string, (...args: unknown[]) => unknown> } }
        ).device
        return data[name]?.(...given)
      },
      [verb, args] as [string, unknown[]],
    ) as Promise<Awaited<ReturnType<Data[Verb]>>>
  }

  get = <Name extends 'session' | 'sync' | 'town' | 'storage' | 'changes'>(name: Name): Promise<Data[Name]> =>
    this.page.evaluate(
      (field) => (globalThis as unknown as { device: { data: Record<string, unknown> } }).device.data[field],
      name as string,
    ) as Promise<Data[Name]>

  entries<Type extends RecordType>(selection: Selection<Type>): Promise<readonly Entry<Type>[] | undefined> {
    return this.page.evaluate(
      (asked) => (globalThis as unknown as { device: { entries(asked: unknown): unknown } }).device.entries(asked),
      selection as unknown,
    ) as Promise<readonly Entry<Type>[] | undefined>
  }

  /** How many entries a selection has shown, one number for each change. */
  counts(selection: Selection): Promise<readonly number[]> {
    return this.page.evaluate(
      (asked) => (globalThis as unknown as { device: { counts(asked: unknown): unknown } }).device.counts(asked),
      selection as unknown,
    ) as Promise<readonly number[]>
  }

  /** The one entry of an id. */
  async entry<Record extends AnyRecord>(id: string): Promise<(Entry & { record: Record }) | undefined> {
    const type = id.slice(0, id.indexOf(':')) as RecordType
    const found = await this.entries({ type, ids: [id] })
    return found?.[0] as (Entry & { record: Record }) | undefined
  }

  ask = (name: 'addText' | 'dumpIndexedDb', ...args: string[]): Promise<unknown> => this.#do(name, ...args)

  /** What this window shows of a meeting's log; undefined while it loads. */
  log = (meeting: string): Promise<readonly LoggedEvent[] | undefined> =>
    this.#do('log', meeting) as Promise<readonly LoggedEvent[] | undefined>
  course = (meeting: string): Promise<{ phase: string; here: string[]; refused: string[] }> =>
    this.#do('course', meeting) as Promise<{ phase: string; here: string[]; refused: string[] }>
  write = (meeting: string, body: EventBody): ReturnType<LiveMeeting['write']> =>
    this.#do('write', meeting, body) as ReturnType<LiveMeeting['write']>
  notes = (): Promise<ShownNotes> => this.#do('notes') as Promise<ShownNotes>
  text = (room: TextRoom): Promise<ShownText> => this.#do('text', room) as Promise<ShownText>
  type = (room: TextRoom, words: string): Promise<unknown> => this.#do('type', room, words)
  board = (board: string, key: string): Promise<ShownBoard> => this.#do('board', board, key) as Promise<ShownBoard>
  draw = (board: string, key: string, id: string): Promise<unknown> => this.#do('draw', board, key, id)
  castBallot = (meeting: string, ...ballot: Parameters<LiveMeeting['castBallot']>) =>
    this.#do('castBallot', meeting, ...ballot) as ReturnType<LiveMeeting['castBallot']>
  verify = (meeting: string) => this.#do('verify', meeting) as ReturnType<LiveMeeting['verify']>

  #do = (name: string, ...args: unknown[]): Promise<unknown> =>
    this.page.evaluate(
      ([verb, given]) => {
        const { device } = globalThis as unknown as { device: Record<string, (...args: unknown[]) => unknown> }
        return device[verb]?.(...given)
      },
      [name, args] as [string, unknown[]],
    )

  async untilLive(): Promise<void> {
    await expect.poll(async () => (await this.get('sync')).phase).toBe('live')
  }
  /** Everything saved here is at the hub. */
  async untilReceived(): Promise<void> {
    await expect.poll(async () => (await this.get('sync')).pending).toBe(0)
  }
}

/** A device of somebody: own storage, closed when the test is over. */
export async function openDevice(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  return context
}

/** A device whose storage lies in a folder that outlives the browser. */
export async function openPersistentDevice(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium()
  return chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    args: sandboxArguments(),
  })
}

export async function makeProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'ratssaal-profile-'))
  onTestFinished(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }))
  return profile
}

export async function openWindow(context: BrowserContext, front: Front, hash = ''): Promise<Window> {
  const page = await context.newPage()
  const opened = new Window(page)
  await page.goto(`${front.origin}/app/device.html${hash}`)
  await page.waitForFunction(() => 'device' in globalThis)
  return opened
}
