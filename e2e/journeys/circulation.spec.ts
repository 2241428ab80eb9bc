import type { Page } from '@playwright/test'
import { voteSentence } from '../../shared/i18n/law-words.ts'
import { people, signInAs } from '../fixtures/demo-people.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { agendaOf, constitutionFor, gatherCouncil, join, joinAll } from '../fixtures/meeting/council.ts'
import { expectNoPublicWord, overhear } from '../fixtures/meeting/story/visitor.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const question = 'Notfall: Beschafft die Stadt sofort Sandsäcke?'
const phone = { width: 390, height: 844 }
const [look] = looks as [(typeof looks)[number]]

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const choices = (page: Page) => page.getByRole('group', { name: words.votes_choose() })

test(
  'a council decides by circulation: everybody answers at home, and nobody else learns of it',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    const council = await gatherCouncil(hub.origin)
    const item = agendaOf(council).find((entry) => entry.public)
    const personOf = (login: string): string =>
      [...council.logins].find(([, known]) => known === login)?.[0] ?? 'person:none'
    const [atPhone, keptOut] = [personOf(people.builder.login), personOf(people.schoolmaster.login)]
    if (!item) throw new Error('The agenda is empty')
    const clerk = await join(hub, council, people.clerk.login)
    const away = [atPhone, keptOut, council.chair]
    const others = await joinAll(
      hub,
      council,
      council.voters.filter((person) => !away.includes(person)),
    )
    const asked = council.voters.length - 1
    expect(await clerk.write({ kind: 'meeting-prepared', constitution: constitutionFor(council, {}) })).toEqual([])
    const conflict = { kind: 'conflict-declared', person: keptOut, item: item._id, away: 'table' } as const
    expect(await clerk.write(conflict)).toEqual([])
    const visitor = await device.context.newPage()
    const overheard = await overhear(visitor)
    await visitor.goto(`${hub.origin}/de/meeting/${council.meeting._id.slice('meeting:'.length)}`)

    const { page: chair } = device
    await signInAs(chair, people.mayor)
    await visit(chair, `#/meetings/${council.meeting._id}/cockpit`)
    await chair.getByRole('tab', { name: words.cockpit_tab_votes() }).click()
    await button(chair, words.votes_circulation_prepare()).click()
    await chair.getByLabel(words.votes_circulation_item()).selectOption(item._id)
    await chair.getByLabel(words.votes_question()).fill(question)
    await lookAt(chair, look)
    await button(chair, words.votes_circulation_open()).click()
    await expect(chair.getByText(words.votes_missing({ count: asked }))).toBeVisible()
    await expect(button(chair, words.votes_close())).toHaveCount(0)
    await lookAt(chair, look)

    const { page: member } = await startDevice()
    await member.setViewportSize(phone)
    await signInAs(member, people.builder)
    await expect(member.getByText(question)).toBeVisible()
    await lookAt(member, look)
    await member.setViewportSize(phone)
    await member.getByRole('link', { name: words.votes_circulation_answer() }).click()
    await expect(choices(member)).toBeVisible()
    await lookAt(member, look)
    await member.setViewportSize(phone)
    await button(member, words.votes_yes()).click()
    await expect(member.getByText(words.votes_ballot_changeable())).toBeVisible()

    const { page: apart } = await startDevice()
    await signInAs(apart, people.schoolmaster)
    await expect(apart.getByText(question)).toHaveCount(0)
    await visit(apart, `#/meetings/${council.meeting._id}/room`)
    await expect(apart.getByText(words.votes_my_excluded_conflict())).toBeVisible()
    await expect(choices(apart)).toHaveCount(0)
    await expectAccessible(apart)

    const [vote] = [...(await clerk.until('it circulates', ({ votes }) => votes.size === 1)).votes.keys()]
    const intruder = await join(hub, council, people.schoolmaster.login)
    expect(await intruder.castBallot(vote ?? '', 'yes')).not.toHaveProperty('received')
    await Promise.all(others.map((one) => one.castBallot(vote ?? '', 'yes')))
    await expect(chair.getByText(words.votes_missing({ count: 1 }))).toBeVisible()
    await expectNoPublicWord({ hub, council, clerk, overheard }, [question, vote ?? ''])

    await visit(chair, `#/meetings/${council.meeting._id}/room`)
    await button(chair, words.votes_yes()).click()
    await expect(chair.getByText(words.votes_ballot_changeable())).toBeVisible()
    await visit(chair, `#/meetings/${council.meeting._id}/cockpit`)
    await chair.getByRole('tab', { name: words.cockpit_tab_voting() }).click()
    await button(chair, words.votes_close()).click()
    const { votes } = await clerk.until('it is decided', (state) => state.votes.get(vote ?? '')?.status === 'decided')
    const finding = votes.get(vote ?? '')?.finding
    if (!finding) throw new Error('Nothing was decided')
    expect(finding).toMatchObject({ outcome: 'accepted', needed: asked, of: asked, source: { place: '§ 35 Abs. 3' } })
    for (const page of [chair, member]) await expect(page.getByText(voteSentence(finding)).first()).toBeVisible()
    await lookAt(chair, look)
    await lookAt(member, look)
    await expectNoPublicWord({ hub, council, clerk, overheard }, [question, vote ?? ''])
    for (const one of [clerk, intruder, ...others]) one.leave()
  },
)
