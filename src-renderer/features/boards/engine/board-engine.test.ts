import { expect, test } from 'vitest'
import { unpackInk } from '../../../../shared/council/board/ink.ts'
import type { BoardPresence, PersonHere } from '../../../data/yjs/board/index.ts'
import { boardStand, darkness, fingers, painted, stroke } from '../testing/board-stand.ts'
import { eraserTool } from '../tools/eraser-tool.ts'
import { inkTool } from '../tools/ink-tool.ts'
import { selectTool } from '../tools/select-tool.ts'

const level = (y: number): (readonly [number, number])[] => [100, 150, 200, 250, 300].map((x) => [x, y] as const)

test('a pen leaves ink on the page, and what the device reports is what is kept', async () => {
  const { engine, bench, host, elements } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  await stroke(level(200), { force: 0.9 })
  await painted()
  const [ink, ...others] = elements()
  expect([ink?.kind, others]).toEqual(['stroke', []])
  if (ink?.kind !== 'stroke') return
  const points = unpackInk(ink.ink)!
  expect([points[0]?.x, points.at(-1)?.x, points.length]).toEqual([100, 300, 5])
  expect(points[2]!.pressure).toBeCloseTo(0.9, 1)
  expect(darkness(engine, host, [200, 200])).toBeGreaterThan(180)
  expect(darkness(engine, host, [200, 240])).toBeLessThan(40)
  expect(darkness(engine, host, [200, 200], true)).toBe(0)
})

test('ink is seen while it is drawn, and pressure can be switched off', async () => {
  const { engine, bench, host, elements } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  engine.pointers.pressure.isOn = false
  let live = 0
  await stroke(level(200), {
    force: 1,
    rest: async () => {
      await painted()
      live = darkness(engine, host, [200, 200], true)
    },
  })
  expect(live).toBeGreaterThan(180)
  const [ink] = elements()
  expect(ink?.kind === 'stroke' && unpackInk(ink.ink)!.every(({ pressure }) => Math.abs(pressure - 0.5) < 0.01)).toBe(
    true,
  )
})

test('two fingers that land together pinch; two that land apart draw two strokes', async () => {
  const { engine, bench, elements } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  await fingers([
    { 1: [300, 300] },
    { 1: [300, 300], 2: [400, 300] },
    { 1: [250, 300], 2: [450, 300] },
    { 1: [200, 300], 2: [500, 300] },
  ])
  expect(elements()).toEqual([])
  expect(engine.camera.zoom).toBeCloseTo(3, 1)
  engine.camera = { x: 0, y: 0, zoom: 1 }
  await fingers([
    { 1: [100, 100] },
    { 1: [160, 100] },
    { 1: [200, 100], 2: [600, 400] },
    { 1: [240, 100], 2: [660, 400] },
    { 1: [280, 100], 2: [700, 400] },
    { 2: [720, 400] },
  ])
  expect(elements().map(({ kind }) => kind)).toEqual(['stroke', 'stroke'])
  expect(engine.camera.zoom).toBe(1)
})

test('once a pen was seen, a finger moves the page', async () => {
  const { engine, bench, elements } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  await stroke(level(100))
  // The hand that holds the pen lies on the board a while longer.
  await expect
    .poll(
      async () => {
        await fingers([{ 1: [400, 400] }, { 1: [450, 400] }])
        return engine.camera.x
      },
      { timeout: 30_000 },
    )
    .toBeLessThan(0)
  expect(elements().length).toBe(1)
})

test('the eraser takes ink where it went, in one step of undo', async () => {
  const { engine, bench, host, page, elements } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  await stroke(level(200))
  engine.tool = eraserTool(bench, 'area')
  await stroke([
    [200, 150],
    [200, 200],
    [200, 250],
  ])
  await expect.poll(() => darkness(engine, host, [200, 200])).toBeLessThan(40)
  expect(elements().length).toBe(2)
  expect(darkness(engine, host, [130, 200])).toBeGreaterThan(180)
  page.undo()
  await expect.poll(() => darkness(engine, host, [200, 200])).toBeGreaterThan(180)
  expect(elements().length).toBe(1)
  engine.tool = eraserTool(bench, 'whole')
  await stroke([
    [250, 150],
    [250, 250],
  ])
  expect(elements()).toEqual([])
})

test('a pen that rests at the end of a rectangle makes one', async () => {
  const { engine, bench, elements } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  const side = (from: number[], to: number[]): (readonly [number, number])[] =>
    [0, 0.25, 0.5, 0.75].map((part) => [from[0]! + (to[0]! - from[0]!) * part, from[1]! + (to[1]! - from[1]!) * part])
  const [a, b, c, d] = [
    [100, 100],
    [400, 104],
    [396, 300],
    [102, 298],
  ]
  await stroke([...side(a, b), ...side(b, c), ...side(c, d), ...side(d, a), [100, 102]], {
    rest: () => expect.poll(() => [...engine.live.items.values()].map(({ kind }) => kind)).toContain('elements'),
  })
  expect(elements()).toMatchObject([{ kind: 'shape', form: 'rectangle' }])
})

test('a pen that rests at the end of a straight stroke makes a line', async () => {
  const { engine, bench, page, elements } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  await stroke(level(200), {
    rest: () => expect.poll(() => [...engine.live.items.values()].map(({ kind }) => kind)).toContain('elements'),
  })
  expect(elements()).toMatchObject([{ kind: 'line', from: { x: 100, y: 200 }, to: { x: 300, y: 200 } }])
  expect(page.damaged.size).toBe(0)
})

test('a lasso picks, and what is picked is moved in one step', async () => {
  const { engine, bench, page, selection } = await boardStand()
  engine.tool = inkTool(bench, 'pen')
  await stroke(level(200))
  await stroke(level(500))
  engine.tool = selectTool(bench)
  await stroke([
    [60, 150],
    [340, 150],
    [340, 260],
    [60, 260],
    [60, 150],
  ])
  expect(selection.ids.size).toBe(1)
  await stroke([
    [200, 200],
    [230, 240],
    [260, 300],
  ])
  const [picked] = selection.elements
  expect(picked).toMatchObject({ place: { x: 60, y: 100 } })
  page.undo()
  expect(selection.elements).toMatchObject([{ place: { x: 0, y: 0 } }])
})

test('what others draw is seen before it is finished, and goes with them', async () => {
  const others = new Map<string, PersonHere>()
  let tell = (): void => undefined
  const published: Partial<PersonHere>[] = []
  const presence: BoardPresence = {
    others,
    publish: (change) => published.push(change),
    observe: (changed) => {
      tell = changed
      return () => undefined
    },
  }
  const { engine, bench, host } = await boardStand(presence)
  const points = [100, 200, 300].map((x) => ({ x, y: 100, pressure: 0.5 }))
  const drawn = { id: 's', tool: 'pen' as const, colour: 'red' as const, thickness: 8, points }
  others.set('b', { name: 'Bea', colour: 'red', strokes: [drawn] })
  tell()
  await painted()
  expect(darkness(engine, host, [200, 100], true)).toBeGreaterThan(180)
  others.clear()
  tell()
  await painted()
  expect(darkness(engine, host, [200, 100], true)).toBe(0)
  engine.tool = inkTool(bench, 'marker')
  await stroke(level(300))
  const told = published.flatMap(({ strokes }) => strokes ?? [])
  expect(told.some(({ tool, points: many }) => tool === 'marker' && many.length >= 4)).toBe(true)
  expect(published.findLast(({ strokes }) => strokes)?.strokes).toEqual([])
})

test('a board that opens with ink shows it at every zoom, and tiles have no seams', async () => {
  const { engine, bench, host, page } = await boardStand()
  page.transact(() => {
    for (let row = 0; row < 40; row++) {
      const x = row * 100
      bench.add({
        kind: 'shape',
        place: { x, y: 0, angle: 0, scale: 1 },
        width: 100,
        height: 4000,
        form: 'rectangle',
        colour: 'black',
        thickness: 0.5,
        isFilled: true,
        text: '',
      })
    }
  })
  for (const zoom of [0.1, 0.37, 1, 2.9]) {
    engine.camera = { x: 100, y: 100, zoom }
    await painted()
    await expect
      .poll(() => {
        const columns = Array.from({ length: 30 }, (_, at) =>
          darkness(engine, host, [110 + (at * 10) / zoom, 100 + 300 / zoom]),
        )
        return columns.filter((dark) => dark < 15).length
      })
      .toBe(0)
  }
})
