import { canonical } from '../../shared/canonical.ts'
import type { MeetingState } from '../../shared/rules/meeting/state.ts'
import { agendaOf, constitutionFor } from '../fixtures/meeting/council.ts'
import { button, gatherCast, nameOf } from '../fixtures/meeting/story/cast.ts'
import { decideInClosedPart } from '../fixtures/meeting/story/closed-part.ts'
import { decideWithoutThoseInConflict } from '../fixtures/meeting/story/conflicts.ts'
import { callUp, closeMeeting, speak } from '../fixtures/meeting/story/course.ts'
import { askWhileCutOff } from '../fixtures/meeting/story/cut-off.ts'
import { electByLot } from '../fixtures/meeting/story/election.ts'
import { verifyTwice } from '../fixtures/meeting/story/log-check.ts'
import { arrive, expectQuorum, gather, go } from '../fixtures/meeting/story/presence.ts'
import { extendAgenda } from '../fixtures/meeting/story/urgency.ts'
import { expectOnProjectors, expectOnScreens } from '../fixtures/meeting/story/screens.ts'
import {
  expectFactions,
  expectPublicOutcome,
  openPrepared,
  prepareVote,
  voteByDevices,
  voteByHands,
  voteByKeys,
} from '../fixtures/meeting/story/votes.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

test(
  'a council of 53 meets in a hybrid room, from the opening to the close',
  { tag: '@web' },
  async ({ hub, device, startDevice }, info) => {
    test.setTimeout(600_000)
    const cast = await gatherCast(hub, device, startDevice)
    const { council, clerk, chair, members, cockpit, phone, laptop, visitor, mirror, course, overheard } = cast
    const items = agendaOf(council)
    const open = items.filter((item) => item.public)
    const [opening, questions, , donations, schools, engine, , budget] = open
    const closed = items.find((item) => !item.public && item.publicTitle === undefined)
    if (!opening || !questions || !donations || !schools || !engine || !budget || !closed)
      throw new Error('The agenda is too short')

    await test.step('the clerk freezes the constitution, and everybody arrives', async () => {
      const constitution = constitutionFor(council, { [budget._id]: 'statute' })
      expect(await clerk.write({ kind: 'meeting-prepared', constitution })).toEqual([])
      await Promise.all(members.map((member) => member.until('it is prepared', ({ phase }) => phase === 'prepared')))
      await chair.write({ kind: 'person-arrived', person: chair.person, mode: 'room', by: 'self' })
      await Promise.all([arrive(cast, phone, 'room'), arrive(cast, laptop, 'room')])
      await gather(cast, { room: 50, remote: 3 })
      await expectAccessible(phone.page)
    })

    await test.step('the chair opens the meeting and the first item; the room and the public see it', async () => {
      await button(cockpit, words.cockpit_step_open()).click()
      await expect(cockpit.getByText(words.cockpit_quorate(), { exact: true })).toBeVisible()
      await callUp(cast, opening)
      const heading = words.panel_item({ number: 1, name: opening.name })
      await expect(phone.page.getByRole('heading', { name: heading })).toBeVisible()
      await visitor.goto(`${hub.origin}/de/meeting/${council.meeting._id.slice('meeting:'.length)}`)
      await expect(course.getByText(words.site_live_running())).toBeVisible()
      await expect(course.getByRole('link', { name: opening.name })).toBeVisible()
      await mirror.goto(`${visitor.url()}/text`)
      await expectOnScreens(cast, opening.name)
    })

    await test.step('a member asks for the floor and gets it', () => speak(cast))

    await test.step('a tie rejects; the hub is killed in the middle of the vote of 53', async () => {
      const vote = await openPrepared(cast, await prepareVote(cast))
      await expect(button(phone.page, new RegExp(`^${words.votes_yes()}`))).toBeVisible()
      await expectAccessible(phone.page)
      await voteByDevices(cast, vote, 'rp-tie', async () => {
        await hub.kill()
        await hub.startAgain()
        await Promise.all([clerk, ...members].map(async (each) => each.isConnected || (await each.connect())))
      })
      await expectPublicOutcome(cast, vote, 'rp-tie')
      expect(chair.state.votes.get(vote)?.ballots).toHaveLength(53)
      await expectFactions(cast, 'rp-tie')
      // Of the course while it ran, which the page itself does not show any more.
      expect(await overheard()).toMatch(/Abstimmung läuft: \d+ von 53 Stimmen/)
    })

    await test.step('thirty members are kept out by a conflict of interest, and do not count', async () => {
      await callUp(cast, donations)
      const law = { vote: 'rp-conflict-vote', quorum: 'rp-conflict-many' }
      await decideWithoutThoseInConflict(cast, donations, law)
      await expectFactions(cast, law.vote)
    })

    const urgent = await test.step('two thirds of those present extend the agenda', async () => {
      await callUp(cast, schools)
      await gather(cast, { room: 30, remote: 15 })
      return extendAgenda(cast, 'Wahl einer Beauftragten für die Rheinbrücke', 'rp-hybrid-extension')
    })

    await test.step('35 are not two thirds of the statutory number; the chair works by keyboard alone', async () => {
      await gather(cast, { room: 53, remote: 0 })
      const vote = await voteByKeys(cast, 'rp-two-thirds-abstain')
      await expectPublicOutcome(cast, vote, 'rp-two-thirds-abstain')
    })

    await test.step('an election goes to a run-off, and the lot decides', async () => {
      await callUp(cast, urgent)
      await expect(course.getByRole('link', { name: urgent.name })).toBeVisible()
      await electByLot(cast)
    })

    await test.step('a statute is decided by those in the room', async () => {
      await go(cast, laptop)
      await arrive(cast, laptop, 'remote')
      await callUp(cast, budget)
      await gather(cast, { room: 20, remote: 20 })
      await expectQuorum(cast, 'rp-hybrid-statute')
      await gather(cast, { room: 30, remote: 22 })
      await expect(cockpit.getByText(words.cockpit_remote_not_counted())).toBeVisible()
      const row = cockpit.getByRole('listitem').filter({ hasText: nameOf(cast, laptop.person) })
      await expect(row.getByText(words.cockpit_why_remote())).toBeVisible()
      const form = await prepareVote(cast)
      await form.getByRole('radio', { name: words.votes_mode_devices() }).check()
      const vote = await openPrepared(cast, form)
      await expect(laptop.page.getByText(words.votes_my_excluded_remote())).toBeVisible()
      await voteByDevices(cast, vote, 'rp-hybrid-vote-statute')
      await expectPublicOutcome(cast, vote, 'rp-hybrid-vote-statute')
    })

    await test.step('members leave until the quorum is lost, and one comes back', async () => {
      await go(cast, laptop)
      await arrive(cast, laptop, 'room')
      await callUp(cast, engine)
      await gather(cast, { room: 27, remote: 0 })
      await expectQuorum(cast, 'rp-quorum-27-of-53')
      await go(cast, phone)
      await expectQuorum(cast, 'rp-quorum-26-of-53')
      await expect(course.getByText(words.site_live_not_quorate({ needed: 27 }))).toBeVisible()
      const form = await prepareVote(cast)
      await expect(form.getByText(/^Zurzeit nicht beschlussfähig: 26 zählen, 27 sind nötig/)).toBeVisible()
      await expectAccessible(cockpit)
      await expectPublicOutcome(cast, await voteByHands(cast, form, 'rp-vote-not-quorate'), 'rp-vote-not-quorate')
      await arrive(cast, phone, 'room')
      await expectQuorum(cast, 'rp-quorum-27-of-53')
    })

    await test.step('a laptop without network asks for the floor, and is heard of ten minutes later', async () => {
      await cockpit.getByRole('tab', { name: words.cockpit_tab_speakers() }).click()
      await askWhileCutOff(cast)
      await expectAccessible(cockpit)
    })

    await test.step('a closed item: the public learns that the part is closed, and nothing else', () =>
      decideInClosedPart(cast, closed, 'rp-vote-barely-quorate'))

    await test.step('the chair closes the meeting, and everybody has the same one', async () => {
      await closeMeeting(cast)
      const everybody = [clerk, ...members]
      for (const participant of everybody) await participant.until('it is closed', ({ phase }) => phase === 'closed')
      const [expected, ...others] = everybody.map(({ state }) => plain(state))
      for (const state of others) expect(state).toBe(expected)
      expect(chair.state.refused).toEqual([])
      await expect(visitor.getByText(/Die Sitzung dauerte von/)).toBeVisible()
      await expectOnProjectors(cast, words.projector_over())
      await verifyTwice(cast, info.outputPath('hub.yml'))
      for (const participant of everybody) participant.leave()
    })
  },
)

const plain = (state: MeetingState): string =>
  canonical(JSON.parse(JSON.stringify(state, (_, value: unknown) => (value instanceof Map ? [...value] : value))))
