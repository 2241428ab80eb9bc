import { afterEach, expect, test } from 'vitest'
import { PdfSession, type PdfOpenError, type OutlineEntry, type ReadingPlace, type SearchState } from './pdf-session.ts'
import threePages from './testing/three-pages.pdf?url'
import withPassword from './testing/with-password.pdf?url'

const language = { code: 'de', pageName: (page: number) => `Seite ${page}` }
const bytesOf = async (url: string): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer()

let opened: PdfSession | undefined
afterEach(async () => {
  await opened?.close()
  opened = undefined
  document.body.replaceChildren()
})

function container(): HTMLDivElement {
  const outer = document.createElement('div')
  outer.className = 'pdf'
  outer.style.cssText = 'position: absolute; inset: 0; overflow: auto'
  const pages = document.createElement('div')
  pages.className = 'pdfViewer'
  outer.append(pages)
  document.body.append(outer)
  return outer
}

async function open(bytes: ArrayBuffer, start?: ReadingPlace) {
  const shown = { page: 0, scale: 0, preset: undefined as string | undefined, search: [] as SearchState[] }
  const scroll = container()
  opened = await PdfSession.open(
    bytes,
    scroll,
    language,
    {
      onpage: (page) => (shown.page = page),
      onzoom: (scale, preset) => Object.assign(shown, { scale, preset }),
      onsearch: (state) => shown.search.push(state),
    },
    start,
  )
  return { session: opened, shown, scroll }
}

test('pages are counted, named for screen readers, carry their text, and are gone to within their bounds', async () => {
  const { session, shown, scroll } = await open(await bytesOf(threePages))
  expect([session.pages, session.page]).toEqual([3, 1])
  await expect.poll(() => scroll.querySelector('.textLayer')?.textContent).toContain('Antrag der Verwaltung')
  expect(scroll.querySelector('.page')?.getAttribute('aria-label')).toBe('Seite 1')
  session.goToPage(99)
  await expect.poll(() => shown.page).toBe(3)
  session.goToPage(-4)
  await expect.poll(() => shown.page).toBe(1)
})

test('it begins where somebody left', async () => {
  const { session, shown } = await open(await bytesOf(threePages), { page: 2, zoom: 1.5 })
  expect([session.page, shown.scale]).toEqual([2, 1.5])
})

test('zoom goes by steps, to the width, and to 400 per cent', async () => {
  const { session, shown } = await open(await bytesOf(threePages))
  expect(shown.preset).toBe('page-width')
  session.zoomTo(1)
  expect(shown.scale).toBe(1)
  session.zoomBy(1)
  expect(shown.scale).toBeGreaterThan(1)
  session.zoomTo(4)
  expect([shown.scale, shown.preset]).toEqual([4, undefined])
})

test('what is shown at the width of the window goes on so in a window of another width, on the same page', async () => {
  const { session, shown, scroll } = await open(await bytesOf(threePages))
  session.goToPage(2)
  const pageBeside = () => (scroll.querySelector('.page')?.clientWidth ?? 0) - scroll.clientWidth
  for (const width of ['300px', '700px']) {
    scroll.style.width = width
    await expect.poll(() => Math.abs(pageBeside() + 40)).toBeLessThan(25)
    expect([shown.preset, session.page]).toEqual(['page-width', 2])
  }
  session.zoomTo(1.5)
  scroll.style.width = '300px'
  await new Promise(requestAnimationFrame)
  expect(shown.scale).toBe(1.5)
})

test('search counts all matches, walks through them, and ends', async () => {
  const { session, shown } = await open(await bytesOf(threePages))
  const last = () => {
    const state = shown.search.at(-1)
    return state && [state.query, state.current, state.total]
  }
  session.search('haushalt', 'new')
  await expect.poll(last).toEqual(['haushalt', 1, 3])
  session.search('haushalt', 'next')
  await expect.poll(last).toEqual(['haushalt', 2, 3])
  session.search('haushalt', 'previous')
  await expect.poll(last).toEqual(['haushalt', 1, 3])
  session.search('Bebauungsplan', 'new')
  await expect.poll(last).toEqual(['Bebauungsplan', 0, 0])
})

test('the outline says on which page its entries begin, and leads there', async () => {
  const { session, shown } = await open(await bytesOf(threePages))
  const outline = await session.outline()
  const table = (entries: readonly OutlineEntry[]): unknown[] =>
    entries.map(({ title, page, children }) => [title, page, ...table(children)])
  expect(table(outline)).toEqual([
    ['Antrag', 1, ['Begründung', 2]],
    ['Anlage', 3],
  ])
  session.goTo(outline[1]!)
  await expect.poll(() => shown.page).toBe(3)
})

test('what cannot be opened says why', async () => {
  const damaged = (await bytesOf(threePages)).slice(0, 300)
  const fault = (bytes: ArrayBuffer) =>
    open(bytes).then(
      () => 'opened',
      (error: unknown) => (error as PdfOpenError).fault,
    )
  expect(await fault(await bytesOf(withPassword))).toBe('password')
  expect(await fault(damaged)).toBe('damaged')
  expect(await fault(new TextEncoder().encode('kein PDF').buffer)).toBe('damaged')
})

test('texts lie on their picture, whatever box model the app has', async () => {
  const boxes = document.createElement('style')
  boxes.textContent = '* { box-sizing: border-box }'
  document.body.append(boxes)
  const { scroll } = await open(await bytesOf(threePages))
  const sizeOf = (selector: string) => {
    const { x, y, width, height } = scroll.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect()
    return [x, y, width, height].map(Math.round)
  }
  await expect.poll(() => sizeOf('.textLayer')[2]).toBeGreaterThan(0)
  expect(sizeOf('.textLayer')).toEqual(sizeOf('canvas'))
})

test('styles of the viewer hold inside the reader alone', async () => {
  await open(await bytesOf(threePages))
  const outside = document.createElement('div')
  outside.className = 'dialog'
  outside.style.fontFamily = ''
  document.body.append(outside)
  const plain = document.createElement('div')
  document.body.append(plain)
  const fontOf = (element: Element) => getComputedStyle(element).font
  expect(fontOf(outside)).toBe(fontOf(plain))
})
