import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RemoteSession } from '../fixtures/administration.ts'
import { demo, openComingMeeting, people, signInAs } from '../fixtures/demo-people.ts'
import { plantClosedItem } from '../fixtures/closed-matter.ts'
import { openItem } from '../fixtures/desk.ts'
import { crawl } from '../fixtures/crawl.ts'
import { readStored } from '../fixtures/stored-text.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const closed = 'Veräußerung des Drachenfelsgeländes'
const closedPaper = 'Kaufvertrag Drachenfels mit Kaufpreis'

test('a closed item with its paper is there for members of its body alone', async ({
  hub,
  device,
  startDevice,
}, { outputPath }) => {
  const clerk = device.page
  await signInAs(clerk, people.clerk)
  await clerk.getByRole('link', { name: words.desk_nav_meetings() }).click()
  await clerk.getByRole('link', { name: words.desk_new_paper() }).click()
  await clerk.getByLabel(words.desk_paper_name()).fill(closedPaper)
  await clerk.getByLabel(words.desk_paper_public()).uncheck()
  await clerk.getByRole('button', { name: words.desk_save(), exact: true }).click()
  await expect(clerk.getByRole('heading', { level: 1, name: closedPaper })).toBeVisible()
})
