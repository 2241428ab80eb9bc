import { page as browserPage } from 'vitest/browser'
import { expect, onTestFinished, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import * as Y from 'yjs'
import { m } from '../../../../shared/i18n/index.ts'
import { packInk } from '../../../../shared/council/board/ink.ts'
import { screenScheme, type ScreenEvent } from '../../../../shared/hub-api/screens.ts'
import type { BoardPage } from '../../../data/yjs/board/index.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import { stroke } from '../testing/board-stand.ts'
import { pdfOf } from '../testing/paper-stand.ts'
import ScreenStage from '../testing/ScreenStage.svelte'

const key = '0'.repeat(26)
const label = m.projector_board_of({ page: 2 })

/** The hub's end of a line to one screen. */
function answeringHub() {
  const asked: { url: string; authorization: string | null; credentials: string | undefined }[] = []
  let line: ReadableStreamDefaultController<Uint8Array> | undefined
  let answer: () => Response = () =>
    new Response(new ReadableStream<Uint8Array>({ start: (controller) => void (line = controller) }))
  const fetched = vi.spyOn(window, 'fetch').mockImplementation((url, given) => {
    const authorization = new Headers(given?.headers).get('authorization')
    asked.push({ url: new Request(url).url, authorization, credentials: given?.credentials })
    return Promise.resolve(answer())
  })
  onTestFinished(() => fetched.mockRestore())
  const tell = ({ event, ...more }: ScreenEvent): void =>
    line!.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(more)}\n\n`))
  return {
    asked,
    tell,
    close: () => line!.close(),
    refuse: (status: number) => (answer = () => new Response(null, { status })),
    give: (bytes: ArrayBuffer) => (answer = () => new Response(bytes)),
    isOpen: () => line !== undefined,
  }
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/** A page with strokes on it, and all of it as an update. */
function drawnPage(...ys: readonly number[]) {
  const page = emptyPage()
  for (const y of ys) addStroke(page, y)
  const update = (): ScreenEvent => ({ event: 'update', bytes: base64(Y.encodeStateAsUpdate(page.doc)) })
  return { page, update }
}

function addStroke(page: BoardPage, y: number): void {
  const points = [100, 200, 300].map((x) => ({ x, y, pressure: 0.5 }))
  page.add(`stroke-${y}`, {
    ...{ kind: 'stroke', z: 'a0', author: 'ada', place: { x: 0, y: 0, angle: 0, scale: 1 } },
    ...{ tool: 'pen', colour: 'black', thickness: 6, ink: packInk(points) },
  })
}

/** Rows of the picture with ink in the column of the strokes' middle, from the top. */
function inkRows(): number[] {
  const canvas = document.querySelector('canvas')
  if (!canvas?.width) return []
  const context = canvas.getContext('2d')!
  const { data } = context.getImageData(Math.round(canvas.width / 2), 0, 1, canvas.height)
  const rows = Array.from({ length: canvas.height }, (_, row) => row).filter((row) => data[row * 4]! < 100)
  return rows.filter((row) => !rows.includes(row - 1))
}

async function openScreen(size: readonly [number, number] = [1920, 1080]) {
  await browserPage.viewport(...size)
  const hub = answeringHub()
  const screen = await render(ScreenStage, {
    hub: { origin: 'https://hub.example', pass: () => Promise.resolve('p.1') },
  })
  return { hub, screen, has: (text: string) => expect.element(screen.getByText(text)).toBeVisible() }
}

for (const size of [
  [1920, 1080],
  [3840, 2160],
] as const)
  test(`at ${size.join(' × ')} the audience sees all that is drawn, as it is drawn, and touches nothing`, async () => {
    const { hub, screen } = await openScreen(size)
    await expect.poll(() => hub.isOpen()).toBe(true)
    const { page, update } = drawnPage(100, 140)
    hub.tell({ event: 'page', key, page: 2 })
    await expect.element(screen.getByText(m.projector_board_loading())).toBeVisible()
    hub.tell(update())
    hub.tell({ event: 'complete' })
    await expect.element(screen.getByRole('img', { name: label })).toBeInTheDocument()
    await expect.poll(() => inkRows().length).toBe(2)
    const apart = (): number => {
      const [first = 0, second = 0] = inkRows()
      return second - first
    }
    await expect.poll(apart).toBeGreaterThan(size[0] / 40)
    addStroke(page, 5000)
    hub.tell(update())
    await expect.poll(() => inkRows().at(-1)! > size[1] * 0.8).toBe(true)
    await stroke([
      [200, 200],
      [400, 200],
    ])
    expect(hub.asked).toEqual([
      { url: 'https://hub.example/api/screens/board', authorization: `${screenScheme} p.1`, credentials: 'omit' },
    ])
    await expect.poll(() => inkRows().length).toBeLessThanOrEqual(3)
  })

test('strokes under somebody’s pen are seen at once, and go with them; nobody’s name or mouse is seen', async () => {
  const { hub, screen } = await openScreen()
  await expect.poll(() => hub.isOpen()).toBe(true)
  hub.tell({ event: 'page', key, page: 2 })
  hub.tell(drawnPage(100).update())
  hub.tell({ event: 'complete' })
  await expect.element(screen.getByRole('img', { name: label })).toBeInTheDocument()
  const live = (): number => {
    const over = document.querySelectorAll('canvas')[1]!
    const { data } = over.getContext('2d')!.getImageData(0, 0, over.width, over.height)
    return data.reduce((sum, part, at) => sum + (at % 4 === 3 && part > 0 ? 1 : 0), 0)
  }
  const glance = (more: object): void => {
    const bytes = new TextEncoder().encode(JSON.stringify({ page: key, colour: 'red', strokes: [], ...more }))
    hub.tell({ event: 'glance', peer: 4, bytes: base64(bytes) })
  }
  glance({ cursor: { x: 200, y: 100 } })
  const points = [150, 200, 250].map((x) => [x, 120, 0.5])
  glance({ strokes: [{ id: 'one', tool: 'pen', colour: 'red', thickness: 6, from: 0, points }] })
  await expect.poll(live).toBeGreaterThan(100)
  glance({ cursor: { x: 200, y: 100 } })
  await expect.poll(live).toBe(0)
  glance({ strokes: [{ id: 'two', tool: 'laser', colour: 'red', thickness: 6, from: 0, points }] })
  await expect.poll(live).toBeGreaterThan(100)
  hub.tell({ event: 'left', peer: 4 })
  await expect.poll(live).toBe(0)
})

test('a screen that may not show a board has nothing of it, and says why', async () => {
  const { hub, has } = await openScreen()
  await expect.poll(() => hub.isOpen()).toBe(true)
  await has(m.projector_board_missing())
  hub.tell({ event: 'page', key, page: 2 })
  hub.tell(drawnPage(100).update())
  hub.tell({ event: 'complete' })
  await expect.poll(() => inkRows().length).toBe(1)
  hub.tell({ event: 'none' })
  await has(m.projector_board_missing_detail())
  expect(document.querySelector('canvas')).toBeNull()
  hub.refuse(403)
  hub.close()
  await has(m.projector_cut_off())
  await has(m.projector_board_refused_detail())
})

test('a board over a paper lies over that page of it, as everybody may read it', async () => {
  const bar = (doc: PDFKit.PDFDocument): void => void doc.rect(200, 300, 200, 100).fill('#000000')
  const pdf = await pdfOf(() => undefined, bar)
  const { hub, screen, has } = await openScreen()
  await expect.poll(() => hub.isOpen()).toBe(true)
  hub.refuse(404)
  hub.tell({ event: 'page', key, page: 2, sha512: 'cafe' })
  hub.tell({ event: 'complete' })
  await has(m.projector_board_missing_detail())
  hub.give(pdf)
  hub.tell({ event: 'page', key, page: 2, sha512: 'beef' })
  hub.tell({ event: 'complete' })
  await expect.element(screen.getByRole('img', { name: label })).toBeInTheDocument()
  await expect.poll(() => inkRows().length).toBeGreaterThan(0)
  expect(hub.asked.slice(1)).toEqual(
    ['cafe', 'beef'].map((digest) => ({
      ...{ url: `https://hub.example/files/${digest}`, authorization: null, credentials: 'omit' },
    })),
  )
})

test('what hides a page from those who draw hides it from the audience, who cannot pull it away', async () => {
  const { hub, screen } = await openScreen()
  await expect.poll(() => hub.isOpen()).toBe(true)
  const { page, update } = drawnPage(100)
  page.setUp({ curtain: 0.1, countdown: Date.now() + 90_500 })
  hub.tell({ event: 'page', key, page: 2 })
  hub.tell(update())
  hub.tell({ event: 'complete' })
  const timer = screen.getByRole('timer', { name: m.boards_countdown() })
  await expect.element(timer).toBeVisible()
  expect(timer.element().textContent).toMatch(/^1:[23]\d$/)
  expect(document.querySelectorAll('[role=slider], button')).toHaveLength(0)
  const covered = document.elementsFromPoint(960, 900).map(({ className }) => String(className))
  expect(covered[0]).toMatch(/curtain/)
})
