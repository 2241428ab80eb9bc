import { violationsOn } from '../../../scripts/test/violations.ts'
import type { FastifyInstance } from 'fastify'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import { wordsKnownTo } from '../../../shared/rules/town-knowledge.arbitrary.ts'
import { towns } from '../../../shared/rules/town.arbitrary.ts'
import { openBrowser, publicUrl, serveSite, type ServedSite } from './served-site.suite.ts'
import { exampleTown } from './town.suite.ts'

let site: ServedSite | undefined
let app: FastifyInstance

/** Publishes records and serves the site from what became public; returns how to write more. */
async function serve(records: readonly AnyRecord[]): Promise<(records: readonly AnyRecord[]) => Promise<void>> {
  await site?.close()
  const served = await serveSite(records)
  site = served
  app = served.app
  return (more) => served.save(more)
}

async function get(url: string, headers: Record<string, string> = { accept: 'text/html' }) {
  const answer = await app.inject({ method: 'GET', url, headers })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers }
}

const unescape = (text: string): string => text.replaceAll('&amp;', '&')
const elsewhere = /^\/(?:oparl|app|files)\//

/** Follows every link of the site from its start; what was answered, by address. */
async function walk(): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  const waiting = ['/']
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    // A year of empty months in each direction is enough.
    if (seen.has(url) || elsewhere.test(url) || /month=(?!2026-0[3-7])/.test(url)) continue
    const { status, text } = await get(url)
    expect({ url, status }).toEqual({ url, status: 200 })
    seen.set(url, text)
    for (const [, href = ''] of text.matchAll(/href="(\/[^"#]*)"/g)) waiting.push(unescape(href))
  }
  return seen
}

describe('of random towns', () => {
  it('every page, feed and fault can be reached and tells nothing that is not public', async () => {
    await fc.assert(
      fc.asyncProperty(towns(), async (town) => {
        await serve(town)
        const answers = await walk()
        for (const { _id } of town) {
          const { status, text } = await get(`/en/${_id.replace(':', '/')}`)
          answers.set(_id, text)
          expect([200, 404, 410]).toContain(status)
        }
        const known = wordsKnownTo(town, 'public')
        const words = [...answers.values()].join().match(/Q[0-9A-Za-z]+?Q/g) ?? []
        expect(words.filter((word) => !known.has(word))).toEqual([])
      }),
      { numRuns: 8 },
    )
  })
})

describe('the site', () => {
  it('speaks the language of the address or else of the browser, and keeps it in its links', async () => {
    await serve(exampleTown)
    const lang = async (url: string, accept?: string): Promise<string | undefined> =>
      /<html lang="(\w+)"/.exec((await get(url, accept === undefined ? {} : { 'accept-language': accept })).text)?.[1]
    expect(await lang('/', 'en-US,en;q=0.9')).toBe('en')
    expect(await lang('/', 'fr, de;q=0.3, en;q=0.8')).toBe('en')
    expect(await lang('/', 'en;q=0, fr')).toBe('de')
    expect(await lang('/')).toBe('de')
    expect(await lang('/de/papers', 'en')).toBe('de')
    const links = [...(await get('/en/papers')).text.matchAll(/href="(\/paper\/|\/en\/paper\/)/g)].map(
      ([, href]) => href,
    )
    expect(new Set(links)).toEqual(new Set(['/en/paper/']))
  })

  it('numbers the agenda and shows closed items by their neutral title alone', async () => {
    await serve(exampleTown)
    const { text } = await get('/de/meeting/1')
    const agenda = [...text.matchAll(/<li value="(\d+)">[\s\S]*?agenda-name">\s*<a [^>]*>([^<]*)<\/a>/g)]
    expect(agenda.map(([, number, name]) => [number, name])).toEqual([
      ['1', 'Haushaltssatzung 2026'],
      ['2', 'Radweg &lt;Rheinufer&gt; &amp; Co.'],
      ['3', 'Grundstücksangelegenheit'],
    ])
    for (const secret of ['Parzelle 77', 'Kaufvertrag', 'Geheime Sitzung', 'geheim@example.org'])
      for (const [, page] of await walk()) expect(page).not.toContain(secret)
  })

  it('shows published minutes with who signed, what was decided about objections, and each resolution', async () => {
    await serve(exampleTown)
    const { text } = await get('/de/meeting/1/minutes')
    for (const shown of [
      'Niederschrift: 12. Sitzung des Stadtrates (öffentlicher Teil)',
      'Die Satzung &lt;2026&gt; wird beschlossen.',
      'Einer Einwendung gegen diesen Abschnitt wurde stattgegeben (13. Sitzung, 27. Mai 2026).',
      'Die Satzung wird einstimmig beschlossen.',
      'unterschrieben: 20. Mai 2026',
      'Karla Kanzlei, Schriftführung',
    ])
      expect(text).toContain(shown)
    expect((await get('/de/meeting/2/minutes')).status).toBe(404)
    const open = (await get('/en/resolution/1')).text
    expect(open).toContain('accepted (yes: 30, no: 2, abstained: 1)')
    expect(open).toContain('in progress')
    const announced = (await get('/de/resolution/2')).text
    expect(announced).toContain('Ein städtisches Grundstück wird veräußert.')
    expect(announced).toContain('bekannt gegeben')
    for (const page of ['/de/agenda-item/1', '/de/paper/1', '/de/meeting/1', '/de/resolutions'])
      expect((await get(page)).text).toContain('href="/de/resolution/1"')
    expect((await get('/de/agenda-item/3')).text).not.toContain('/resolution/2')
  })

  it('leads from a month without a meeting to the nearest ones on both sides', async () => {
    const autumn = {
      ...exampleTown.find(({ _id }) => _id === 'meeting:1'),
      _id: 'meeting:9',
      start: '2026-09-02T15:00:00Z',
    }
    await serve([...exampleTown, autumn as AnyRecord])
    const linked = async (month: string) =>
      [...(await get(`/de/meetings?month=${month}`)).text.matchAll(/href="\/de\/(meeting\/[^"]+)"/g)].map(
        ([, to]) => to,
      )
    expect(await linked('2026-03')).toEqual(['meeting/2'])
    expect(await linked('2026-07')).toEqual(['meeting/4', 'meeting/9'])
    expect(await linked('2026-10')).toEqual(['meeting/9'])
  })

  it('says of what was taken back that it is gone, and of the rest that it is not there', async () => {
    const save = await serve(exampleTown)
    const paper = exampleTown.find(({ _id }) => _id === 'paper:1')
    await save([{ ...paper, publication: { state: 'withdrawn', step: 2 } } as AnyRecord])
    expect((await get('/paper/1')).status).toBe(410)
    expect((await get('/paper/1')).text).not.toContain('Haushaltssatzung 2026 der Stadt')
    for (const url of [
      '/paper/77',
      '/paper/hidden',
      '/papers?page=9',
      '/papers?page=x',
      '/nothing/here',
      '/en/nothing',
    ])
      expect([url, (await get(url)).status]).toEqual([url, 404])
    expect((await get('/nothing', { accept: 'application/json' })).headers['content-type']).toContain('json')
  })

  it('allows nothing inline and nothing from elsewhere', async () => {
    await serve(exampleTown)
    for (const [url, text] of await walk()) {
      if (url.endsWith('.css')) continue
      expect(text).not.toMatch(/<script|<style|<[^>]*\s(?:style|src|on\w+)=/i)
      expect([...text.matchAll(/(?:href|src)="(?!\/|#|mailto:|tel:|https:\/\/rat\.example\.org\/)[^"]*"/g)]).toEqual([])
    }
    const { headers } = await get('/')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self';/)
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('gives calendars and feeds to programs', async () => {
    await serve(exampleTown)
    const calendar = (await get('/organization/1/calendar.ics')).text.replaceAll('\r\n ', '')
    expect(calendar).toContain('SUMMARY:12. Sitzung des Stadtrates')
    expect(calendar).toContain('UID:meeting-1@rat.example.org')
    expect(calendar).toContain('DTSTART:20260506T150000Z')
    const feed = (await get('/papers.atom')).text
    expect(feed).toContain('<title>2026/014: Haushaltssatzung 2026 der Stadt</title>')
    expect(feed).toContain(`<id>${publicUrl}/paper/1</id>`)
    expect((await get('/organization/9/calendar.ics')).status).toBe(404)
  })
})

describe('in a browser', () => {
  it(
    'every page is accessible, in both languages, light and dark, on a desk and on a phone',
    { timeout: 180_000 },
    async () => {
      const save = await serve(exampleTown)
      const paper = exampleTown.find(({ _id }) => _id === 'paper:2')
      await save([{ ...paper, publication: { state: 'withdrawn', step: 2 } } as AnyRecord])
      const origin = await app.listen({ host: '127.0.0.1', port: 0 })
      const browser = await openBrowser()
      const pages = [
        '/',
        '/meetings?month=2026-05',
        '/meeting/1',
        '/meeting/1/minutes',
        '/resolutions',
        '/resolution/1',
        '/resolution/2',
        '/agenda-item/3',
        '/agenda-item/1',
        '/papers',
        '/paper/1',
        '/paper/2',
        '/recordings',
        '/recordings?q=1',
        '/organizations',
        '/organization/1',
        '/people',
        '/person/1',
        '/paper/77',
      ]
      for (const [locale, colorScheme, width] of [
        ['de', 'light', 1366],
        ['en', 'dark', 390],
      ] as const) {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width, height: 768 },
          javaScriptEnabled: true,
        })
        const page = await context.newPage()
        for (const path of pages) {
          await page.goto(`${origin}/${locale}${path}`)
          const found = await violationsOn(page)
          expect({ path, locale, found }).toEqual({ path, locale, found: [] })
          expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
        }
        await context.close()
      }
    },
  )

  it('everything can be reached by keyboard, the content at once', async () => {
    await serve(exampleTown)
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    const browser = await openBrowser()
    const page = await browser.newPage()
    await page.goto(`${origin}/de/`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    expect(await focused.innerText()).toBe('12. Sitzung des Stadtrates')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/de/meeting/1')
    expect(await page.title()).toBe('12. Sitzung des Stadtrates – Stadt Beispielau')
  })
})
