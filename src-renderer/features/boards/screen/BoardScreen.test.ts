import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import type { BoardPresence, PersonHere } from '../../../data/yjs/board/index.ts'
import { expectAccessible, expectTouchTargets } from '../../votes/testing/accessible.ts'
import { stroke } from '../testing/board-stand.ts'
import { openBoard } from '../testing/open-board.ts'

const words = (elements: readonly BoardElement[]): unknown[] =>
  elements.map((element) => ('text' in element ? [element.kind, element.text] : element.kind))

test('everything by keyboard: a note is put, written, moved, copied, taken away and brought back', async () => {
  const { screen, surface, elements, page } = await openBoard()
  ;(surface.element() as HTMLElement).focus()
  await userEvent.keyboard('n{Enter}')
  const area = screen.getByRole('textbox', { name: 'Text schreiben' })
  await expect.element(area).toHaveFocus()
  await userEvent.keyboard('Mehr Bäume')
  expect(words(elements())).toEqual([['note', 'Mehr Bäume']])
  await userEvent.keyboard('{Escape}')
  await expect.element(surface).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowDown}{/Shift}')
  const [note] = elements()
  expect(note).toMatchObject({ place: { x: 683 - 100 + 4, y: 384 - 100 + 32 } })
  await userEvent.keyboard('{Control>}d{/Control}')
  expect(elements().length).toBe(2)
  await userEvent.keyboard('{Control>}a{/Control}{Delete}')
  expect(elements()).toEqual([])
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(elements().length).toBe(2)
  // What was written at once is one step: the note is empty again, then gone.
  page.undo()
  page.undo()
  page.undo()
  page.undo()
  expect(words(elements())).toEqual([['note', '']])
})

test('the outline tells what is on the board, and leads there', async () => {
  const { screen, surface } = await openBoard()
  ;(surface.element() as HTMLElement).focus()
  await userEvent.keyboard('t{Enter}Tagesordnung{Escape}r{Enter}')
  await stroke([
    [200, 300],
    [260, 320],
    [300, 300],
  ])
  await screen.getByRole('button', { name: 'Übersicht der Tafel' }).click()
  await expect.element(screen.getByRole('button', { name: 'Text: Tagesordnung' })).toBeVisible()
  await screen.getByRole('button', { name: 'Text: Tagesordnung' }).click()
  await expect.element(screen.getByRole('toolbar', { name: 'Ausgewählt: 1' })).toBeVisible()
  await expect.element(surface).toHaveFocus()
})

test('controls are in both lower corners, fit for a finger, named, and change hands', async () => {
  const { screen } = await openBoard()
  const tools = screen.getByRole('toolbar', { name: 'Werkzeuge' })
  const view = screen.getByRole('toolbar', { name: 'Ansicht und Seiten' })
  const left = (bar: typeof tools): number => bar.element().getBoundingClientRect().left
  for (const bar of [tools, view]) expect(bar.element().getBoundingClientRect().bottom).toBeGreaterThan(700)
  expect(left(tools)).toBeGreaterThan(left(view))
  await expectAccessible()
  expectTouchTargets()
  await screen.getByRole('button', { name: 'Mehr' }).click()
  await screen.getByRole('menuitem', { name: 'Einstellungen der Tafel' }).click()
  await screen.getByRole('switch', { name: 'Werkzeuge links' }).click()
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => left(tools) < left(view)).toBe(true)
})

test('a pen of another colour and width, and what is picked is coloured anew', async () => {
  const { screen, elements } = await openBoard()
  await screen.getByRole('button', { name: 'Rot' }).click()
  await screen.getByRole('button', { name: 'Breite 8' }).click()
  await stroke([
    [300, 300],
    [400, 320],
    [500, 300],
  ])
  expect(elements()).toMatchObject([{ kind: 'stroke', colour: 'red', thickness: 8 }])
  await screen.getByRole('button', { name: 'Auswählen' }).click()
  await stroke([
    [300, 300],
    [300, 300],
  ])
  await screen.getByRole('button', { name: 'Blau' }).click()
  expect(elements()).toMatchObject([{ colour: 'blue', thickness: 8 }])
})

test('a template begins a page in one step, and its notes can be written on', async () => {
  const { screen, elements, page } = await openBoard()
  await screen.getByRole('button', { name: 'Mehr' }).click()
  await screen.getByRole('menuitem', { name: 'Vorlage: Pro und Contra' }).click()
  await expect.poll(() => words(elements())).toContainEqual(['text', 'Dafür'])
  expect(words(elements())).toContainEqual(['text', 'Dagegen'])
  page.undo()
  expect(elements()).toEqual([])
})

test('pages are turned by keys, as far as there are some', async () => {
  const turned: number[] = []
  const { surface } = await openBoard({ go: (place) => turned.push(place) })
  ;(surface.element() as HTMLElement).focus()
  await userEvent.keyboard('{PageUp}{PageDown}')
  expect(turned).toEqual([1])
})

test('whoever may only look has no pen, and sees curtain and light of those who lead', async () => {
  const { screen, page } = await openBoard({ canDraw: false })
  expect(screen.getByRole('button', { name: 'Stift' }).elements()).toEqual([])
  page.setUp({ curtain: 0.5, countdown: Date.now() + 61_000 })
  await expect.element(screen.getByRole('timer')).toBeVisible()
  expect(screen.getByRole('slider').elements()).toEqual([])
  await stroke([
    [300, 200],
    [500, 300],
  ])
  expect(page.elements.size).toBe(0)
})

test('whoever presents is followed until the page is moved by hand', async () => {
  const others = new Map<string, PersonHere>()
  let tell = (): void => undefined
  const presence: BoardPresence = {
    ...{ others, publish: () => undefined },
    observe: (changed) => {
      const before = tell
      tell = () => {
        before()
        changed()
      }
      return () => undefined
    },
  }
  const { screen } = await openBoard({ presence })
  const zoom = screen.getByRole('status', { name: 'Vergrößerung' })
  const view = { x: 0, y: 0, zoom: 2, width: 1366, height: 768 }
  others.set('b', { name: 'Bea', colour: 'red', strokes: [], isPresenting: true, view })
  tell()
  await expect.element(zoom).toHaveTextContent('200 %')
  await expect.element(screen.getByRole('button', { name: 'Folge Bea' })).toBeVisible()
  await screen.getByRole('button', { name: 'Verkleinern' }).click()
  await expect.element(screen.getByRole('button', { name: 'Bea folgen' })).toBeVisible()
  others.set('b', { name: 'Bea', colour: 'red', strokes: [], isPresenting: true, view: { ...view, zoom: 4 } })
  tell()
  await expect.element(zoom).toHaveTextContent('160 %')
})
