import { beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { AnyRecord, Passage } from '../../../shared/council/records/index.ts'
import { expectAccessible } from '../votes/testing/accessible.ts'
import PassageMenu from './PassageMenu.svelte'
import { PassageShelf } from './passage-shelf.svelte.ts'
import { Office } from './testing/office.svelte.ts'
import { stage } from '../votes/testing/staged.ts'

const stamps = { schema: 1, created: '2026-11-01T08:00:00Z', modified: '2026-11-01T08:00:00Z' } as const
const passage = (key: string, fields: Partial<Passage> = {}): Passage => ({
  ...{
    ...stamps,
    _id: `passage:${key.replaceAll(/\W/g, '')}`,
    type: 'passage',
    name: key,
    text: `${key} {item}`,
    order: 'a0',
    ...fields,
  },
})
const council = 'organization:council'

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})

async function open(records: readonly AnyRecord[]) {
  const office = new Office(records)
  const shelf = new PassageShelf(office.data, () => ({ organizations: [council], rules: 'de-rp-2024', locale: 'de' }))
  const inserted = vi.fn()
  const screen = await stage(PassageMenu, { shelf, oninsert: inserted })
  ;(screen.getByRole('button', { name: 'Textbaustein einfügen' }).element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('menuitem').first()).toHaveFocus()
  const groups = () =>
    screen
      .getByRole('group')
      .elements()
      .map((group) => [
        document.getElementById(group.getAttribute('aria-labelledby') ?? '')?.textContent,
        ...[...group.querySelectorAll('[role=menuitem]')].map(({ textContent }) => textContent?.trim()),
      ])
  return { office, screen, inserted, groups }
}

async function keep(office: Office, record: Passage): Promise<void> {
  expect(await office.save(record)).toMatchObject({ ok: true })
}

const law = [
  'Vorschläge nach dem Recht',
  'Einladung festgestellt (§ 34 GemO)',
  'Bericht der Verwaltung (§ 33 GemO)',
  'Einwohnerfragestunde (§ 16a GemO)',
  'Hinweis auf Ausschließungsgründe (§ 22 GemO)',
  'Bekanntgabe nichtöffentlicher Beschlüsse (§ 35 Abs. 1 GemO)',
]

test('passages stand in groups, the nearest first, and are inserted by keyboard as they are kept', async () => {
  const { groups, inserted, screen } = await open([
    passage('Begrüßung', { source: 'Geschäftsordnung § 3' }),
    passage('Vorstellung', { organization: council }),
    passage('Fremd', { organization: 'organization:planning' }),
  ])
  expect(groups()).toEqual([
    ['Dieses Gremium', 'Vorstellung'],
    ['Ganze Stadt', 'Begrüßung (Geschäftsordnung § 3)'],
    law,
  ])
  await expectAccessible()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.poll(() => inserted.mock.calls).toEqual([['Begrüßung {item}']])
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument()
})

test('what somebody edits, adds or takes away meanwhile shows at once, also without network', async () => {
  const { office, groups } = await open([passage('Begrüßung')])
  expect(groups()).toEqual([['Ganze Stadt', 'Begrüßung'], law])
  office.phase = 'offline'
  await keep(office, passage('Begrüßung', { name: 'Willkommen' }))
  await expect.poll(groups).toEqual([['Ganze Stadt', 'Willkommen'], law])
  await keep(office, passage('Vorstellung', { organization: council }))
  await expect.poll(groups).toEqual([['Dieses Gremium', 'Vorstellung'], ['Ganze Stadt', 'Willkommen'], law])
  await keep(office, passage('Begrüßung', { deleted: true }))
  await expect.poll(groups).toEqual([['Dieses Gremium', 'Vorstellung'], law])
})

test('a passage of the town stands in the place of what the law suggests under that name', async () => {
  const { groups } = await open([passage('Bericht der Verwaltung')])
  expect(groups()).toEqual([
    ['Ganze Stadt', 'Bericht der Verwaltung'],
    law.filter((name) => !name?.startsWith('Bericht')),
  ])
})
