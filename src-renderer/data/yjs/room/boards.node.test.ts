import { expect, test } from 'vitest'
import { boardUpdateRange } from '../../../../shared/council/text-update.ts'
import type { Board } from '../../../../shared/council/records/index.ts'
import type { AgendaItem } from '../../../../shared/oparl/index.ts'
import type { Window } from '../../testing/devices.suite.ts'
import { prepareTowns, type Town } from '../../testing/journey.suite.ts'
import { member, put, smallTown } from '../../testing/town.suite.ts'

const { openTown } = prepareTowns()
const patience = { timeout: 60_000 }

async function openBoard(
  by: Window,
  ...others: readonly Window[]
): Promise<{ board: Board; id: string; page: string }> {
  const opened = await by.call('openBoard', {
    meeting: 'meeting:next',
    agendaItem: 'agenda-item:closed',
    name: 'Tafel',
  })
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  const board = opened.value
  const [id, page] = [board._id, board.pages[0]!]
  for (const window of [by, ...others]) {
    await expect.poll(async () => (await window.entry(id)) !== undefined, patience).toBe(true)
    await expect.poll(() => window.board(id, page), patience).toMatchObject({ page: 'ready', phase: 'together' })
  }
  return { board, id, page }
}

async function storedAt({ hub }: Town, audience: 'org-main' | 'circle-closed', id: string): Promise<string[]> {
  const { rows } = await (await hub.store.open(audience)).list(boardUpdateRange(id))
  return rows.map((row) => row.id)
}

test('two people draw together; who is offline draws alone, and in the end both have everything', async () => {
  const town = await openTown()
  const outside = await town.anotherFront()
  const clerk = await town.device(await town.clerk())
  const mia = await town.device(await town.member(), undefined, outside)
  const { id, page } = await openBoard(mia, clerk)
  const is = (window: Window, ids: string[], more: object = {}): Promise<void> =>
    expect.poll(() => window.board(id, page), patience).toMatchObject({ ids, ...more })
  await mia.draw(id, page, 'a')
  await is(clerk, ['a'])
  await is(mia, ['a'], { isStored: true, pending: 0, refusal: undefined })
  expect((await clerk.board(id, page)).people).toHaveLength(1)

  outside.leadTo(undefined)
  await is(mia, ['a'], { phase: 'alone', page: 'ready' })
  await is(clerk, ['a'], { people: [] })
  await mia.draw(id, page, 'b')
  await clerk.draw(id, page, 'c')
  await is(mia, ['a', 'b'], { isStored: true, pending: 1 })
  outside.leadTo(town.hub.origin)
  await mia.page.evaluate("dispatchEvent(new Event('online'))")
  for (const window of [mia, clerk]) await is(window, ['a', 'b', 'c'], { phase: 'together', pending: 0 })
  await expect.poll(async () => (await storedAt(town, 'org-main', id)).length, patience).toBe(3)
})

test('who is kept out sees the board vanish, and nothing of it stays on their device', async () => {
  const town = await openTown()
  const clerk = await town.device(await town.clerk())
  const mia = await town.device(await town.member())
  const { id, page } = await openBoard(clerk, mia)
  await mia.draw(id, page, 'a')
  await expect.poll(() => storedAt(town, 'org-main', id), patience).toHaveLength(1)
  await expect.poll(() => mia.board(id, page), patience).toMatchObject({ pending: 0 })
  const [update] = await storedAt(town, 'org-main', id)
  expect(await mia.ask('dumpIndexedDb')).toContain(`${update}::1-`)

  const item = smallTown().find(({ _id }) => _id === 'agenda-item:closed') as AgendaItem
  await put(town.hub, [{ ...item, excluded: [member._id] }])
  await expect.poll(() => mia.board(id, page), patience).toMatchObject({ page: 'absent', phase: 'alone', people: [] })
  await clerk.draw(id, page, 'geheim')
  await expect.poll(() => storedAt(town, 'circle-closed', id), patience).toHaveLength(2)
  await expect.poll(() => clerk.board(id, page), patience).toMatchObject({ ids: ['a', 'geheim'], pending: 0 })
  await expect.poll(async () => String(await mia.ask('dumpIndexedDb')).includes(`${update}::1-`), patience).toBe(false)
  expect((await mia.board(id, page)).ids).not.toContain('geheim')
  await mia.draw(id, page, 'dennoch')
  await expect.poll(async () => (await mia.board(id, page)).refusal, patience).toBe('no-such-audience')
  expect(await storedAt(town, 'org-main', id)).toEqual([])
})
