import { readFile } from 'node:fs/promises'
import { violationsOn } from '../../../../scripts/test/violations.ts'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import type { MinutesDocument, Section } from '../../../../shared/council/minutes.ts'
import { longMinutes, minutesSaying, shortMinutes } from '../../testing/written-minutes.ts'
import { openBrowser } from '../served-site.suite.ts'
import { minutesHtml } from './minutes-html.ts'

const style = await readFile(new URL('../assets/style.css', import.meta.url), 'utf8')

async function show(document: MinutesDocument): Promise<Page> {
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.setContent(
    `<!doctype html><html lang="en"><title>Minutes</title><style>${style}</style><main>${minutesHtml(document).text}</main>`,
  )
  return page
}

test('minutes are headings in order, lists, resolutions and tables with headers of rows and columns', async () => {
  const page = await show(shortMinutes)
  await expect(page.locator('article').getAttribute('lang')).resolves.toBe('de')
  expect(await page.getByRole('heading').allTextContents()).toEqual([
    'Niederschrift über die 18. Sitzung des Stadtrats',
    'Eröffnung',
    'TOP 1: Ausbau der Kita „Löwenzahn“',
    'Beschluss',
    'Schluss',
    'Unterschriften',
  ])
  const levels = [1, 2, 3].map((level) => page.getByRole('heading', { level }).count())
  expect(await Promise.all(levels)).toEqual([1, 4, 1])
  const table = page.getByRole('table', { name: 'Anwesenheit' })
  expect(await table.getByRole('columnheader').allTextContents()).toEqual(['Name', 'Fraktion', 'Anwesend'])
  expect(await table.getByRole('rowheader').allTextContents()).toEqual([
    'Jörg Weiß',
    'Anna-Lena Größenwahn',
    'Yılmaz Ağaoğlu',
  ])
  expect(await page.getByRole('blockquote').allTextContents()).toEqual([
    'Der Rat beschließt den Ausbau der Kita „Löwenzahn“ nach Anlage 2.',
  ])
  expect(await page.locator('section p').first().innerText()).toBe(
    'Die Vorsitzende eröffnet die Sitzung um 17:00 Uhr und stellt fest, dass der Rat beschlussfähig ist.',
  )
  expect(await violationsOn(page)).toEqual([])
})

test('long minutes are accessible, and nothing is wider than a narrow phone', async () => {
  const page = await show(longMinutes(3))
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  expect(await violationsOn(page)).toEqual([])
})

test('sections that are not public are never part of it', () => {
  const sections = shortMinutes.sections.map((section, index) => ({ ...section, public: index !== 1 }))
  const { text } = minutesHtml({ ...shortMinutes, sections })
  expect(text).toContain('Eröffnung')
  expect(text).not.toContain('Löwenzahn')
})

test('what looks like markup is text, in every place', async () => {
  const bad = '</p></td></table><script>alert(1)</script> "\' onload=x <img src=x onerror=alert(1)> &amp;'
  const said = minutesSaying(bad)
  const ragged: Section = {
    ...{ key: 'ragged', public: true, heading: bad },
    blocks: [{ block: 'table', caption: bad, header: [bad, 'B'], rows: [[bad], ['', bad, bad]] }],
  }
  const page = await show({ ...said, sections: [...said.sections, ragged] })
  expect(await page.locator('script, img').count()).toBe(0)
  // Title, body, two of a fact; heading and five blocks, the table with header and cell; six of the ragged one; signature.
  expect((await page.locator('main').innerText()).split(bad)).toHaveLength(1 + 4 + 1 + 4 + 3 + 6 + 3)
})
