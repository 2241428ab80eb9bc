import * as fc from 'fast-check'
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { unmoved, type ElementContent } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { packInk } from '../../../../shared/council/board/ink.ts'
import type { TextChange } from '../../contract.ts'
import { mostSteps } from './board-page.ts'
import { BoardPage, readPage, type PageChange } from './index.ts'

const note = (text: string): Extract<ElementContent, { kind: 'note' }> => ({
  ...{ kind: 'note', z: 'a0', author: 'ada', place: unmoved, width: 200, height: 200, paper: 'yellow', text },
})
const stroke: ElementContent = {
  ...{ kind: 'stroke', z: 'a1', author: 'ada', place: unmoved, tool: 'pen', colour: 'black', thickness: 4 },
  ink: packInk([{ x: 0, y: 0, pressure: 0.5 }]),
}

/** Two people on one page; what one does reaches the other when `meet` is called. */
function twoPages() {
  const [one, two] = [new BoardPage(new Y.Doc()), new BoardPage(new Y.Doc())]
  const meet = (): void => {
    const [fromOne, fromTwo] = [Y.encodeStateAsUpdate(one.doc), Y.encodeStateAsUpdate(two.doc)]
    Y.applyUpdate(one.doc, fromTwo, 'others')
    Y.applyUpdate(two.doc, fromOne, 'others')
  }
  return { one, two, meet }
}

test('what is put on a page reaches the other as it is, and a page that opens later has it at once', () => {
  const { one, two, meet } = twoPages()
  const heard: PageChange[] = []
  two.observe((change) => heard.push(change))
  one.add('n', note('Ja'))
  one.add('s', stroke)
  meet()
  expect(two.elements).toEqual(one.elements)
  expect(two.elements.get('s')).toEqual({ ...stroke, id: 's' })
  expect(heard).toEqual([
    {
      changed: [
        { ...note('Ja'), id: 'n' },
        { ...stroke, id: 's' },
      ],
      gone: [],
      isSetupChanged: false,
    },
  ])
  expect(new BoardPage(two.doc).elements).toEqual(one.elements)
})

test('two people may move and write the same note at once', () => {
  const { one, two, meet } = twoPages()
  one.add('n', note('Rathaus'))
  meet()
  one.change('n', { place: { ...unmoved, x: 50 }, text: 'Altes Rathaus' })
  two.change('n', { paper: 'mint', text: 'Rathaus am Markt' })
  meet()
  expect(one.elements.get('n')).toMatchObject({ place: { x: 50 }, paper: 'mint', text: 'Altes Rathaus am Markt' })
  expect(two.elements).toEqual(one.elements)
})

test('undo takes back what the person did, and nothing of the others', () => {
  const { one, two, meet } = twoPages()
  one.add('a', note('a'))
  meet()
  two.add('b', stroke)
  meet()
  one.change('a', { locked: true, group: 'g' })
  one.remove(['b'])
  one.undo()
  expect([...one.elements.keys()].toSorted()).toEqual(['a', 'b'])
  one.undo()
  expect(one.elements.get('a')).toEqual({ ...note('a'), id: 'a' })
  one.undo()
  meet()
  expect([[...one.elements.keys()], [...two.elements.keys()]]).toEqual([['b'], ['b']])
  expect([one.canUndo, two.canUndo]).toEqual([false, true])
  one.redo()
  expect(one.elements.get('a')).toEqual({ ...note('a'), id: 'a' })
})

test('steps far back are let go with what was erased in them; the others are taken back as ever', async () => {
  const page = new BoardPage(new Y.Doc())
  const marked = (number: number): ElementContent => note(`<${number}>`)
  const erased = 600
  for (let number = 0; number < erased; number += 1) page.add(`n${number}`, marked(number))
  for (let number = 0; number < erased; number += 1) {
    page.remove([`n${number}`])
    await Promise.resolve()
  }
  const holds = (number: number): boolean => Buffer.from(Y.encodeStateAsUpdate(page.doc)).includes(`<${number}>`)
  expect([holds(0), holds(erased - mostSteps - 60), holds(erased - mostSteps + 1), holds(erased - 1)]).toEqual([
    ...[false, false, true, true],
  ])
  let steps = 0
  while (page.canUndo) {
    page.undo()
    steps += 1
  }
  expect(steps).toBeGreaterThanOrEqual(mostSteps)
  const back = Array.from({ length: steps }, (_, place) => erased - 1 - place)
  expect([...page.elements.keys()].toSorted()).toEqual(back.map((number) => `n${number}`).toSorted())
  for (const number of back) expect(page.elements.get(`n${number}`)).toEqual({ ...marked(number), id: `n${number}` })
  while (page.canRedo) page.redo()
  expect(page.elements.size).toBe(0)
  expect(new BoardPage(page.doc).elements.size).toBe(0)
})

test('cells of a table are written side by side', () => {
  const { one, two, meet } = twoPages()
  one.add('t', {
    ...{ kind: 'table', z: 'a0', author: 'ada', place: unmoved, width: 400, height: 200, rows: 2, columns: 2 },
    cells: { '0:0': 'Pro' },
  })
  meet()
  one.change('t', { cells: { '0:0': 'Pro', '1:0': 'billig' } })
  two.change('t', { cells: { '0:0': 'Pro', '1:1': 'laut' } })
  meet()
  expect(one.elements.get('t')).toMatchObject({ cells: { '0:0': 'Pro', '1:0': 'billig', '1:1': 'laut' } })
  expect(two.elements).toEqual(one.elements)
})

test('what is no element is named and not shown, and hides nothing else', () => {
  const page = new BoardPage(new Y.Doc())
  page.doc.getMap('elements').set('bad', 'words')
  page.add('n', note('gut'))
  page.add('far', { ...note('weit'), place: { ...unmoved, x: 1e9 } })
  expect([[...page.elements.keys()], [...page.damaged]]).toEqual([['n'], ['bad', 'far']])
})

test('the setup is no part of undo, and what is none counts as not set', () => {
  const { one, two, meet } = twoPages()
  one.setUp({ ground: 'grid', curtain: 0.5 })
  one.doc.getMap('setup').set('countdown', 'soon')
  meet()
  expect(two.setup).toEqual({ ground: 'grid', curtain: 0.5, spotlight: null, countdown: null, picture: null })
  expect(one.canUndo).toBe(false)
})

const map = (id: string, text = ''): GroundPicture => ({
  ...{ id, x: -10, y: 0, width: 800, height: 600, mediaType: 'image/png', bytes: new Uint8Array([1, 2, 3]), text },
})

test('a picture of the ground is one for all, and only who laid it takes it back', () => {
  const { one, two, meet } = twoPages()
  const changes: boolean[] = []
  two.observe(({ isSetupChanged }) => changes.push(isSetupChanged))
  one.layGround(map('plan', 'Stadtplan'))
  meet()
  expect([two.setup.picture, changes]).toEqual([map('plan', 'Stadtplan'), [true]])
  expect([one.canUndo, two.canUndo]).toEqual([true, false])
  two.describeGround('Stadtplan mit Umleitung')
  meet()
  expect(one.setup.picture?.text).toBe('Stadtplan mit Umleitung')
  one.undo()
  meet()
  expect([one.setup.picture, two.setup.picture]).toEqual([null, null])
  one.redo()
  meet()
  expect(two.setup.picture).toEqual(map('plan', 'Stadtplan mit Umleitung'))
  two.layGround(null)
  meet()
  expect(one.setup.picture).toBeNull()
})

test('two people who choose and describe pictures at once end with one picture, and words about no other', () => {
  const deed = fc.record({
    who: fc.boolean(),
    what: fc.constantFrom('lay', 'describe', 'take', 'undo', 'redo', 'meet'),
  })
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
      const { one, two, meet } = twoPages()
      for (const [place, { who, what }] of deeds.entries()) {
        const page = who ? one : two
        const { picture } = page.setup
        if (what === 'lay') page.layGround(map(`p${place}`, `about p${place}`))
        else if (what === 'describe' && picture) page.describeGround(`about ${picture.id}, again`)
        else if (what === 'take') page.layGround(null)
        else if (what === 'undo') page.undo()
        else if (what === 'redo') page.redo()
        else meet()
      }
      meet()
      expect(one.setup).toEqual(two.setup)
      const { picture } = one.setup
      if (picture) expect(picture.text).toMatch(new RegExp(`^about ${picture.id}(, again)?$`))
    }),
  )
})

test('what is no picture of the ground is not shown', () => {
  const page = new BoardPage(new Y.Doc())
  const ground = page.doc.getMap('ground')
  const wrong = [
    'words',
    { ...map('p'), mediaType: 'image/svg+xml' },
    { ...map('p'), bytes: '<svg onload="alert(1)"/>' },
    { ...map('p'), bytes: new Uint8Array(1_500_001) },
    { ...map('p'), x: Infinity },
    { ...map('p'), href: 'https://elsewhere.example/' },
  ]
  for (const picture of wrong) {
    ground.set('picture', picture)
    expect(page.setup.picture).toBeNull()
  }
  ground.set('picture', map('p', 'Plan'))
  ground.set('words', { of: 'p', text: 'x'.repeat(30_000) })
  expect(page.setup.picture?.text).toBe('Plan')
})

test('what is done in one deed is undone in one step', () => {
  const page = new BoardPage(new Y.Doc())
  page.add('s', stroke)
  const end = page.beginDeed()
  page.remove(['s'])
  page.add('left', stroke)
  page.add('right', stroke)
  end()
  page.add('n', note('danach'))
  page.undo()
  page.undo()
  expect([...page.elements.keys()]).toEqual(['s'])
})

test('a page is read as far as the device knows it, without being at it', async () => {
  const page = new BoardPage(new Y.Doc())
  page.add('n', note('Ja'))
  const known = { id: 'u', update: Y.encodeStateAsUpdate(page.doc), pending: false }
  let isFollowed = true
  const read = readPage({
    follow: (listener) => {
      const tell = (state: TextChange['state'], changed: TextChange['changed']): void =>
        listener({ state, changed, gone: [] })
      queueMicrotask(() => {
        tell('loading', [{ ...known, id: 'damaged', update: new Uint8Array([255]) }])
        tell('ready', [known])
      })
      return () => (isFollowed = false)
    },
  })
  expect((await read).elements).toEqual(page.elements)
  expect(isFollowed).toBe(false)
})
