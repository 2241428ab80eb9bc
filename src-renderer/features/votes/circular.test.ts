import { beforeEach, expect, test } from 'vitest'
import type { Choice } from '../../../shared/council/events/vote.ts'
import { voteSentence } from '../../../shared/i18n/law-words.ts'
import { findingOfCase } from '../../../shared/rules/law/case-findings.ts'
import { lawCases } from '../../../shared/rules/law/cases/index.ts'
import MyVote from './mine/MyVote.svelte'
import { expectAccessible, expectTouchTargets } from './testing/accessible.ts'
import { councilOf53, itemIds, opening, personAt } from './testing/council.ts'
import { StagedRoom } from './testing/stage.svelte.ts'
import { stage } from './testing/staged.ts'
import VotePanel from './VotePanel.svelte'

const ready = 'Abstimmung vorbereiten'

/** What the law says of a case, as everybody reads it. */
function sentenceOf(id: string): string {
  const law = lawCases.find((entry) => entry.id === id)
  const found = law && findingOfCase(law)
  if (found?.about !== 'vote') throw new Error(`${id} is about no vote`)
  return voteSentence(found.finding)
}

/** The chair puts a decision by circulation to everybody who can be reached. */
async function circulate(room: StagedRoom) {
  const screen = await stage(VotePanel, { room })
  await screen.getByRole('button', { name: ready }).click()
  await screen.getByRole('combobox', { name: 'Worüber' }).selectOptions('Umlaufbeschluss')
  await screen.getByRole('radio', { name: 'Mit Geräten' }).click()
  await expect.element(screen.getByText('Alle Mitglieder', { exact: true })).toBeVisible()
  await expect.element(screen.getByText('Diese Mehrheit schreibt das Recht vor: § 35 Abs. 3 GemO')).toBeVisible()
  return screen
}

async function decide(screen: Awaited<ReturnType<typeof circulate>>, room: StagedRoom, choices: readonly Choice[]) {
  await screen.getByRole('button', { name: 'Abstimmung eröffnen' }).click()
  await expect.element(screen.getByRole('button', { name: 'Abstimmung schließen' })).toBeVisible()
  const [vote] = [...room.state.votes.keys()]
  if (!vote) throw new Error('No vote is open')
  choices.forEach((choice, index) => room.receive(vote, personAt(index), choice))
  await screen.getByRole('button', { name: 'Abstimmung schließen' }).click()
  return room.state.votes.get(vote)
}

const all = (choice: Choice, count: number): Choice[] => Array.from({ length: count }, () => choice)

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})

test('everybody agrees: it is decided, members from elsewhere included', async () => {
  const room = new StagedRoom({ events: opening(councilOf53(), { remote: 40 }) })
  const screen = await circulate(room)
  await expectAccessible()
  expectTouchTargets()
  await decide(screen, room, all('yes', 53))
  await expect.element(screen.getByText(sentenceOf('rp-circular-all')).first()).toBeVisible()
  expect([...room.state.votes.values()]).toMatchObject([{ subject: 'circular', finding: { outcome: 'accepted' } }])
})

test('one objection is enough for a meeting', async () => {
  const room = new StagedRoom()
  const screen = await circulate(room)
  await decide(screen, room, [...all('yes', 52), 'no'])
  await expect.element(screen.getByText(sentenceOf('rp-circular-objection')).first()).toBeVisible()
})

test('silence is no consent, and the chair hears before that not everybody can be asked', async () => {
  const room = new StagedRoom({ events: opening(councilOf53(), { present: 50 }) })
  const screen = await circulate(room)
  await expect
    .element(screen.getByText(/^Alle 53 Mitglieder müssen zustimmen; gefragt werden können zurzeit 50\./))
    .toBeVisible()
  await decide(screen, room, all('yes', 50))
  await expect.element(screen.getByText(sentenceOf('rp-circular-silence')).first()).toBeVisible()
})

test('a member who takes part from elsewhere agrees on their device', async () => {
  const room = new StagedRoom({
    person: personAt(52),
    events: [
      ...opening(councilOf53(), { remote: 40 }),
      {
        ...{ kind: 'vote-opened', vote: 'vote:1', item: itemIds.resolution, question: 'Brücke sanieren?' },
        ...{ subject: 'circular', majority: 'unanimous-statutory', mode: 'devices', secret: false },
      },
    ],
  })
  const screen = await stage(MyVote, { room })
  await expect
    .element(screen.getByText('Umlaufbeschluss: angenommen ist er nur, wenn alle Mitglieder zustimmen.'))
    .toBeVisible()
  await screen.getByRole('button', { name: 'Ja' }).click()
  await expect.element(screen.getByText(/Ja: vom Hub empfangen/).first()).toBeVisible()
  await expectAccessible()
})

test('where the law knows no decision by circulation, none is offered', async () => {
  const screen = await stage(VotePanel, {
    room: new StagedRoom({ events: opening(councilOf53({ rules: 'de-by-2024' })) }),
  })
  await screen.getByRole('button', { name: ready }).click()
  await expect.element(screen.getByRole('combobox', { name: 'Worüber' })).toBeVisible()
  const options = [...(screen.getByRole('combobox', { name: 'Worüber' }).element() as HTMLSelectElement).options]
  expect(options.map(({ label }) => label)).not.toContain('Umlaufbeschluss')
})
