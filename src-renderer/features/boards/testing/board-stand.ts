import { cdp, page as browserPage } from 'vitest/browser'
import { onTestFinished } from 'vitest'
import { toWindow } from '../engine/camera.ts'
import { BoardEngine } from '../engine/board-engine.ts'
import type { PaperPage } from '../engine/paper.ts'
import { nobodyElse, type BoardPresence } from '../../../data/yjs/board/index.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import { Selection } from '../selection/selection.ts'
import { usualStyle } from '../style.ts'
import { Workbench } from '../tools/workbench.ts'

interface Browser {
  send(method: string, parameters: object): Promise<unknown>
}

/** A board of 800 by 600 on the screen, with its document, and the devices of the browser itself. */
export async function boardStand(presence: BoardPresence = nobodyElse, paper?: PaperPage) {
  await browserPage.viewport(1000, 800)
  const host = document.createElement('div')
  host.style.cssText = 'position: fixed; inset: 0; width: 800px; height: 600px; background: #fff; touch-action: none'
  host.tabIndex = 0
  document.body.append(host)
  const page = emptyPage()
  const engine = new BoardEngine(host, page, presence, paper)
  const selection = new Selection(engine)
  const bench = new Workbench(engine, selection, 'ada', { ...usualStyle })
  onTestFinished(() => {
    engine.close()
    page.close()
    host.remove()
  })
  return { host, page, engine, selection, bench, elements: () => [...page.elements.values()] }
}

/** Points of the board's window as the browser's devices count them: from the corner of the outermost page. */
function onDesk(point: readonly [number, number]): { x: number; y: number } {
  const frame = window.frameElement?.getBoundingClientRect()
  const scale = frame ? frame.width / innerWidth : 1
  return { x: (frame?.left ?? 0) + point[0] * scale, y: (frame?.top ?? 0) + point[1] * scale }
}

const devices = (): Browser => cdp() as unknown as Browser

/** Presses, moves and lifts the mouse or a pen. */
export async function stroke(
  points: readonly (readonly [number, number])[],
  pen: { pointerType?: 'mouse' | 'pen'; force?: number; rest?: () => Promise<unknown> } = {},
): Promise<void> {
  const { pointerType = 'pen', force = 0.5 } = pen
  const send = (type: string, at: readonly [number, number], buttons: number): Promise<unknown> =>
    devices().send('Input.dispatchMouseEvent', {
      ...{ type, ...onDesk(at), button: 'left', buttons, clickCount: 1, pointerType, force },
    })
  await send('mousePressed', points[0]!, 1)
  for (const at of points.slice(1)) await send('mouseMoved', at, 1)
  await pen.rest?.()
  await send('mouseReleased', points.at(-1)!, 0)
}

/** Seconds between two steps of fingers, by the clock that the events carry. */
const stepSeconds = 0.016

/**
 * Fingers on the board: each step says where all of them are; a finger that is missing was lifted. The events carry
 * their times themselves, so that a slow machine has no slow fingers.
 */
export async function fingers(steps: readonly Readonly<Record<number, readonly [number, number]>>[]): Promise<void> {
  const touches = (step: (typeof steps)[number]) =>
    Object.entries(step).map(([id, at]) => ({ ...onDesk(at), id: Number(id), radiusX: 8, radiusY: 8, force: 0.5 }))
  const begin = Date.now() / 1000
  let before = 0
  for (const [place, step] of steps.entries()) {
    const count = Object.keys(step).length
    // The browser itself finds out who was lifted; `touchEnd` lifts all.
    const type = count > before ? 'touchStart' : 'touchMove'
    await devices().send('Input.dispatchTouchEvent', {
      ...{ type, touchPoints: touches(step), timestamp: begin + place * stepSeconds },
    })
    before = count
  }
  if (before > 0)
    await devices().send('Input.dispatchTouchEvent', {
      ...{ type: 'touchEnd', touchPoints: [], timestamp: begin + steps.length * stepSeconds },
    })
}

/** Two frames: what was asked for is on the canvas. */
export const painted = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

/** How dark the picture is at a point of the page, from 0 to 255; `live` reads the upper canvas' ink. */
export function darkness(engine: BoardEngine, host: Element, at: readonly [number, number], live = false): number {
  const canvas = host.querySelectorAll('canvas')[live ? 1 : 0]!
  const { x, y } = toWindow(engine.camera, { x: at[0], y: at[1] })
  const ratio = devicePixelRatio
  const [red = 0, , , alpha = 0] = canvas
    .getContext('2d')!
    .getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data
  return live ? alpha : 255 - red
}
