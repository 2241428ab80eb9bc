import type { Page } from '@playwright/test'
import type { EventBody } from '../../shared/council/meeting-event.ts'
import { demoPassword, people, signInAs } from '../fixtures/demo-people.ts'
import { chooseLook, lookAt, looks, speak } from '../fixtures/looks.ts'
import { agendaOf, constitutionFor, gatherCouncil } from '../fixtures/meeting/council.ts'
import { Participant, signInDevice } from '../fixtures/meeting/participant.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })
test.afterEach(() => speak('de'))

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

for (const look of looks)
  test(`a member's seat is accessible, ${look.name}`, { tag: '@web' }, async ({ hub, device: { page } }) => {
    const council = await gatherCouncil(hub.origin)
    const items = agendaOf(council)
    const open = items.filter((item) => item.public)
    const withPaper = new Set(
      council.records.flatMap((record) => (record.type === 'consultation' ? [record.agendaItem] : [])),
    )
    const first = open.find((item) => withPaper.has(item._id))
    const closed = items.find((item) => !item.public)
    const me = [...council.logins].find(([, login]) => login === people.builder.login)?.[0]
    if (!first || !closed || !me) throw new Error('The agenda is too short')
    const enter = async (login: string): Promise<Participant> =>
      Participant.enter(await signInDevice(hub.origin, { login, password: demoPassword }), council.place)
    const [clerk, chair] = [await enter(people.clerk.login), await enter(people.mayor.login)]
    const happen = async (...deeds: readonly EventBody[]): Promise<void> => {
      for (const deed of deeds) expect(await chair.write(deed)).toEqual([])
    }

    await signInAs(page, people.builder)
    await chooseLook(page, look)
    await clerk.write({ kind: 'meeting-prepared', constitution: constitutionFor(council, {}) })
    await chair.until('the meeting is prepared', ({ phase }) => phase === 'prepared')
    await visit(page, `#/meetings/${council.meeting._id}/room`)
    await button(page, words.panel_arrive()).waitFor()
    await lookAt(page, look)

    await button(page, words.panel_arrive()).click()
    await page.getByRole('menuitem', { name: words.panel_arrive_room() }).click()
    await page.getByText(words.panel_here_room()).waitFor()
    await happen(
      ...council.voters
        .filter((person) => person !== me)
        .map((person): EventBody => ({ kind: 'person-arrived', person, mode: 'room', by: 'list' })),
      { kind: 'meeting-opened' },
      { kind: 'item-opened', item: first._id },
    )
    await page
      .getByRole('heading', { name: words.panel_item({ number: open.indexOf(first) + 1, name: first.name }) })
      .waitFor()
    await page.getByRole('region', { name: words.reader_pages_region() }).getByRole('region').first().waitFor()
    await button(page, words.panel_request_speech()).click()
    await button(page, words.panel_withdraw()).waitFor()
    await page.getByRole('textbox', { name: words.notes_item() }).fill('Nach den Folgekosten fragen')
    await page.getByText(words.notes_kept()).waitFor()
    await lookAt(page, look)

    const vote = { kind: 'vote-opened', vote: 'vote:1', item: first._id, question: first.name } as const
    await happen({ ...vote, subject: 'resolution', majority: 'simple', mode: 'devices', secret: false })
    await page.getByRole('group', { name: words.votes_choose() }).waitFor()
    await lookAt(page, look)
    await page.getByRole('group', { name: words.votes_choose() }).getByRole('button').first().click()
    await page.getByText(words.votes_ballot_changeable()).waitFor()
    await lookAt(page, look)
    await happen({ kind: 'vote-closed', vote: 'vote:1' })
    await page.getByRole('tab', { name: words.panel_tab_results() }).click()
    await page.getByText(words.votes_accepted()).first().waitFor()
    await lookAt(page, look)

    await page.getByRole('tab', { name: words.panel_tab_speak() }).click()
    await happen(
      { kind: 'item-closed', item: first._id },
      { kind: 'conflict-declared', person: me, item: closed._id, away: 'room' },
      { kind: 'part-closed' },
      { kind: 'item-opened', item: closed._id },
    )
    await page.getByText(words.panel_closed_part(), { exact: true }).first().waitFor()
    await expect(page.getByText(closed.name)).toHaveCount(0)
    await lookAt(page, look)

    await happen({ kind: 'item-closed', item: closed._id }, { kind: 'part-opened' }, { kind: 'meeting-closed' })
    await page.getByText(words.panel_over()).first().waitFor()
    await lookAt(page, look)
    for (const participant of [clerk, chair]) participant.leave()
  })
