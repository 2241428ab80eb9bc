import { beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import { motionOrder } from '../../../shared/rules/motion-order.ts'
import { expectAccessible, expectTouchTargets } from '../votes/testing/accessible.ts'
import { councilOf53, itemIds, opening, personAt, proposal } from '../votes/testing/council.ts'
import { StagedRoom } from '../votes/testing/stage.svelte.ts'
import { stage } from '../votes/testing/staged.ts'
import MotionPanel from './MotionPanel.svelte'

const item = itemIds.resolution
const me = personAt(9)
const amendment = (motion: string, title: string, text: string, persons: string[] = [me]): EventBody => ({
  kind: 'motion-put',
  motion,
  item,
  form: 'amendment',
  persons,
  title,
  text,
  changes: proposal,
})
const small = amendment('motion:small', 'Radweg verlegen', proposal.replace('Kauzbachstraße', 'Lindenallee'))
const large = amendment(
  'motion:large',
  'Alles verschieben',
  proposal.replaceAll('2027', '2028').replace('halbjährlich', 'jährlich'),
  [],
)
const roomWith = (person: string | undefined, ...motions: EventBody[]): StagedRoom =>
  new StagedRoom({ ...(person ? { person } : {}), events: [...opening(councilOf53()), ...motions] })
const titles = (): (string | null)[] =>
  [...document.querySelectorAll('ol > li[data-row]')].map((row) => row.getAttribute('aria-label'))

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})

test('the most far-reaching first as a suggestion; the chair changes it by key and by button, and the log has it', async () => {
  const room = roomWith(undefined, small, large)
  const onvote = vi.fn()
  const screen = await stage(MotionPanel, { room, onvote })
  await expect.element(screen.getByRole('heading', { name: 'Alles verschieben' })).toBeVisible()
  expect(titles()).toEqual(['Alles verschieben', 'Radweg verlegen'])
  await expectAccessible()
  expectTouchTargets()
  const grip = screen.getByRole('button', { name: '„Radweg verlegen“ verschieben, Platz 2 von 2' })
  ;(grip.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowUp}')
  await expect.poll(titles).toEqual(['Radweg verlegen', 'Alles verschieben'])
  await expect
    .element(screen.getByRole('button', { name: '„Radweg verlegen“ verschieben, Platz 1 von 2' }))
    .toHaveFocus()
  await expect.element(screen.getByRole('status')).toHaveTextContent('„Radweg verlegen“ ist jetzt an Platz 1 von 2.')
  expect(motionOrder(room.state, item).map(({ motion }) => motion)).toEqual(['motion:small', 'motion:large'])
  await screen.getByRole('button', { name: '„Radweg verlegen“ später abstimmen' }).click()
  await expect.poll(titles).toEqual(['Alles verschieben', 'Radweg verlegen'])
  await screen.getByRole('button', { name: 'Abstimmen' }).first().click()
  expect(onvote.mock.calls).toEqual([
    [
      {
        item,
        motion: { motion: 'motion:large', form: 'amendment', title: 'Alles verschieben' },
        question: 'Alles verschieben',
      },
    ],
  ])
})

test('a screen reader hears what is put in and what is taken out', async () => {
  const screen = await stage(MotionPanel, { room: roomWith(undefined, small) })
  const line = screen.getByRole('list', { name: 'Unterschied' }).getByRole('listitem').nth(3)
  await expect
    .element(line)
    .toMatchTextContent(/über die ?\[gestrichen: Kauzbachstraße\] ?\[eingefügt: Lindenallee\] geführt/)
  expect(document.querySelectorAll('del, ins').length).toBeGreaterThan(1)
  await expect.element(screen.getByText(/^1 Einfügungen, 1 Streichungen/)).toBeVisible()
})

test('members take back what is theirs and nothing else, and cannot change the order', async () => {
  const room = roomWith(me, small, large)
  const screen = await stage(MotionPanel, { room })
  await expect.element(screen.getByRole('button', { name: 'Zurückziehen' })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Zurückziehen' }).elements()).toHaveLength(1)
  expect(document.querySelector('[data-grip]')).toBeNull()
  await screen.getByRole('button', { name: 'Zurückziehen' }).click()
  await expect.element(screen.getByText('Zurückgezogen')).toBeVisible()
  expect(room.state.motions.get('motion:small')?.status).toBe('withdrawn')
})

test('a member amends the proposal, sees the difference and hands it in; offline it waits and is late', async () => {
  const room = roomWith(me)
  const screen = await stage(MotionPanel, { room })
  await screen.getByRole('button', { name: 'Antrag stellen' }).click()
  const wording = screen.getByRole('textbox', { name: 'Neue Fassung' })
  await expect.element(wording).toHaveValue(proposal)
  await screen.getByRole('button', { name: 'Einreichen' }).click()
  await expect.element(screen.getByText('Die neue Fassung ist dieselbe wie die bisherige.')).toBeVisible()
  await wording.fill(proposal.replace('halbjährlich', 'jährlich'))
  await expect.element(screen.getByText(/^1 Einfügungen, 1 Streichungen/)).toBeVisible()
  await screen.getByRole('textbox', { name: 'Betreff' }).fill('Jährlicher Bericht')
  await screen.getByRole('combobox', { name: 'Gestellt von' }).selectOptions('meiner Fraktion: Soziale Stadtliste')
  await expectAccessible()
  expectTouchTargets()
  room.offline = true
  await screen.getByRole('button', { name: 'Einreichen' }).click()
  await expect.element(screen.getByText(/auf diesem Gerät gespeichert/).first()).toBeVisible()
  await expect.element(screen.getByText('Verspätet eingegangen')).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Antrag stellen' })).toHaveFocus()
  expect([...room.state.motions.values()]).toMatchObject([
    {
      form: 'amendment',
      title: 'Jährlicher Bericht',
      faction: 'organization:faction-1',
      persons: [],
      changes: proposal,
      late: true,
    },
  ])
})

test('another text can be pasted in place of the proposal', async () => {
  const room = roomWith(me)
  const screen = await stage(MotionPanel, { room })
  await screen.getByRole('button', { name: 'Antrag stellen' }).click()
  await screen.getByRole('combobox', { name: 'Was wird geändert?' }).selectOptions('Anderer Text, wird eingefügt')
  await screen.getByRole('textbox', { name: 'Bisheriger Text' }).fill('Alt')
  await screen.getByRole('textbox', { name: 'Neue Fassung' }).fill('Neu')
  await screen.getByRole('textbox', { name: 'Betreff' }).fill('Anders')
  await screen.getByRole('button', { name: 'Einreichen' }).click()
  await expect
    .poll(() => [...room.state.motions.values()])
    .toMatchObject([{ text: 'Neu', changes: 'Alt', persons: [me] }])
})
