import type { ElectronApplication, Page } from '@playwright/test'
import { openBoard } from '../fixtures/boards.ts'
import { demoPassword, people } from '../fixtures/demo-people.ts'
import { agendaOf, constitutionFor, gatherCouncil, join } from '../fixtures/meeting/council.ts'
import { signInDevice } from '../fixtures/meeting/participant.ts'
import type { OwnHub } from '../fixtures/hub/own-hub.ts'
import { RoomBoard } from '../fixtures/room-board.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

/** A meeting that is on, a board in its room at which the mayor is signed in, and the clerk elsewhere. */
async function meetAtBoard(hub: OwnHub, page: Page) {
  const council = await gatherCouncil(hub.origin)
  const { meeting } = council
  const clerk = await join(hub, council, people.clerk.login)
  expect(await clerk.write({ kind: 'meeting-prepared', constitution: constitutionFor(council, {}) })).toEqual([])
  for (const person of [...council.voters.slice(0, 30), council.chair])
    await clerk.write({ kind: 'person-arrived', person, mode: 'room', by: 'list' })
  await clerk.write({ kind: 'meeting-opened' })
  const board = await RoomBoard.letIn(page, hub.origin, { name: 'Tafel', room: meeting.location ?? '' })
  await board.lendTo(people.mayor, meeting.name)
  const items = agendaOf(council)
  return {
    origin: hub.origin,
    meeting,
    clerk,
    open: items.filter((item) => item.public),
    closed: items.find((item) => !item.public)!,
  }
}

/** Follows an item and the closed part on a second display; nothing of what is closed reaches it. */
async function followOn(second: Page, met: Awaited<ReturnType<typeof meetAtBoard>>): Promise<void> {
  const { clerk, open, closed } = met
  const asked: { url: string; headers: Record<string, string> }[] = []
  second.on(
    'request',
    (request) => void request.allHeaders().then((headers) => asked.push({ url: request.url(), headers })),
  )
  const [, item] = open
  await clerk.write({ kind: 'item-opened', item: item!._id })
  await expect(second.getByRole('heading', { level: 1, name: item!.name })).toBeVisible()
  await expectAccessible(second)
  for (const number of ['1', '2'])
    await clerk.write({
      ...{ kind: 'scene-projected', projector: `projector:${number}` },
      show: { scene: 'text', text: `Hinweis ${number}` },
    })
  await expect(second.getByRole('heading', { level: 1, name: 'Hinweis 2' })).toBeVisible()
  await clerk.write({ kind: 'item-closed', item: item!._id })
  await clerk.write({ kind: 'part-closed' })
  await clerk.write({ kind: 'item-opened', item: closed._id })
  await expect(second.getByRole('heading', { level: 1, name: words.projector_closed_part() })).toBeVisible()
  expect(await second.content()).not.toContain(closed.name)
  await clerk.write({ kind: 'item-closed', item: closed._id })
  await clerk.write({ kind: 'part-opened' })
  await expect(second.getByRole('heading', { level: 1, name: words.projector_no_item() })).toBeVisible()
  // Nothing that it asks for is asked in anybody's name.
  const ofHub = asked.filter(({ url }) => /\/(?:meeting|files|api|db)\//.test(url))
  expect(ofHub.length).toBeGreaterThan(0)
  expect(ofHub.filter(({ url }) => !/\/(?:meeting|files)\//.test(url))).toEqual([])
  expect(ofHub.filter(({ headers }) => 'cookie' in headers || 'authorization' in headers)).toEqual([])
}

/** A board that is chosen for this display is there by the display's own pass, and goes with the public part. */
async function showBoardOn(second: Page, { clerk, open, meeting, origin }: Awaited<ReturnType<typeof meetAtBoard>>) {
  const [, , item] = open
  const board = await openBoard(
    await signInDevice(origin, { login: people.clerk.login, password: demoPassword }),
    meeting._id,
    item!,
  )
  await clerk.write({ kind: 'item-opened', item: item!._id })
  const show = { scene: 'board', board: board._id, page: 1 } as const
  await clerk.write({ kind: 'scene-projected', projector: 'projector:2', show })
  await expect(second.getByRole('img', { name: words.projector_board_of({ page: 1 }) })).toBeVisible()
  await clerk.write({ kind: 'item-closed', item: item!._id })
  await clerk.write({ kind: 'part-closed' })
  await expect(second.getByRole('heading', { level: 1, name: words.projector_closed_part() })).toBeVisible()
  await expect(second.locator('canvas')).toHaveCount(0)
}

/** Says at the board which projector its second display is. */
const beProjector = (page: Page, number: string) =>
  page.getByRole('combobox', { name: words.seconddisplay_projector() }).selectOption(number)

/** Plugs displays in and out, as Electron tells of it. */
const plug = (electron: ElectronApplication | undefined, count: number, event: 'display-added' | 'display-removed') =>
  electron?.evaluate(
    ({ screen }, [many, name]) => {
      const bounds = (id: number) => ({ x: (id - 1) * 1920, y: 0, width: 1920, height: 1080 })
      const displays = [1, 2, 3].map((id) => ({
        ...{ id, label: id === 1 ? 'Built-in' : `HDMI-${id}`, bounds: bounds(id), workArea: bounds(id) },
        size: { width: 1920, height: 1080 },
      }))
      screen.getAllDisplays = () => displays.slice(0, many) as unknown as Electron.Display[]
      const changed = displays[name === 'display-added' ? many - 1 : many]
      screen.emit(name, {}, changed)
    },
    [count, event] as const,
  )

test(
  'a board shows the projector on its second display: fullscreen, public, and back when it is plugged in again',
  { tag: '@desktop' },
  async ({ hub, device }) => {
    test.slow()
    const { page, electron } = device
    const met = await meetAtBoard(hub, page)
    const show = page.getByRole('button', { name: words.seconddisplay_show_of({ name: met.meeting.name }) })
    await expect(show).toHaveCount(0)
    await plug(electron, 2, 'display-added')
    const opened = electron!.waitForEvent('window')
    await beProjector(page, '2')
    await show.click()
    const second = await opened
    await expect(second.getByRole('heading', { level: 1, name: words.projector_no_item() })).toBeVisible()
    const windows = () =>
      electron!.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => ({ full: window.isFullScreen(), x: window.getBounds().x })),
      )
    expect((await windows()).at(-1)).toEqual({ full: true, x: 1920 })
    expect(await second.evaluate(() => 'shell' in window)).toBe(false)
    await followOn(second, met)
    await showBoardOn(second, met)
    await met.clerk.write({ kind: 'part-opened' })

    await test.step('unplugged and plugged in again', async () => {
      const gone = second.waitForEvent('close')
      await plug(electron, 1, 'display-removed')
      await gone
      await expect(page.getByText(words.seconddisplay_unplugged())).toBeVisible()
      await expect.poll(windows).toHaveLength(1)
      const back = electron!.waitForEvent('window')
      await plug(electron, 2, 'display-added')
      await expect((await back).getByRole('heading', { level: 1, name: words.projector_no_item() })).toBeVisible()
      await expect(page.getByText(words.seconddisplay_unplugged())).toBeHidden()
    })

    await test.step('of several displays one is chosen, and it is turned off at the board', async () => {
      await page.getByRole('button', { name: words.seconddisplay_hide_of({ name: met.meeting.name }) }).click()
      await expect.poll(windows).toHaveLength(1)
      await plug(electron, 3, 'display-added')
      await show.click()
      const third = electron!.waitForEvent('window')
      await page.getByRole('menuitem', { name: /HDMI-3/ }).click()
      await third
      expect((await windows()).at(-1)).toEqual({ full: true, x: 3840 })
    })
    met.clerk.leave()
  },
)

test(
  'in a browser the projector opens in a window of its own, says how it gets to the display, and is public too',
  { tag: '@web' },
  async ({ hub, device: { page } }) => {
    test.slow()
    const met = await meetAtBoard(hub, page)
    const opened = page.waitForEvent('popup')
    await beProjector(page, '2')
    await page.getByRole('button', { name: words.seconddisplay_show_of({ name: met.meeting.name }) }).click()
    const second = await opened
    await expect(page.getByText(words.seconddisplay_by_hand()).first()).toBeVisible()
    await expect(second.getByRole('heading', { level: 1, name: words.projector_no_item() })).toBeVisible()
    await followOn(second, met)
    await showBoardOn(second, met)
    met.clerk.leave()
  },
)
