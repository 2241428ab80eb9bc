import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { paths } from '../../shared/hub-api/contract.ts'
import type { ScreenPass } from '../../shared/hub-api/screens.ts'
import { seatOf } from '../../shared/rules/meeting/state.ts'
import { demoPassword, people, signInAs } from '../fixtures/demo-people.ts'
import { tabTo } from '../fixtures/keys.ts'
import { agendaOf, constitutionFor, gatherCouncil, type Council } from '../fixtures/meeting/council.ts'
import { ask, Participant, signInDevice, type SigningDevice } from '../fixtures/meeting/participant.ts'
import { drawStroke, inkWithin, openBoard } from '../fixtures/boards.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const pictures = process.env['RATSSAAL_PICTURES']
const hd = { width: 1920, height: 1080 } as const
const uhd = { width: 3840, height: 2160 } as const

/** What the back row sees: nothing of it is inaccessible. Pictures for eyes are taken in both sizes. */
async function lookAtScreen(page: Page, name: string): Promise<void> {
  for (const size of pictures ? [uhd, hd] : [hd]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    if (pictures) await page.screenshot({ path: join(pictures, `projector-${name}-${size.height}.png`) })
  }
  await expectAccessible(page)
}

/** The smallest text on a screen, in pixels. */
const smallestText = (page: Page): Promise<number> =>
  page.locator('.window').evaluate((shown) =>
    Math.min(
      ...[...shown.querySelectorAll('p, h2, h3, time, td, th, li')]
        .filter((element) => element.checkVisibility() && (element.textContent ?? '').trim() !== '')
        .filter((element) => element.clientHeight > 1)
        .map((element) => parseFloat(getComputedStyle(element).fontSize)),
    ),
  )

/** Where a display without anybody's rights shows the third projector. */
async function addressOfThird({ origin, session }: SigningDevice, meeting: string): Promise<string> {
  const asked = { meeting, projector: 'projector:3' }
  const { pass } = await ask<ScreenPass>(origin, 'POST', paths.screens, session.token, asked)
  const query = { hub: origin, meeting: meeting.slice('meeting:'.length), locale: 'de', projector: '3' }
  return `${origin}/app/screen.html?${new URLSearchParams(query).toString()}#${pass}`
}

async function prepare(origin: string): Promise<{ council: Council; clerk: Participant; desk: SigningDevice }> {
  const council = await gatherCouncil(origin)
  const desk = await signInDevice(origin, { login: people.clerk.login, password: demoPassword })
  const clerk = await Participant.enter(desk, council.place)
  expect(await clerk.write({ kind: 'meeting-prepared', constitution: constitutionFor(council, {}) })).toEqual([])
  for (const person of council.voters.slice(0, 30))
    await clerk.write({ kind: 'person-arrived', person, mode: 'room', by: 'list' })
  await clerk.write({ kind: 'person-arrived', person: council.chair, mode: 'room', by: 'list' })
  return { council, clerk, desk }
}

test(
  'two projectors follow the meeting and show what the chair chose; the closed part reaches neither',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    test.slow()
    const { council, clerk, desk } = await prepare(hub.origin)
    const items = agendaOf(council)
    const withPaper = items.find((item) => item.public && /^Bebauungsplan/.test(item.name)) ?? items[2]!
    const closed = items.find((item) => !item.public)!
    const speaker = council.voters.find((person) => person !== council.chair)!
    const key = council.meeting._id

    const cockpit = device.page
    await signInAs(cockpit, people.mayor)
    await visit(cockpit, `#/meetings/${key}/cockpit`)
    const first = await device.openWindow()
    await visit(first, `#/meetings/${key}/projector/1`)
    const cable = await hub.layCable()
    const second = (await startDevice(cable)).page
    await signInAs(second, people.clerk)
    await visit(second, `#/meetings/${key}/projector/2`)
    const mirror = await device.context.newPage()
    const shown = (page: Page, text: string) => expect(page.locator('.window').getByText(text).first()).toBeVisible()
    for (const page of [first, second]) await shown(page, words.projector_waiting())
    await lookAtScreen(first, 'waiting')

    await clerk.write({ kind: 'meeting-opened' })
    await clerk.write({ kind: 'item-opened', item: withPaper._id })
    for (const page of [first, second]) await shown(page, withPaper.name)
    await mirror.goto(`${hub.origin}/de/meeting/${key.slice('meeting:'.length)}/text`)
    const read = mirror.getByRole('region', { name: words.site_mirror_now() })
    await expect(read.getByRole('link', { name: withPaper.name })).toBeVisible()
    const request = { kind: 'speech-requested', speech: 'speech:1', item: withPaper._id, form: 'speech' } as const
    await clerk.write({ ...request, speaker: { person: speaker } })
    await clerk.write({ kind: 'speech-started', speech: 'speech:1' })
    for (const page of [first, second]) await shown(page, words.projector_speaking())
    await lookAtScreen(first, 'speech')
    expect(await smallestText(first)).toBeGreaterThanOrEqual(24)

    await test.step('the chair chooses, by keyboard, what the first one shows', async () => {
      await cockpit.getByRole('button', { name: words.cockpit_meeting_menu() }).click()
      await cockpit.getByRole('menuitem', { name: words.projector_short() }).click()
      const dialog = cockpit.getByRole('dialog', { name: words.projector_short() })
      await expect(dialog.getByText(withPaper.name).first()).toBeVisible()
      await expectAccessible(cockpit)
      await dialog.getByRole('radio', { name: words.projector_scene_paper() }).check()
      await expect(dialog.locator('[data-page-number="1"][data-loaded="true"]').first()).toBeVisible()
      await expectAccessible(cockpit)
      const show = dialog.getByRole('button', { name: words.projector_show() })
      await show.focus()
      await cockpit.keyboard.press('Enter')
      await expect(first.locator('[data-page-number="1"][data-loaded="true"]')).toBeVisible()
      await lookAtScreen(first, 'paper')
      await expect(read.getByText(words.site_live_screen_page({ page: 1 }))).toBeVisible()
      await shown(second, words.projector_speaking())
      await dialog.getByRole('radio', { name: words.projector_scene_text() }).check()
      await expect(show).toBeDisabled()
      await dialog.getByLabel(words.projector_text()).fill('Pause bis 19 Uhr')
      await show.click()
      await shown(first, 'Pause bis 19 Uhr')
      await lookAtScreen(first, 'text')
      await expect(read.getByText('Pause bis 19 Uhr')).toBeVisible()
      await expectAccessible(mirror)
      await dialog.getByRole('radio', { name: words.projector_scene_meeting() }).check()
      await show.click()
      await shown(first, words.projector_speaking())
      await cockpit.keyboard.press('Escape')
    })

    const board = await openBoard(desk, key, withPaper)
    const showsBoard = (projector: string) =>
      ({ kind: 'scene-projected', projector, show: { scene: 'board', board: board._id, page: 1 } }) as const
    const third = await device.context.newPage()
    await third.goto(await addressOfThird(desk, key))
    const boardsOn = [
      [first, '.window'],
      [third, '#screen'],
    ] as const

    await test.step('a board is chosen for one of them, and seen there as it is drawn on', async () => {
      const drawer = await device.openWindow()
      await visit(drawer, `#/boards/${board._id}`)
      await expect(drawer.getByRole('application')).toBeVisible()
      const line = (y: number) => [300, 500, 700].map((x) => [x, y] as const)
      await drawStroke(drawer, line(250))
      await cockpit.getByRole('button', { name: words.cockpit_meeting_menu() }).click()
      await cockpit.getByRole('menuitem', { name: words.projector_short() }).click()
      const dialog = cockpit.getByRole('dialog', { name: words.projector_short() })
      await dialog.getByRole('radio', { name: words.projector_scene_board() }).check()
      await expect.poll(() => inkWithin(cockpit, '[role=dialog]')).toBeGreaterThan(0)
      await expectAccessible(cockpit)
      if (pictures) await cockpit.screenshot({ path: join(pictures, 'projector-choice-board.png') })
      await dialog.getByRole('textbox', { name: words.projector_page() }).fill('2')
      await expect(dialog.getByRole('button', { name: words.projector_show() })).toBeDisabled()
      await dialog.getByRole('textbox', { name: words.projector_page() }).fill('1')
      await dialog.getByRole('button', { name: words.projector_show() }).click()
      await expect(first.getByRole('img', { name: words.projector_board_of({ page: 1 }) })).toBeVisible()
      await expect.poll(() => inkWithin(first, '.window')).toBeGreaterThan(0)
      await expect(drawer.getByText(words.boards_on_screen({ numbers: '1' }))).toBeVisible()
      await expect(read.getByText(words.site_live_screen_board())).toBeVisible()
      await shown(second, words.projector_speaking())
      await lookAtScreen(first, 'board')

      await clerk.write(showsBoard('projector:3'))
      await expect.poll(() => inkWithin(third, '#screen')).toBeGreaterThan(0)
      const before = await Promise.all(boardsOn.map(([page, part]) => inkWithin(page, part)))
      await drawStroke(drawer, line(400))
      for (const [at, [page, part]] of boardsOn.entries())
        await expect.poll(() => inkWithin(page, part)).toBeGreaterThan(before[at]! * 1.5)
      await lookAtScreen(third, 'board-second-display')
      await dialog.getByRole('radio', { name: words.projector_scene_meeting() }).check()
      await dialog.getByRole('button', { name: words.projector_show() }).click()
      await shown(first, words.projector_speaking())
      await cockpit.keyboard.press('Escape')
      if (pictures) await drawer.screenshot({ path: join(pictures, 'board-on-screen.png') })
    })

    await test.step('the text mirror is read and walked through by keyboard alone', async () => {
      await mirror.bringToFront()
      const name = seatOf(clerk.state, speaker)?.name ?? 'nobody'
      const spoken = await read.ariaSnapshot()
      for (const text of [withPaper.name, name]) expect(spoken).toContain(text)
      await tabTo(mirror, 'link', withPaper.name)
      await mirror.keyboard.press('Enter')
      await expect(mirror.getByRole('heading', { level: 1, name: withPaper.name })).toBeVisible()
      await mirror.goBack()
      await expect(read.getByText(name)).toBeVisible()
      await cockpit.bringToFront()
    })

    await test.step('a vote and its result', async () => {
      await clerk.write({ kind: 'speech-stopped', speech: 'speech:1' })
      const vote = { vote: 'vote:1', item: withPaper._id, question: 'Offenlage beschließen?' } as const
      await clerk.write({
        ...{ kind: 'vote-opened', subject: 'resolution', majority: 'simple', mode: 'hand', secret: false },
        ...vote,
      })
      for (const page of [first, second]) await shown(page, words.projector_voting())
      const tally = { yes: 17, no: 9, abstain: 2, invalid: 0 }
      await clerk.write({ kind: 'votes-counted', vote: 'vote:1', tally })
      await clerk.write({ kind: 'vote-closed', vote: 'vote:1' })
      for (const page of [first, second]) await shown(page, 'Offenlage beschließen?')
      await expect(first.getByRole('list', { name: words.votes_tally() })).toBeVisible()
      await lookAtScreen(first, 'result')
    })

    await test.step('a screen without contact to the hub goes dark', async () => {
      await cable.unplug()
      await shown(second, words.projector_cut_off())
      await expect(second.getByText(withPaper.name)).toHaveCount(0)
      await cable.plugIn()
      await shown(second, withPaper.name)
    })

    await test.step('the closed part', async () => {
      await clerk.write(showsBoard('projector:1'))
      for (const [page, part] of boardsOn) await expect.poll(() => inkWithin(page, part)).toBeGreaterThan(0)
      await clerk.write({ kind: 'item-closed', item: withPaper._id })
      await clerk.write({ kind: 'part-closed' })
      await clerk.write({ kind: 'item-opened', item: closed._id })
      await clerk.write({
        kind: 'speech-requested',
        speech: 'speech:2',
        item: closed._id,
        form: 'speech',
        speaker: { person: speaker },
      })
      await clerk.write({ kind: 'speech-started', speech: 'speech:2' })
      await clerk.until('somebody speaks', ({ floor }) => floor.length === 1)
      for (const page of [first, second]) {
        await shown(page, words.projector_closed_part())
        expect(await page.locator('.window').textContent()).not.toContain(closed.name)
      }
      await expect(third.getByRole('heading', { name: words.projector_closed_part() })).toBeVisible()
      for (const page of [first, third]) await expect(page.locator('canvas')).toHaveCount(0)
      await lookAtScreen(first, 'closed-part')
      await expect(read.getByText(words.site_live_closed_part())).toBeVisible()
      expect(await mirror.content()).not.toContain(closed.name)
      await cockpit.getByRole('button', { name: words.cockpit_meeting_menu() }).click()
      await cockpit.getByRole('menuitem', { name: words.projector_short() }).click()
      const dialog = cockpit.getByRole('dialog', { name: words.projector_short() })
      await expect(dialog.getByText(words.projector_blocked())).toBeVisible()
      await expect(dialog.getByRole('button', { name: words.projector_show() })).toBeDisabled()
      await expectAccessible(cockpit)
    })
    clerk.leave()
  },
)
