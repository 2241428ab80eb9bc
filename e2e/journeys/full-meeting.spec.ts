import type { Locator, Page } from '@playwright/test'
import { canonical } from '../../shared/canonical.ts'
import { findingOfCase } from '../../shared/rules/law/case-findings.ts'
import { lawCases, type VoteCase } from '../../shared/rules/law/cases/index.ts'
import { voteSentence } from '../../shared/i18n/law-words.ts'
import { seatOf, type MeetingState } from '../../shared/rules/meeting/state.ts'
import { demoPassword, people, signInAs } from '../fixtures/demo-people.ts'
import { agendaOf, castAll, choicesOf, constitutionFor, gatherCouncil, joinAll } from '../fixtures/meeting/council.ts'
import { Participant, signInDevice } from '../fixtures/meeting/participant.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

/** What the law says, from the table beside the rule set. */
const voteCase = (id: string): VoteCase => lawCases.find((entry) => entry.id === id) as VoteCase

function sentenceOf(id: string): string {
  const found = findingOfCase(voteCase(id))
  if (found.about !== 'vote') throw new Error(`${id} is about no vote`)
  return voteSentence(found.finding)
}

const button = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole('button', { name })

test(
  'a council of 53 meets in a hybrid room, from the opening to the close',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    test.setTimeout(600_000)
    const council = await gatherCouncil(hub.origin)
    const items = agendaOf(council)
    const open = items.filter((item) => item.public)
    const [first, affair, statute, election] = open.map(({ _id }) => _id)
    const closed = items.find((item) => !item.public)
    if (!first || !affair || !statute || !election || !closed) throw new Error('The agenda is too short')

    const enter = async (login: string): Promise<Participant> =>
      Participant.enter(await signInDevice(hub.origin, { login, password: demoPassword }), council.place)
    const clerk = await enter(people.clerk.login)
    const personOf = (login: string): string => [...council.logins].find(([, known]) => known === login)?.[0] ?? ''
    const [schoolmaster, builder] = [personOf(people.schoolmaster.login), personOf(people.builder.login)]
    const away = new Set([schoolmaster, builder])
    const members = await joinAll(
      hub.origin,
      council,
      council.voters.filter((person) => !away.has(person)),
    )
    const chair = members.find(({ person }) => person === council.chair)
    if (!chair) throw new Error('The mayor did not come')
    const everybody = [clerk, ...members]
    /** As the chair calls somebody. */
    const called = (person: string): string => seatOf(chair.state, person)?.name ?? ''
    const remote = members.filter((member) => member !== chair).slice(0, 3)

    await test.step('the clerk freezes the constitution, and everybody arrives', async () => {
      const constitution = constitutionFor(council, { [statute]: 'statute', [election]: 'election' })
      expect(await clerk.write({ kind: 'meeting-prepared', constitution })).toEqual([])
      await Promise.all(
        members.map(async (member) => {
          await member.until('the meeting is prepared', ({ phase }) => phase === 'prepared')
          const mode = remote.includes(member) ? 'remote' : 'room'
          await member.write({ kind: 'person-arrived', person: member.person, mode, by: 'self' })
        }),
      )
    })

    const cockpit = device.page
    const cable = await hub.layCable()
    const [phone, laptop] = [(await startDevice()).page, (await startDevice(cable)).page]
    await test.step('chair and members take their seats', async () => {
      await phone.setViewportSize({ width: 390, height: 844 })
      const key = council.meeting._id
      await signInAs(cockpit, people.mayor)
      await visit(cockpit, `#/meetings/${key}/cockpit`)
      for (const [page, person] of [
        [phone, people.schoolmaster],
        [laptop, people.builder],
      ] as const) {
        await signInAs(page, person)
        await visit(page, `#/meetings/${key}/room`)
        await button(page, words.panel_arrive()).click()
        await page.getByRole('menuitem', { name: words.panel_arrive_room() }).click()
        await expect(page.getByText(words.panel_here_room())).toBeVisible()
        await expectAccessible(page)
      }
      await chair.until(
        'all 53 are there',
        ({ attendance }) => [...attendance.values()].filter((a) => a.here).length === 53,
      )
    })

    const visitor = await device.context.newPage()
    const course = visitor.getByRole('region', { name: words.site_live_title() })
    await test.step('the chair opens the meeting and the first item; the public sees it', async () => {
      await button(cockpit, words.cockpit_step_open()).click()
      await expect(cockpit.getByText(words.cockpit_quorate(), { exact: true })).toBeVisible()
      await button(cockpit, words.cockpit_step_item({ item: words.cockpit_item_number({ number: 1 }) }))
        .first()
        .click()
      await chair.until('the first item is open', ({ current }) => current === first)
      await expectAccessible(cockpit)
      await visitor.goto(`${hub.origin}/de/meeting/${council.meeting._id.slice('meeting:'.length)}`)
      await expect(course.getByText(words.site_live_running())).toBeVisible()
      await expect(course.getByRole('link', { name: open[0]?.name ?? '' })).toBeVisible()
    })

    await test.step('a member asks for the floor and gets it', async () => {
      const heading = words.panel_item({ number: 1, name: open[0]?.name ?? '' })
      await expect(phone.getByRole('heading', { name: heading })).toBeVisible()
      await button(phone, words.panel_request_speech()).click()
      await chair.until('the request is on the list', ({ speeches }) => speeches.size === 1)
      await button(cockpit, words.cockpit_step_start({ name: called(schoolmaster) }))
        .first()
        .click()
      await expect(phone.getByText(words.panel_speech_speaking())).toBeVisible()
      await expect(course.getByText(called(schoolmaster))).toBeVisible()
      await button(cockpit, words.cockpit_step_stop()).first().click()
      await expect(course.getByText(called(schoolmaster))).toBeHidden()
    })

    await test.step('a tie rejects; the hub is killed in the middle of the vote of 53', async () => {
      const { input, expected } = voteCase('rp-tie')
      const choices = choicesOf(input.tally)
      await cockpit.getByRole('button', { name: words.cockpit_vote_short(), exact: true }).click()
      await button(cockpit, words.votes_prepare()).click()
      await cockpit
        .getByRole('form', { name: words.votes_prepare() })
        .getByRole('button', { name: words.votes_open() })
        .click()
      const { votes } = await chair.until('the vote is open', (state) =>
        [...state.votes.values()].some((v) => v.status === 'open'),
      )
      const vote = [...votes.keys()].at(-1) ?? ''
      await castAll(members.slice(0, 25), vote, choices.slice(0, 25))
      await hub.kill()
      await hub.startAgain()
      for (const participant of everybody) if (!participant.isConnected) await participant.connect()
      await castAll(members.slice(25), vote, choices.slice(25, 51))
      await button(phone.getByRole('group', { name: words.votes_choose() }), /^Nein/).click()
      await expect(phone.getByRole('main').getByText(/vom Hub empfangen um/)).toBeVisible()
      await button(laptop.getByRole('group', { name: words.votes_choose() }), /^Enthaltung/).click()
      await expect(laptop.getByRole('main').getByText(/vom Hub empfangen um/)).toBeVisible()
      await chair.until('all ballots are in', (state) => state.votes.get(vote)?.received.size === 53)
      await button(cockpit, words.votes_close()).click()
      const state = await chair.until('the vote is sealed', (now) => now.votes.get(vote)?.status === 'decided')
      expect(state.votes.get(vote)?.finding).toMatchObject(expected)
      expect(state.votes.get(vote)?.ballots).toHaveLength(53)
      const sentence = sentenceOf('rp-tie')
      await expect(cockpit.getByText(sentence).first()).toBeVisible()
      await expect(course.getByText(sentence)).toBeVisible()
      await expect(course.getByRole('table')).toBeVisible()
    })

    await test.step('a closed item: the public learns that the part is closed, and nothing else', async () => {
      await cockpit.getByRole('button', { name: words.cockpit_close_part_short(), exact: true }).click()
      const dialog = cockpit.getByRole('dialog')
      await expect(dialog.getByText(words.cockpit_part_public_leaves())).toBeVisible()
      await button(dialog, words.cockpit_close_part()).click()
      await chair.until('the part is closed', (state) => !state.public)
      await expect(course.getByText(words.site_live_closed_part(), { exact: true })).toBeVisible()
      expect(await chair.write({ kind: 'item-opened', item: closed._id })).toEqual([])
      await chair.until('the closed item is open', ({ current }) => current === closed._id)
      const text = await visitor.content()
      for (const word of [closed.name, closed._id]) expect(text).not.toContain(word)
    })

    await test.step('in the end everybody has the same meeting', async () => {
      await chair.write({ kind: 'item-closed', item: closed._id })
      await chair.write({ kind: 'part-opened' })
      await chair.write({ kind: 'meeting-closed' })
      for (const participant of everybody) await participant.until('it is closed', ({ phase }) => phase === 'closed')
      const plain = (state: MeetingState): string =>
        canonical(JSON.parse(JSON.stringify(state, (_, value: unknown) => (value instanceof Map ? [...value] : value))))
      const [expected, ...others] = everybody.map(({ state }) => plain(state))
      for (const state of others) expect(state).toBe(expected)
      expect(chair.state.refused).toEqual([])
      await expect(visitor.getByText(/Die Sitzung dauerte von/)).toBeVisible()
      for (const participant of everybody) participant.leave()
    })
  },
)
