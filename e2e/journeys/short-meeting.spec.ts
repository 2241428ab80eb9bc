import { demo, people, signInAs } from '../fixtures/demo-people.ts'
import { agendaOf, constitutionFor, gatherCouncil, join, joinAll } from '../fixtures/meeting/council.ts'
import { button } from '../fixtures/meeting/story/cast.ts'
import { callUp, closeMeeting } from '../fixtures/meeting/story/course.ts'
import { lawCase } from '../fixtures/meeting/story/law.ts'
import { expectOutcome, prepareVote, voteByHands } from '../fixtures/meeting/story/votes.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const law = 'rp-vote-barely-quorate'

test('a mayor opens a meeting, has it vote once, and closes it', async ({ hub, device: { page } }) => {
  const council = await gatherCouncil(hub.origin)
  const [item] = agendaOf(council)
  if (!item) throw new Error(`The next meeting of the ${demo.council} has no agenda`)
  const others = council.voters.filter((person) => person !== council.chair)
  const present = [council.chair, ...others.slice(0, lawCase('vote', law).input.room - 1)]
  const members = await joinAll(hub, council, present)
  const clerk = await join(hub, council, people.clerk.login)
  const [chair] = members
  if (!chair) throw new Error('The mayor did not come')
  const room = { chair, cockpit: page }

  await signInAs(page, people.mayor)
  await visit(page, `#/meetings/${council.meeting._id}/cockpit`)
  expect(await clerk.write({ kind: 'meeting-prepared', constitution: constitutionFor(council, {}) })).toEqual([])
  await Promise.all(
    members.map(async (member) => {
      await member.until('the meeting is prepared', ({ phase }) => phase === 'prepared')
      await member.write({ kind: 'person-arrived', person: member.person, mode: 'room', by: 'self' })
    }),
  )
  await button(page, words.cockpit_step_open()).click()
  await expect(page.getByText(words.cockpit_quorate(), { exact: true })).toBeVisible()
  await callUp(room, item)
  await expectOutcome(room, await voteByHands(room, await prepareVote(room), law), law)
  await closeMeeting(room)
  await expect(page.getByText(words.cockpit_meeting_over())).toBeVisible()
  for (const participant of [clerk, ...members]) participant.leave()
})
