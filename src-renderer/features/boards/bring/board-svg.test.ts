import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { unmoved, type BoardElement, type ElementContent } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { packInk } from '../../../../shared/council/board/ink.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import { Scene } from '../engine/scene.ts'
import { drawnPage } from '../exchange/drawn-page.ts'
import { boardToSvg } from '../exchange/svg.ts'
import { boardStand } from '../testing/board-stand.ts'
import { readBoardSvg } from './board-svg.ts'
import { importFiles } from './import-files.ts'

async function png(side: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(side, side)
  canvas.getContext('2d')!.fillRect(0, 0, side, side)
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
}

const [small, large] = [await png(4), await png(8)]
const common = { author: 'ada', place: { x: 10.5, y: -20, angle: 0.3, scale: 1.5 } }
const sized = { ...common, width: 200, height: 100 }
const hostileText = '</metadata><script>window.wasRun = true</script> & "Straße" \u0001 ]]> 🙂'
const everything: Readonly<Record<string, ElementContent>> = {
  stroke: {
    ...{ kind: 'stroke', z: 'a0', ...common, tool: 'marker', colour: 'red', thickness: 24, group: 'g' },
    ink: packInk([0, 1, 2].map((at) => ({ x: at * 7.25, y: at, pressure: at / 2 }))),
  },
  shape: {
    ...{ kind: 'shape', z: 'a1', ...sized, form: 'diamond', colour: 'blue', thickness: 4, isFilled: true, text: '' },
    group: 'g',
  },
  note: { kind: 'note', z: 'a2', ...sized, paper: 'mint', text: hostileText, locked: true },
  arrow: {
    ...{ kind: 'line', z: 'a3', author: 'ada', colour: 'grey', thickness: 4, hasHead: true },
    ...{
      from: { x: 0, y: 0, stuck: { to: 'shape', u: 0.5, v: 1 } },
      to: { x: 90, y: 50, stuck: { to: 'gone', u: 0, v: 0 } },
    },
  },
  text: { kind: 'text', z: 'a4', ...sized, colour: 'black', fontSize: 28, text: 'Haushalt\n2027' },
  table: { kind: 'table', z: 'a5', ...sized, rows: 2, columns: 2, cells: { '0:0': 'Pro', '1:1': 'Contra' } },
  stamp: { kind: 'stamp', z: 'a6', ...sized, sign: 'heart', colour: 'violet' },
  picture: { kind: 'picture', z: 'a7', ...sized, mediaType: 'image/png', bytes: small, text: 'Brunnen' },
}
const plan: GroundPicture = {
  ...{ id: 'plan', x: -400, y: -300, width: 800, height: 600, mediaType: 'image/png', bytes: large, text: 'Lageplan' },
}

function saved(ground: GroundPicture | null = plan, content = everything): string {
  const page = emptyPage()
  for (const [id, element] of Object.entries(content)) page.add(id, element)
  page.layGround(ground)
  return boardToSvg(drawnPage(new Scene(page))!, { title: 'Tafel', canComeBack: true })
}
const svgFile = (text: string): File => new File([text], 'tafel.svg', { type: 'image/svg+xml' })
/** What remains of an element when it is put on a page by somebody else. */
const looks = (elements: Iterable<BoardElement>) =>
  [...elements].toSorted((a, b) => (a.z < b.z ? -1 : 1)).map(({ id: _, z: _z, author: _a, group: _g, ...look }) => look)

test('a board that was saved as SVG comes back as it was, to an empty page in its place, and in one step', async () => {
  const { bench, page, elements } = await boardStand()
  const outcome = await importFiles(bench, [svgFile(saved())])
  expect(outcome).toEqual({ added: 9, left: 0, refused: [] })
  const back = new Map(elements().map((element) => [element.kind, element]))
  const expected = Object.entries(everything).map(([id, content]) => ({ ...content, id }))
  const arrow = back.get('line')
  if (arrow?.kind !== 'line') throw new Error('no line')
  // It sticks to the shape as that is called now, and no more to what was not saved.
  expect([arrow.from.stuck?.to, arrow.to.stuck]).toEqual([back.get('shape')!.id, undefined])
  const unstuck = (element: BoardElement): BoardElement =>
    element.kind === 'line' ? { ...element, from: { x: 0, y: 0 }, to: { x: 90, y: 50 } } : element
  expect(looks(elements().map(unstuck))).toEqual(looks(expected.map(unstuck)))
  expect(back.get('stroke')!.group).toBe(back.get('shape')!.group)
  expect(back.get('stroke')!.group).not.toBe('g')
  expect(new Set(elements().map(({ author }) => author))).toEqual(new Set(['ada']))
  expect(page.setup.picture).toEqual({ ...plan, id: page.setup.picture!.id })
  page.undo()
  expect([elements(), page.setup.picture]).toEqual([[], null])
  expect('wasRun' in window).toBe(false)
})

test('on a page with something on it, it comes beside its own ground, whose picture lies below the rest', async () => {
  const { bench, page, elements } = await boardStand()
  bench.add({ kind: 'stamp', sign: 'dot', colour: 'red', width: 10, height: 10, place: unmoved }, 'there')
  await importFiles(bench, [svgFile(saved())])
  await importFiles(bench, [svgFile(saved(null))])
  expect([elements().length, page.setup.picture]).toEqual([1 + 9 + 8, null])
  const [, lowest] = elements().toSorted((a, b) => (a.z < b.z ? -1 : 1))
  expect(lowest).toMatchObject({ kind: 'picture', text: 'Lageplan', width: 800 })
})

test('files that somebody changed: each part is what a board takes, or left out and counted', async () => {
  const change = (from: string | RegExp, to: string): Promise<unknown> =>
    readBoardSvg(svgFile(saved().replace(from, to))).then((read) =>
      read.ok ? [read.value.elements.length, read.value.ground !== null, read.value.left] : read.failure,
    )
  const showElsewhere = (href: string) => change(/href="data:image\/png;base64,[^"]*"/, `href="${href}"`)
  expect(await change('Haushalt', 'x')).toEqual([8, true, 0])
  expect(await change('&quot;mint&quot;', '&quot;url(https://elsewhere.example)&quot;')).toEqual([7, true, 1])
  expect(await change('&quot;x&quot;:10.5', '&quot;x&quot;:1e99')).toEqual([7, true, 1])
  expect(await change(/&quot;ink&quot;:&quot;[^&]*/, '&quot;ink&quot;:&quot;AAAA')).toEqual([7, true, 1])
  expect(await change('&quot;id&quot;:&quot;note', '&quot;id&quot;:&quot;shape')).toEqual([7, true, 1])
  expect(await change('"picture-picture"', '"elsewhere"')).toEqual([7, true, 1])
  expect(await showElsewhere('https://elsewhere.example/plan.png')).toEqual([8, false, 1])
  expect(await showElsewhere('data:image/svg+xml;base64,PHN2Zy8+')).toEqual([8, false, 1])
  expect(await showElsewhere('data:image/png;base64,AAAA')).toEqual([8, false, 1])
  expect(await change('&quot;version&quot;:1', '&quot;version&quot;:2')).toBe('newer-board')
  expect(await change('&quot;version&quot;:1', '&quot;version&quot;:&quot;1&quot;')).toBe('damaged-board')
  expect(await change('&quot;elements&quot;:[', '&quot;elements&quot;:[[')).toBe('damaged-board')
  expect(await change('</svg>', '')).toBe('damaged-board')
  expect(await change('<metadata', '<desc')).toBe('damaged-board')
  expect(await change('"ratssaal-board"', '"other"')).toBe('foreign-svg')
  const bomb = '<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>'
  expect(await readBoardSvg(svgFile(bomb))).toMatchObject({ ok: false })
})

test('whatever stands in the metadata, what is read is what a board takes', async () => {
  const frame = (json: string): string => {
    const svg = document.implementation.createDocument('http://www.w3.org/2000/svg', 'svg')
    const metadata = svg.createElementNS('http://www.w3.org/2000/svg', 'metadata')
    metadata.id = 'ratssaal-board'
    metadata.textContent = json
    svg.documentElement.append(metadata)
    return new XMLSerializer().serializeToString(svg)
  }
  const page = fc.record({
    format: fc.constant('ratssaal-board'),
    version: fc.constant(1),
    elements: fc.array(fc.jsonValue()),
  })
  await fc.assert(
    fc.asyncProperty(page, async (json) => {
      const read = await readBoardSvg(svgFile(frame(JSON.stringify(json).replaceAll(/[^\x20-\x7e]/g, '?'))))
      expect(read).toMatchObject({ ok: true, value: { elements: [], ground: null, left: json.elements.length } })
    }),
    { numRuns: 60 },
  )
})
