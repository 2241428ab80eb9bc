import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { demo, demoPassword, people, signInAs } from '../fixtures/demo-people.ts'
import { constitutionFor, gatherCouncil, join as joinMeeting } from '../fixtures/meeting/council.ts'
import { ask } from '../fixtures/meeting/participant.ts'
import { codeOn, RoomBoard } from '../fixtures/room-board.ts'
import { readStored } from '../fixtures/stored-text.ts'
import { paths, type DeviceInfo, type SessionInfo } from '../../shared/hub-api/contract.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const board = { width: 3840, height: 2160 } as const
const name = 'Tafel im Sitzungssaal'
const pictures = process.env['RATSSAAL_PICTURES']

/** The board's screen is accessible in both schemes, and a finger meets everything that it shows. */
async function lookAtBoard(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    if (pictures) await page.screenshot({ path: join(pictures, `board-${what}-${colorScheme}.png`) })
    await expectAccessible(page)
  }
  const sizes = await page
    .getByRole('main')
    .locator('button, a')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
  expect(sizes.length).toBeGreaterThan(0)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(48)
}

async function findCode(page: Page, code: string): Promise<void> {
  await visit(page, '#/confirm')
  await page.getByLabel(words.roomdevice_code(), { exact: true }).fill(code)
  await page.getByRole('button', { name: words.roomdevice_confirm_find() }).click()
}

test(
  'a board belongs to a room, somebody signs in there from their own device, and nothing of them stays',
  { tag: '@web' },
  async ({ device: { page }, startDevice }) => {
    test.slow()
    const { page: clerk } = await startDevice()
    await signInAs(clerk, people.clerk)

    await page.setViewportSize(board)
    await page.getByRole('link', { name: words.roomdevice_this_is() }).click()
    await findCode(clerk, await codeOn(page))
    await clerk.getByLabel(words.roomdevice_confirm_name()).fill(name)
    const rooms = clerk.getByLabel(words.roomdevice_confirm_where(), { exact: true })
    const hall = await rooms.locator('option', { hasText: /saal/i }).first().textContent()
    await rooms.selectOption({ label: hall ?? '' })
    await expectAccessible(clerk)
    await clerk.getByRole('button', { name: words.roomdevice_confirm_let_in() }).click()

    await expect(page.getByRole('heading', { level: 1, name: hall ?? '' })).toBeVisible()
    await expect(page.getByText(words.sync_live())).toBeVisible()
    const take = page.getByRole('button', { name: words.roomdevice_take_for({ name: '' }).trim() }).first()
    await expect(take).toBeVisible()
    await lookAtBoard(page, 'room')
    const before = await readStored(page, [demo.closedAnnouncements])
    expect(before.found).toEqual([])

    await take.click()
    const code = await codeOn(page)
    await lookAtBoard(page, 'code')
    await findCode(clerk, code)
    await clerk.getByRole('button', { name: words.roomdevice_confirm_me_do() }).click()
    const end = page.getByRole('button', { name: words.roomdevice_end() })
    await expect(end).toBeVisible()
    await expect(page.getByRole('link', { name: words.roomdevice_cockpit() }).first()).toBeVisible()
    await expect.poll(async () => (await readStored(page, [])).keys).toBeGreaterThan(before.keys)
    await lookAtBoard(page, 'lent')
    await page.getByRole('link', { name: words.roomdevice_projector() }).first().click()
    await expect(page.locator('#projector')).toBeVisible()
    await visit(page, '#/')

    await end.click()
    await expect(take).toBeVisible()
    const after = await readStored(page, [demo.closedAnnouncements])
    expect({ keys: after.keys, found: after.found }).toEqual({ keys: before.keys, found: [] })
    // Their keys are gone, and nothing can be read; the browser deletes a database once the last look at it is over.
    const databases = async (): Promise<number> => (await readStored(page, [])).databases.length
    await expect.poll(databases).toBe(before.databases.length)

    await visit(clerk, '#/room-devices')
    await clerk.getByRole('button', { name: words.roomdevice_revoke_named({ name }) }).click()
    await expectAccessible(clerk, '[role="dialog"]')
    await clerk.getByRole('dialog').getByRole('button', { name: words.roomdevice_revoke(), exact: true }).click()
    await expect(clerk.getByText(words.roomdevice_list_none())).toBeVisible()
    await expect(page.getByText(words.account_because_revoked())).toBeVisible()
    expect((await readStored(page, [])).keys).toBe(0)
  },
)

/** Devices of a person with which somebody is signed in or could come back, by name. */
async function devicesOf(origin: string, login: string): Promise<string[]> {
  const request = { login, password: demoPassword, device: { name: 'Elsewhere' }, token: true }
  const { token } = await ask<SessionInfo>(origin, 'POST', paths.session, undefined, request)
  const devices = await ask<DeviceInfo[]>(origin, 'GET', paths.devices, token)
  return devices.filter(({ revoked }) => !revoked).map(({ name: device }) => device)
}

test(
  'a session at a board ends with the meeting that is closed elsewhere, and nothing of the person stays',
  { tag: '@web' },
  async ({ hub, device: { page }, startDevice }) => {
    test.slow()
    const council = await gatherCouncil(hub.origin)
    const { meeting } = council
    const clerk = await joinMeeting(hub, council, people.clerk.login)
    expect(await clerk.write({ kind: 'meeting-prepared', constitution: constitutionFor(council, {}) })).toEqual([])
    for (const person of [...council.voters.slice(0, 30), council.chair])
      await clerk.write({ kind: 'person-arrived', person, mode: 'room', by: 'list' })
    await clerk.write({ kind: 'meeting-opened' })

    const room = meeting.location ?? ''
    const { page: second } = await startDevice()
    const boards = [
      { page, board: await RoomBoard.letIn(page, hub.origin, { name: 'Tafel links', room }), person: people.mayor },
      {
        page: second,
        board: await RoomBoard.letIn(second, hub.origin, { name: 'Tafel rechts', room }),
        person: people.builder,
      },
    ]
    const secrets = [demo.closedAnnouncements]
    const stored = (at: Page) =>
      readStored(at, secrets).then(({ keys, databases, found }) => ({ keys, databases: databases.length, found }))
    const before: Awaited<ReturnType<typeof stored>>[] = []
    for (const { page: at, board, person } of boards) {
      await expect(at.getByText(words.sync_live())).toBeVisible()
      before.push(await stored(at))
      await board.lendTo(person, meeting.name)
      await expect.poll(async () => (await stored(at)).keys).toBeGreaterThan(before.at(-1)!.keys)
    }
    await page.getByRole('link', { name: words.roomdevice_cockpit() }).first().click()
    await expect(page.getByRole('button', { name: words.cockpit_meeting_menu() })).toBeVisible()
    // The other board has read the meeting, and is off when it ends.
    await second.getByRole('link', { name: words.roomdevice_panel() }).first().click()
    await expect(second.getByRole('heading', { level: 1, name: meeting.name })).toBeVisible()
    await second.goto('about:blank')
    expect(await devicesOf(hub.origin, people.builder.login)).toContain('Tafel rechts')

    await clerk.write({ kind: 'meeting-closed' })
    await second.goto(`${hub.origin}/app/`)
    for (const [index, { page: at, person }] of boards.entries()) {
      await expect(at.getByRole('heading', { level: 2, name: words.roomdevice_today() })).toBeVisible()
      await expect(at.getByRole('button', { name: words.roomdevice_end() })).toHaveCount(0)
      await expect(at.getByText(words.sync_live())).toBeVisible()
      await expect.poll(() => new URL(at.url()).hash).toMatch(/^(?:#\/)?$/)
      expect(await stored(at)).toEqual(before[index])
      expect((await devicesOf(hub.origin, person.login)).filter((device) => device.startsWith('Tafel'))).toEqual([])
    }
    clerk.leave()
  },
)
