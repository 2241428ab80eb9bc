import { demo, openComingMeeting, people, searchAll, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { plantClosedItem } from '../fixtures/closed-matter.ts'
import { readStored } from '../fixtures/stored-text.ts'
import { accountMenu } from '../fixtures/set-up-town.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const closed = 'Veräußerung des Drachenfelsgeländes'

test('a membership that ends takes the closed matters of that body with it, and nothing else', async ({
  device,
  startDevice,
}) => {
  const clerk = device.page
  await signInAs(clerk, people.clerk)
  await plantClosedItem(clerk, demo.buildingMeeting, closed)
  const { page: member } = await startDevice()
  await signInAs(member, people.builder)
  await openComingMeeting(member, demo.building)
  await expect(member.getByText(closed)).toBeVisible()
  const before = await readStored(member, [])

  await clerk.getByRole('link', { name: words.desk_people() }).click()
  await clerk.getByLabel(words.desk_find_person()).fill('Distelhuf')
  await clerk.getByRole('button', { name: words.desk_edit_named({ name: 'Distelhuf, Sunniva' }) }).click()
  await clerk
    .getByRole('dialog')
    .getByRole('button', { name: words.desk_end_membership_of({ name: demo.building }) })
    .click()

  await expect(member.getByText(closed)).toHaveCount(0)
  await expect(member.getByRole('region', { name: words.meetings_public_part(), exact: true })).toBeVisible()
  await expect(accountMenu(member, people.builder.name)).toBeVisible()
  await expect(syncButton(member, words.sync_live())).toBeVisible()
  await expect.poll(async () => (await readStored(member, [])).databases.length).toBe(before.databases.length - 1)

  await openComingMeeting(member, demo.council)
  await expect(member.getByText(demo.closedAnnouncements)).toBeVisible()
  await searchAll(member, 'Drachenfelsgeländes')
  await expect(member.getByText(words.common_search_nothing())).toBeVisible()
})
