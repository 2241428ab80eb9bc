import { demo, people, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { openDeskMeeting } from '../fixtures/desk.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'
import { rheinlandPfalz } from '../../shared/rules/law/rheinland-pfalz.ts'

test.use({ town: 'demo' })

test(
  'the clerk freezes the constitution of a meeting, by keyboard, and finds it again as it was frozen',
  { tag: '@web' },
  async ({ device, startDevice }) => {
    const { page } = device
    await signInAs(page, people.clerk)
    await openDeskMeeting(page, demo.councilMeeting)
    const meeting = (await page.evaluate(() => location.hash)).split('/').at(-1) ?? ''
    await visit(page, `#/meetings/${meeting}/prepare`)
    await expect(page.getByRole('heading', { level: 1, name: words.room_prepare() })).toBeFocused()
    await expect(page.getByText(words.room_disclaimer())).toBeVisible()
    await page.getByText(words.room_unconfirmed({ count: rheinlandPfalz.unconfirmed.length })).click()
    await expect(page.getByRole('listitem').filter({ hasText: '§ 21 Mustergeschäftsordnung' })).toBeVisible()
    await expect(page.getByText(words.room_fault_no_deputy())).toBeVisible()
    await expect(page.getByLabel(words.room_chair(), { exact: true })).toHaveValue(/person:/)
    await expect(page.getByRole('row')).toHaveCount(54)
    await expect(page.getByText(words.room_roster_sum({ seats: 53, votes: 53, elected: 52 }))).toBeVisible()
    await expectAccessible(page)

    const number = page.getByLabel(words.room_statutory_number())
    await expect(number).toHaveValue('53')
    await number.fill('')
    await page.getByRole('button', { name: words.room_freeze() }).focus()
    await page.keyboard.press('Enter')
    await expect(number).toHaveAttribute('aria-invalid', 'true')
    await expectAccessible(page)
    await number.fill('53')
    await page.getByRole('switch', { name: words.room_hybrid() }).focus()
    await page.keyboard.press('Space')
    const matter = page.getByLabel(words.room_matter_of({ name: demo.announcements }), { exact: true })
    await expect(matter).toHaveValue('information')
    await matter.focus()
    await page.keyboard.press('Home')
    await expect(matter).toHaveValue('ordinary')
    await page.getByRole('button', { name: words.room_freeze() }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status')).toHaveText(words.room_frozen_now())
    const hybrid = await page.getByRole('switch', { name: words.room_hybrid() }).isChecked()

    await page.reload()
    await expect(syncButton(page, words.sync_live())).toBeVisible()
    await expect(page.getByRole('button', { name: words.room_freeze_again() })).toBeVisible()
    await expect(matter).toHaveValue('ordinary')
    await expect(page.getByRole('switch', { name: words.room_hybrid() })).toBeChecked({ checked: hybrid })
    await expectAccessible(page)

    const chair = await startDevice()
    await signInAs(chair.page, people.mayor)
    await visit(chair.page, `#/meetings/${meeting}/prepare`)
    await expect(chair.page.getByText(words.room_roster_sum({ seats: 53, votes: 53, elected: 52 }))).toBeVisible()
    await chair.page.getByRole('button', { name: words.room_freeze_again() }).click()
    await expect(chair.page.getByRole('status').first()).toHaveText(words.room_frozen_now())

    const councillor = await startDevice()
    await signInAs(councillor.page, people.schoolmaster)
    await visit(councillor.page, `#/meetings/${meeting}/prepare`)
    await expect(councillor.page.getByText(words.room_prepare_not_yours())).toBeVisible()
  },
)
