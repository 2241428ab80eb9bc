import { violationsOn } from '../../../../scripts/test/violations.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { storyOf } from '../../../../shared/rules/meeting/testing/story.suite.ts'
import { openBrowser, serveSite } from '../served-site.suite.ts'
import { exampleTown } from '../town.suite.ts'

const people = ['person:1', 'person:2', 'person:3']
const beginning: EventBody[] = [
  {
    kind: 'meeting-prepared',
    constitution: {
      ...{ organizations: ['organization:1'], rules: 'de-rp-2024', statutoryNumber: 3, call: 'first' },
      seats: people.map((person) => ({
        ...{ person, name: `Mitglied ${person.slice(-1)}`, votes: true, elected: true, faction: 'organization:3' },
      })),
      factions: [{ organization: 'organization:3', name: 'Fraktion Rheinblick' }],
      presidents: ['person:1'],
      agenda: [
        { item: 'agenda-item:1', public: true, matter: 'ordinary' },
        { item: 'agenda-item:3', public: false, matter: 'ordinary' },
      ],
      ...{ constituent: false, hybrid: false, recording: 'statute' },
    },
  },
  ...people.map((person): EventBody => ({ kind: 'person-arrived', person, mode: 'room', by: 'list' })),
  { kind: 'meeting-opened' },
  { kind: 'item-opened', item: 'agenda-item:1' },
]
const voted: EventBody[] = [
  {
    ...{ kind: 'vote-opened', vote: 'vote:1', item: 'agenda-item:1', question: 'Wird der Haushalt beschlossen?' },
    ...{ subject: 'resolution', majority: 'simple', mode: 'roll-call', secret: false },
  },
  ...people.map((person, place): EventBody => ({
    ...{ kind: 'roll-called', vote: 'vote:1', person, choice: place === 0 ? 'no' : 'yes' },
  })),
  { kind: 'vote-closed', vote: 'vote:1' },
]
const behindDoors: EventBody[] = [
  { kind: 'part-closed', reason: 'Grundstück von Frau Geheim' },
  { kind: 'item-opened', item: 'agenda-item:3' },
  {
    ...{ kind: 'vote-opened', vote: 'vote:2', item: 'agenda-item:3', question: 'Verkauf von Parzelle 77?' },
    ...{ subject: 'resolution', majority: 'simple', mode: 'hand', secret: false },
  },
]
const story = storyOf('meeting:1', Date.parse('2026-05-04T15:00:00Z'), [...beginning, ...voted, ...behindDoors])
const [begun, results] = [beginning.length, beginning.length + voted.length]

describe('the page of a running meeting', () => {
  it('keeps itself current without a reload, and tells nothing of the closed part', { timeout: 120_000 }, async () => {
    const site = await serveSite(exampleTown)
    await site.add('org-1', story.slice(0, begun))
    const origin = await site.listen()
    const page = await (await (await openBrowser()).newContext()).newPage()
    await page.goto(`${origin}/de/meeting/1`)
    const course = page.getByRole('region', { name: 'Die Sitzung jetzt' })
    await course.getByText('Öffentlicher Teil läuft').waitFor()
    await course.getByRole('link', { name: 'Haushaltssatzung 2026' }).waitFor()

    await site.add('org-1', story.slice(begun, results))
    await course.getByRole('heading', { name: 'Wird der Haushalt beschlossen?' }).waitFor()
    await course.getByRole('row', { name: 'Fraktion Rheinblick 2 1 0' }).waitFor()
    expect(await violationsOn(page)).toEqual([])

    await site.add('org-1', story.slice(results))
    await course.getByText('Nichtöffentlicher Teil').waitFor()
    const text = await page.content()
    for (const word of ['Geheim', 'Parzelle', 'Anwesend']) expect(text).not.toContain(word)
  })

  it('is read along as text: what is on, on the screens, on the agenda and decided', { timeout: 120_000 }, async () => {
    const site = await serveSite(exampleTown)
    const announced: EventBody = {
      ...{ kind: 'scene-projected', projector: 'projector:1' },
      show: { scene: 'text', text: 'Pause bis 19 Uhr' },
    }
    const drawnOn: EventBody = {
      ...{ kind: 'scene-projected', projector: 'projector:2' },
      show: { scene: 'board', board: 'board:geheim', page: 1 },
    }
    const shown = storyOf('meeting:1', Date.parse('2026-05-04T15:00:00Z'), [
      ...beginning,
      announced,
      drawnOn,
      ...voted,
      ...behindDoors,
    ])
    await site.add('org-1', shown.slice(0, begun))
    const origin = await site.listen()
    const page = await (await (await openBrowser()).newContext({ viewport: { width: 390, height: 800 } })).newPage()
    await page.goto(`${origin}/de/meeting/1`)
    const link = page.getByRole('link', { name: 'Als Text mitlesen' })
    await link.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Mitlesen: / }).waitFor()
    const now = page.getByRole('region', { name: 'Jetzt' })
    const agenda = page.getByRole('region', { name: 'Tagesordnung' })
    const decided = page.getByRole('region', { name: 'Abstimmungen und Wahlen' })
    await agenda.locator('[aria-current="step"]', { hasText: 'wird behandelt, seit 17:05' }).waitFor()
    await decided.getByText('Noch keine Ergebnisse.').waitFor()

    await site.add('org-1', shown.slice(0, results + 2))
    await now.getByText('Pause bis 19 Uhr').waitFor()
    await now.getByText('Eine Tafel, auf der gezeichnet wird, zu').waitFor()
    await now.getByText(/^Angenommen/).waitFor()
    await decided.getByRole('row', { name: 'Fraktion Rheinblick 2 1 0' }).waitFor()
    for (const text of [await now.textContent(), await decided.textContent()])
      expect(text).toContain('Wird der Haushalt beschlossen?')
    expect(await violationsOn(page)).toEqual([])
    // WCAG 1.4.10: nothing has to be scrolled sideways.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)

    await site.add('org-1', shown.slice(results + 2))
    await now.getByText('Nichtöffentlicher Teil').waitFor()
    await agenda.getByText(/^behandelt, 17:05–/).waitFor()
    const text = await page.content()
    for (const word of ['Pause bis', 'Tafel', 'geheim', 'Geheim', 'Parzelle', 'Anwesend'])
      expect(text).not.toContain(word)
  })

  it('is complete without script, and says how the meeting went when it is over', { timeout: 120_000 }, async () => {
    const site = await serveSite(exampleTown)
    const over = storyOf('meeting:1', Date.parse('2026-05-04T15:00:00Z'), [
      ...beginning,
      ...voted,
      { kind: 'meeting-closed' },
    ])
    await site.add('org-1', over)
    const context = await (
      await openBrowser()
    ).newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${await site.listen()}/de/meeting/1`)
    const course = page.getByRole('region', { name: 'Verlauf der Sitzung' })
    await course.getByText('Die Sitzung dauerte von 17:04 bis 17:11 Uhr.').waitFor()
    await course.getByText('Namentliches Ergebnis').waitFor()
  })

  it('has no stream where there is nothing to tell', async () => {
    const site = await serveSite(exampleTown)
    const { app } = site
    const status = async (url: string) => (await app.inject({ method: 'GET', url })).statusCode
    expect(
      await Promise.all(['1/live', '77/live', '1/text', '77/text'].map((path) => status(`/meeting/${path}`))),
    ).toEqual([404, 404, 404, 404])
    const policy = (await app.inject({ method: 'GET', url: '/meeting/1' })).headers['content-security-policy']
    expect(policy).not.toContain('script-src')
    await site.add('org-1', story.slice(0, begun))
    const live = await app.inject({ method: 'GET', url: '/meeting/1' })
    expect(live.headers['content-security-policy']).toContain("script-src 'self'; connect-src 'self'")
  })
})

interface Signal {
  readonly event: string
  readonly data: unknown
}

/** Reads a stream of server-sent events; answers what was told so far. */
async function listen(url: string): Promise<() => readonly Signal[]> {
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const { body } = await fetch(url, { signal: ended.signal })
  let text = ''
  void (async () => {
    for await (const part of body!.pipeThrough(new TextDecoderStream())) text += part
  })().catch(() => {})
  return () =>
    text
      .split('\n\n')
      .slice(0, -1)
      .flatMap((block) => {
        const [, event = '', data = 'null'] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? []
        return event === '' ? [] : [{ event, data: JSON.parse(data) as unknown }]
      })
}

describe('signals for other systems', () => {
  it('tell how everything is, then what changes, the closed part first and nothing of it', async () => {
    const site = await serveSite(exampleTown)
    await site.add('org-1', story.slice(0, begun))
    const signals = await listen(`${await site.listen()}/meeting/1/signals`)
    const named = () => signals().map(({ event }) => event)
    await expect.poll(named).toEqual(['part', 'phase', 'item', 'speaker', 'vote'])
    const item = { id: 'agenda-item:1', number: 1, name: 'Haushaltssatzung 2026' }
    expect(signals().map(({ data }) => data)).toEqual([
      { public: true },
      { phase: 'open' },
      { item },
      { speaker: null },
      { vote: null },
    ])

    await site.add('org-1', story.slice(begun, results))
    const decided = { status: 'decided', received: 3, entitled: 3, outcome: 'accepted' }
    await expect.poll(() => signals().at(-1)).toMatchObject({ event: 'vote', data: { vote: decided } })
    const before = signals().length
    await site.add('org-1', story.slice(results))
    await expect
      .poll(() => signals().slice(before))
      .toEqual([
        { event: 'part', data: { public: false } },
        { event: 'item', data: { item: null } },
      ])
    const text = JSON.stringify(signals())
    for (const word of ['Geheim', 'Parzelle', 'agenda-item:3', 'vote:2']) expect(text).not.toContain(word)
  })

  it('end with the meeting’s page, and are not there before its opening', async () => {
    const site = await serveSite(exampleTown)
    expect((await site.app.inject({ method: 'GET', url: '/meeting/1/signals' })).statusCode).toBe(404)
  })
})
