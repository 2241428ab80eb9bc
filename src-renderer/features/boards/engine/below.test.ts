import { userEvent } from 'vitest/browser'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { boardStand, darkness, stroke } from '../testing/board-stand.ts'
import { openBoard } from '../testing/open-board.ts'
import { eraserTool } from '../tools/eraser-tool.ts'
import { inkTool } from '../tools/ink-tool.ts'
import { selectTool } from '../tools/select-tool.ts'

/** A white sheet of 400 by 300 with a black square from 100 to 200. */
async function plan(id = 'plan', colour = '#000000'): Promise<GroundPicture> {
  const canvas = new OffscreenCanvas(400, 300)
  const context = canvas.getContext('2d')!
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 400, 300)
  context.fillStyle = colour
  context.fillRect(100, 100, 100, 100)
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
  return { id, x: 0, y: 0, width: 400, height: 300, mediaType: 'image/png', bytes, text: 'Lageplan' }
}

test('the picture lies under the ink, and no tool picks, moves or takes it', async () => {
  const { page, engine, host, bench, selection, elements } = await boardStand()
  engine.camera = { x: 0, y: 0, zoom: 1 }
  page.layGround(await plan())
  await expect.poll(() => darkness(engine, host, [150, 150])).toBeGreaterThan(240)
  expect([darkness(engine, host, [50, 50]), darkness(engine, host, [600, 400]) > 20]).toEqual([0, true])
  engine.tool = inkTool(bench, 'pen')
  await stroke([
    [50, 250],
    [80, 250],
    [120, 250],
  ])
  await expect.poll(() => darkness(engine, host, [80, 250])).toBeGreaterThan(180)
  const tools = [eraserTool(bench, 'whole'), eraserTool(bench, 'area'), selectTool(bench)]
  for (const tool of tools) {
    engine.tool = tool
    await stroke([
      [90, 90],
      [150, 150],
      [210, 210],
    ])
  }
  expect([elements().length, selection.ids.size]).toEqual([1, 0])
  expect(darkness(engine, host, [150, 150])).toBeGreaterThan(240)
})

test('whoever laid it takes it back; the page is what it was then, and what a colleague lays is shown at once', async () => {
  const { page, engine, host } = await boardStand()
  engine.camera = { x: 0, y: 0, zoom: 1 }
  page.layGround(await plan())
  await expect.poll(() => darkness(engine, host, [150, 150])).toBeGreaterThan(240)
  page.undo()
  await expect.poll(() => darkness(engine, host, [600, 401])).toBe(0)
  expect(darkness(engine, host, [150, 150])).toBe(0)
  const colleague = new Y.Doc()
  Y.applyUpdate(colleague, Y.encodeStateAsUpdate(page.doc))
  colleague.getMap('ground').set('picture', await plan('other', '#999999'))
  Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(colleague), 'others')
  await expect.poll(() => darkness(engine, host, [150, 150])).toBe(0x66)
  expect(page.canUndo).toBe(false)
})

test('in the dark its ink is that for a light sheet, and a damaged one is crossed out', async () => {
  document.documentElement.dataset['scheme'] = 'dark'
  onTestFinished(() => void delete document.documentElement.dataset['scheme'])
  const { page, engine, host } = await boardStand()
  host.style.background = '#1b1e22'
  engine.restyle()
  expect(engine.ink.palette.black).toBe('#f1f2f4')
  engine.camera = { x: 0, y: 0, zoom: 1 }
  page.layGround({ ...(await plan()), bytes: new Uint8Array([1, 2, 3]) })
  // On the cross, and beside it.
  await expect
    .poll(() => [darkness(engine, host, [200, 150]) > 100, darkness(engine, host, [200, 50])])
    .toEqual([true, 0])
  expect(engine.ink.palette.black).toBe('#1b1f24')
  page.layGround(null)
  expect(engine.ink.palette.black).toBe('#f1f2f4')
})

test('all of it is shown first, and the outline tells what it shows and leads there', async () => {
  const { screen, page } = await openBoard()
  page.layGround(await plan())
  await screen.getByRole('button', { name: 'Übersicht der Tafel' }).click()
  const entry = screen.getByRole('button', { name: 'Hintergrundbild: Lageplan' })
  await expect.element(entry).toBeVisible()
  ;(entry.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('application')).toHaveFocus()
  await expect.element(screen.getByRole('status', { name: 'Vergrößerung' })).not.toHaveTextContent('100 %')
})

test('a sheet that comes after its page was opened is shown as a whole', async () => {
  const { screen, page } = await openBoard()
  const zoom = screen.getByRole('status', { name: 'Vergrößerung' })
  await expect.element(zoom).toHaveTextContent('100 %')
  page.layGround(await plan())
  await expect.element(zoom).not.toHaveTextContent('100 %')
})

test('whoever has moved on is not brought back to a sheet that comes', async () => {
  const { screen, page } = await openBoard()
  const zoom = screen.getByRole('status', { name: 'Vergrößerung' })
  await screen.getByRole('button', { name: 'Vergrößern' }).click()
  await expect.element(zoom).toHaveTextContent('125 %')
  page.layGround(await plan())
  await screen.getByRole('button', { name: 'Vergrößern' }).click()
  await expect.element(zoom).toHaveTextContent('156 %')
})
