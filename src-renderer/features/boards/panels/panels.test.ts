import type { Component } from 'svelte'
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { AnyRecord, Board } from '../../../../shared/council/records/index.ts'
import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import type { Principal } from '../../../../shared/rules/access.ts'
import type { Data, Selection } from '../../../data/contract.ts'
import { expectAccessible, expectTouchTargets } from '../../votes/testing/accessible.ts'
import PanelStage from '../testing/PanelStage.svelte'
import AtRest from './AtRest.svelte'
import LeadMenu from './LeadMenu.svelte'

const stamps = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' } as const
const board: Board = {
  ...{ _id: 'board:b', type: 'board', ...stamps, meeting: 'meeting:m', name: 'Tafel' },
  ...{ pages: ['01J00000000000000000000001'], mode: 'write' },
}
const meeting = {
  ...{ _id: 'meeting:m', type: 'meeting', ...stamps, name: 'Sitzung', term: 'legislative-term:t' },
  ...{ organization: ['organization:planning'], start: '2026-05-04T17:00:00Z', public: true },
  publication: { state: 'published', step: 1 },
} as AnyRecord
const item = {
  ...{ _id: 'agenda-item:i', type: 'agenda-item', ...stamps, meeting: 'meeting:m', term: 'legislative-term:t' },
  ...{ order: 'a0', name: 'Verkauf der Kiesgrube', public: false },
} as AnyRecord

const atRest: ApiFailure = { error: 'at-rest', message: 'It rests.' }
const restWords = /^Diese Tafel ruht, solange ein Punkt beraten wird/

/** A member's device with these records; what is asked of the hub is written down, and answered so. */
function deviceOf(records: readonly AnyRecord[], failure?: ApiFailure | 'unreachable') {
  const asked: unknown[] = []
  const principal: Principal = {
    ...{ account: 'ada', person: 'person:ada', roles: ['member'] },
    ...{ organizations: ['organization:planning'], factions: [] },
  }
  const answer = async (...words: unknown[]) => {
    asked.push(words)
    return failure ? { ok: false, failure } : { ok: true, value: board }
  }
  const data = {
    session: { kind: 'signed-in', session: { principal } },
    select: ({ type, ids, where }: Selection) => ({
      state: 'ready',
      entries: records
        .filter((record) => record.type === type && (ids?.includes(record._id) ?? true))
        .filter((record) => Object.entries(where ?? {}).every(([field, value]) => (record as never)[field] === value))
        .map((record) => ({ record })),
    }),
    ...{ openBoard: answer, changeBoard: answer },
  } as unknown as Data
  return { data, asked }
}

const show = <Props extends Record<string, unknown>>(shown: Component<Props>, data: Data, props: Props) =>
  render(PanelStage as Component<{ data: Data; shown: Component<Props>; with: Props }>, { data, shown, with: props })

beforeEach(async () => {
  document.documentElement.dataset['density'] = 'touch'
  await page.viewport(1366, 768)
})

test('a board at rest says why, that nothing is lost, and offers the item’s own board to those let in', async () => {
  const { data, asked } = deviceOf([meeting, item], atRest)
  const screen = await show(AtRest, data, { board, item: item._id })
  const status = screen.getByRole('status').first()
  await expect.element(status).toHaveTextContent(restWords)
  await expect.element(status).toHaveTextContent('bleibt hier und wird danach gesendet')
  await expect.element(status).toHaveTextContent('Verkauf der Kiesgrube')
  await expectAccessible()
  expectTouchTargets()
  ;(screen.getByRole('button', { name: 'Tafel öffnen' }).element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  expect(asked).toEqual([[{ meeting: 'meeting:m', name: 'Verkauf der Kiesgrube', agendaItem: 'agenda-item:i' }]])
  await expect.element(screen.getByRole('alert')).toHaveTextContent(restWords)
  await expectAccessible()
})

test('who is kept out of the item reads no word of it and is offered nothing', async () => {
  const { data } = deviceOf([meeting])
  const screen = await show(AtRest, data, { board, item: item._id })
  await expect.element(screen.getByRole('status').first()).toHaveTextContent(restWords)
  expect(document.body.textContent).not.toContain('Kiesgrube')
  expect(screen.getByRole('button', { name: 'Tafel öffnen' }).elements()).toEqual([])
  await expectAccessible()
})

const people = [
  { peer: 1, account: 'ben', name: 'Ben Berg' },
  { peer: 2, account: 'ben2', name: 'Ben Berg' },
  { peer: 3, account: 'ada', name: 'Ada' },
]

test('who presents reserves the pen, hands over by name, and hears what the server says, all by keyboard', async () => {
  const { data, asked } = deviceOf([], atRest)
  const screen = await show(LeadMenu, data, { board: { ...board, presenter: 'ada' }, people })
  const button = screen.getByRole('button', { name: 'Leiten' })
  await expectAccessible()
  expectTouchTargets()
  ;(button.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('menuitem').first()).toBeVisible()
  const labels = screen
    .getByRole('menuitem')
    .elements()
    .map((node) => node.textContent?.trim())
  expect(labels).toEqual([
    'Nur wer vorträgt, zeichnet',
    'Übergeben an Ben Berg (ben)',
    'Übergeben an Ben Berg (ben2)',
    'Niemand trägt vor',
  ])
  await expectAccessible()
  await screen.getByRole('menuitem', { name: 'Übergeben an Ben Berg (ben2)' }).click()
  expect(asked).toEqual([['board:b', { presenter: 'ben2' }]])
  await expect.element(screen.getByRole('alert')).toHaveTextContent(restWords)
})

test('who may lead nothing has no menu, and who may draw where nobody presents may present', async () => {
  const led = { ...board, mode: 'read-only', presenter: 'ben' } as const
  const { data, asked } = deviceOf([])
  const first = await show(LeadMenu, data, { board: led, people })
  expect(first.getByRole('button', { name: 'Leiten' }).elements()).toEqual([])
  await first.unmount()
  const screen = await show(LeadMenu, data, { board, people })
  await screen.getByRole('button', { name: 'Leiten' }).click()
  await screen.getByRole('menuitem', { name: 'Ich trage vor' }).click()
  expect(asked).toEqual([['board:b', { presenter: 'ada' }]])
})
