import axe from 'axe-core'
import { describe, expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { ConsentAct } from '../../../shared/council/consent.ts'
import type { Speaker } from '../../../shared/council/events/speech.ts'
import type { ConsentChange, ConsentForm, SpeakerConsent } from '../../../shared/hub-api/consent.ts'
import { failed, success } from '../../../shared/result.ts'
import { consentRules, standingsOf } from '../../../shared/rules/broadcast/consent.ts'
import { reduceMeeting } from '../../../shared/rules/meeting/log.ts'
import type { MeetingState, Speech } from '../../../shared/rules/meeting/state.ts'
import type { Data } from '../../data/contract.ts'
import { silencedOf } from './speakers.ts'
import ConsentStage from './testing/ConsentStage.svelte'

const person = 'person:a'

async function expectAccessible(): Promise<void> {
  const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
  await Promise.allSettled(moving.map(({ finished }) => finished))
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

/** A hub's register, reached or not. */
function hubWith({ isReached = true, roles = ['clerk'] } = {}) {
  const acts: ConsentAct[] = []
  const forms: ConsentForm[] = []
  const own = () => ({ person, acts: [...acts], standings: standingsOf(acts), rules: consentRules.version })
  const cleared: SpeakerConsent = {
    ...{ speaker: { person }, acts: [], standings: standingsOf([]), live: true, recording: true },
  }
  const data = {
    session: { kind: 'signed-in', session: { principal: { account: 'account:1', person, roles } } },
    sync: { phase: 'live' },
    consents: {
      own: async () => (isReached ? success(own()) : failed('unreachable')),
      change: async ({ uses, given }: ConsentChange) => {
        const more = {
          subject: { person },
          by: 'account:1',
          way: { kind: 'own' },
          rules: consentRules.version,
        } as const
        acts.push(...uses.map((use) => ({ ...more, use, given, at: '2026-12-01T17:00:00Z' })))
        return success(own())
      },
      ofMeeting: async () => (isReached ? success([cleared]) : failed('unreachable')),
      enterForm: async (_meeting: string, form: ConsentForm) => (forms.push(form), success([cleared])),
    },
  } as unknown as Data
  return { data, acts, forms }
}

const speechOf = (speech: string, speaker: Speaker, status: Speech['status']): [string, Speech] => [
  speech,
  { speech, item: null, speaker, form: 'speech', requested: 0, late: false, status, spans: [{ from: 1 }] },
]
const meeting: MeetingState = {
  ...reduceMeeting('meeting:1', []),
  speeches: new Map([
    speechOf('speech:1', { guest: 'Erika Gast' }, 'speaking'),
    speechOf('speech:2', { person }, 'waiting'),
  ]),
}

describe('one’s own consent', () => {
  test('is given and withdrawn in the settings; of a recording it is asked first, as what is there goes', async () => {
    const { data, acts } = hubWith()
    const screen = render(ConsentStage, { data })
    await expect.element(screen.getByText('Nicht gefragt').first()).toBeVisible()
    await expectAccessible()
    await screen.getByRole('button', { name: 'Zustimmen: Bild in der Aufzeichnung' }).click()
    await screen.getByRole('button', { name: 'Widerrufen: Bild in der Aufzeichnung' }).click()
    await expect.element(screen.getByRole('dialog')).toBeVisible()
    await expectAccessible()
    expect(acts.map(({ given }) => given)).toEqual([true])
    await screen.getByRole('dialog').getByRole('button', { name: 'Widerrufen' }).click()
    await expect.element(screen.getByText('Nicht zugestimmt', { exact: true })).toBeVisible()
    expect(acts.map(({ use, given }) => [use, given])).toEqual([
      ['recording-picture', true],
      ['recording-picture', false],
    ])
  })

  test('is said to be unknown without the hub', async () => {
    const screen = render(ConsentStage, { data: hubWith({ isReached: false }).data })
    await expect.element(screen.getByText('Ihre Einwilligungen sind gerade nicht zu erfahren')).toBeVisible()
    await expectAccessible()
  })
})

describe('the desk', () => {
  test('names who may not be shown, those who wait as well, and takes a signed form from the clerk', async () => {
    const { data, forms } = hubWith()
    const screen = render(ConsentStage, { data, state: meeting })
    const rows = screen.getByRole('listitem')
    await expect.element(rows.filter({ hasText: 'Erika Gast' })).toMatchTextContent(/Spricht.*Wird nicht gezeigt/s)
    await expect.element(rows.filter({ hasText: person }).first()).toMatchTextContent(/Redeliste.*Darf gezeigt werden/s)
    await expectAccessible()
    await screen.getByRole('button', { name: 'Formular eintragen' }).click()
    const save = screen.getByRole('button', { name: 'Eintragen', exact: true })
    await expect.element(save).toBeDisabled()
    await screen.getByRole('textbox', { name: /Name/ }).fill('Erika Gast')
    await screen.getByRole('checkbox', { name: 'Bild während der Sitzung' }).click()
    await expectAccessible()
    await save.click()
    await expect.poll(() => forms).toMatchObject([{ speaker: { guest: 'Erika Gast' }, uses: ['live-picture'] }])
  })

  test('shows nobody as cleared while nothing is known, and offers no form to who may not enter one', async () => {
    const screen = render(ConsentStage, { data: hubWith({ isReached: false, roles: ['chair'] }).data, state: meeting })
    await expect.element(screen.getByText(/nicht bekannt, wer gezeigt/)).toBeVisible()
    expect(screen.getByText('Wird nicht gezeigt').elements()).toHaveLength(2)
    expect(screen.getByRole('button', { name: 'Formular eintragen' }).elements()).toEqual([])
    expect(silencedOf(meeting, undefined)).toEqual([{ guest: 'Erika Gast' }])
    const known = [{ speaker: { guest: 'Erika Gast' }, live: true }] as unknown as SpeakerConsent[]
    expect(silencedOf(meeting, known)).toEqual([])
  })
})
