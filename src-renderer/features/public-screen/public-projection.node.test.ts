import * as v from 'valibot'
import { expect, test } from 'vitest'
import { askArguments } from '../../../shared/ipc/ask-arguments.ts'
import type { MeetingProgress } from '../../../shared/council/meeting-progress.ts'
import type { WatchedDocument, WatchedMeeting } from '../../../shared/hub-api/broadcast.ts'
import { addressOfScreen, readScreenAddress } from './address.ts'
import { publicProjection } from './public-projection.ts'

const at = '2026-11-27T18:00:00Z'
const pdf: WatchedDocument = { name: 'Vorlage', href: '/files/a', mimeType: 'application/pdf', size: 1 }
const picture: WatchedDocument = { ...pdf, href: '/files/b', mimeType: 'image/png' }
const item = { item: 'agenda-item:1', number: 3, name: 'Haushalt', href: '/de', documents: [picture, pdf] }
const running: MeetingProgress = {
  ...{ _id: 'progress:m', type: 'progress', schema: 1, created: at, modified: at, meeting: 'meeting:m' },
  ...{ phase: 'open', opened: at, public: true, current: item.item, items: [], votes: [], elections: [] },
}
const meetingWith = (progress: Partial<MeetingProgress> | null): WatchedMeeting => ({
  ...{ town: 'Musterstadt', name: 'Rat', start: at, timeZone: 'Europe/Berlin', items: [item] },
  progress: progress && { ...running, ...progress },
})
const vote = (status: 'open' | 'counting' | 'decided', about: string | null = item.item) =>
  ({ vote: `vote:${status}`, item: about, question: 'Ja?', status }) as unknown as MeetingProgress['votes'][number]
const speaker = { name: 'Frau A', form: 'speech', since: at } as const

test('before the opening it waits, afterwards it is over, and a pause is one', () => {
  expect(publicProjection(meetingWith(null), true)).toEqual({ show: 'waiting' })
  expect(publicProjection(meetingWith({ phase: 'closed', public: false }), false)).toEqual({ show: 'over' })
  expect(publicProjection(meetingWith({ phase: 'paused' }), true)).toEqual({ show: 'paused' })
})

test('without the public, and where nobody can say, no word of the course is shown, whatever was chosen', () => {
  const busy = { screens: [{ show: 'text', text: 'Pause' }], speaker, votes: [vote('open')] } as const
  for (const isCurrent of [true, false])
    expect(
      publicProjection(
        meetingWith({ ...busy, votes: [...busy.votes], screens: [...busy.screens], public: false }),
        isCurrent,
      ),
    ).toEqual({ show: 'closed-part' })
  expect(publicProjection(meetingWith({ speaker, votes: [vote('open')] }), false)).toEqual({ show: 'cut-off' })
})

test('a running vote goes before the speaker, the speaker before what was decided, and only of the item that is on', () => {
  const shown = (progress: Partial<MeetingProgress>) => publicProjection(meetingWith(progress), true)
  expect(shown({ votes: [vote('decided'), vote('open')], speaker })).toEqual({
    show: 'meeting',
    item,
    vote: vote('open'),
  })
  expect(shown({ votes: [vote('decided')], speaker })).toEqual({ show: 'meeting', item, speaker })
  expect(shown({ votes: [vote('decided')] })).toEqual({ show: 'meeting', item, vote: vote('decided') })
  expect(shown({ votes: [vote('open', 'agenda-item:2')] })).toEqual({ show: 'meeting', item })
  expect(shown({ current: undefined, votes: [vote('open', null)] })).toEqual({
    ...{ show: 'meeting', item: undefined, vote: vote('open', null) },
  })
})

test('what the chair projects is shown: a text, or a page of the item’s first PDF', () => {
  const shown = (screen: NonNullable<MeetingProgress['screens']>[number]) =>
    publicProjection(meetingWith({ screens: [screen], speaker }), true)
  expect(shown({ show: 'text', text: 'Pause bis 19 Uhr' })).toEqual({ show: 'text', text: 'Pause bis 19 Uhr' })
  expect(shown({ show: 'paper', item: item.item, page: 2 })).toEqual({ show: 'paper', document: pdf, page: 2 })
  expect(shown({ show: 'paper', item: 'agenda-item:2', page: 2 })).toEqual({
    show: 'paper',
    document: undefined,
    page: 2,
  })
})

test('a display that is one of the projectors shows what is chosen for that one; any other what is chosen at all', () => {
  const screens: MeetingProgress['screens'] = [
    { show: 'text', text: 'Pause', projectors: ['projector:1', 'projector:3'] },
    { show: 'board', item: item.item, projectors: ['projector:2'] },
    { show: 'slate', projectors: ['projector:4'] },
  ]
  const shown = (number?: string) => publicProjection(meetingWith({ screens }), true, number).show
  expect(['1', '2', '3', '4', '5', undefined].map(shown)).toEqual(['text', 'board', 'text', 'slate', 'meeting', 'text'])
})

test('an address of the page reads back, and names nothing but hub, meeting and language', () => {
  const address = { origin: 'https://hub.example:8443', meeting: '01M8DYBR5SJTBAV15TGY1ZE1KD', locale: 'en' } as const
  const written = addressOfScreen(address)
  expect(written).toMatch(/^screen\.html\?[\w%.&=+-]+$/)
  expect(readScreenAddress(new URL(written, 'https://hub.example/app/'))).toEqual(address)
  const passed = { ...address, projector: '2', pass: 'eyJh-_.c2Vh' }
  const withPass = addressOfScreen(passed)
  expect(v.is(askArguments.showScreen, [{ display: 2, address: withPass }])).toBe(true)
  expect(readScreenAddress(new URL(withPass, 'https://hub.example/app/'))).toEqual(passed)
  for (const wrong of [
    '',
    '?hub=javascript:alert(1)&meeting=a',
    '?hub=https://a.example',
    '?hub=https://a.example&meeting=a/b',
  ])
    expect(readScreenAddress({ search: wrong })).toBeUndefined()
})
