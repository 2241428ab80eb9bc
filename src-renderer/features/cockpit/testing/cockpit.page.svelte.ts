import { mount } from 'svelte'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { overwriteGetLocale } from '../../../../shared/i18n/index.ts'
import { success } from '../../../../shared/result.ts'
import type { Data } from '../../../data/contract.ts'
import '../../../ui/tokens/index.css'
import { Notices } from '../../../ui/notice/notices.svelte.ts'
import CockpitFrame from './CockpitFrame.svelte'
import { TestRoom } from './test-room.svelte.ts'
import { closedPart, debate, memberAuthor, prepared, start } from './town-council.ts'

/** What the address asks for: `scene`, `scheme`, `density`, `locale`, `as=member`. */
const asked = new URLSearchParams(location.search)
const scenes = { prepared, debate, closed: closedPart, empty: () => [] }
const scene = (asked.get('scene') ?? 'debate') as keyof typeof scenes

for (const name of ['scheme', 'density']) {
  const value = asked.get(name)
  if (value) document.documentElement.dataset[name] = value
}
const locale = asked.get('locale') === 'en' ? 'en' : 'de'
document.documentElement.lang = locale
overwriteGetLocale(() => locale)

const preferences = $state<Record<string, unknown>>({})
const data = {
  session: { kind: 'unknown' },
  sync: { phase: 'live', freshAsOf: new Date(start).toISOString(), pending: 0, refused: [], progress: null },
  town: null,
  preference: (key: string) => preferences[key],
  setPreference: async (key: string, value: unknown) => void (preferences[key] = value),
  presenceCode: async () => success({ code: 'K7M4XQ', until: '2100-01-01T00:00:00Z' }),
  select: () => ({ entries: [], state: 'ready' }),
} as unknown as Data

const member = asked.get('as') === 'member'
const room = member ? new TestRoom(scenes[scene](), memberAuthor(2), false) : new TestRoom(scenes[scene]())
const notices = new Notices()
mount(CockpitFrame, { target: document.body, props: { data, room, notices } })

/** Controls that a finger of 42 pixels would miss. */
const smallControls = (): string[] =>
  [...document.querySelectorAll('button, a[href], input, select, textarea, summary, [role="tab"]')]
    .filter((control) => !control.closest('.visually-hidden') && control.getClientRects().length > 0)
    .map((control) => ({ control, box: (control.closest('label') ?? control).getBoundingClientRect() }))
    .filter(({ box }) => Math.min(box.width, box.height) < 41.9)
    .map(({ control }) => control.outerHTML.slice(0, 120))

/** Pixels by which the page is larger than its window. */
const overflow = (): { wide: number; high: number } => {
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
  return { wide: scrollWidth - clientWidth, high: scrollHeight - clientHeight }
}

/** For tests: the clock, and what others write meanwhile. */
Object.assign(globalThis, {
  meeting: {
    smallControls,
    notice: (text: string) => notices.show(text),
    overflow,
    focused: () => document.activeElement?.getAttribute('aria-label'),
    called: () =>
      document.querySelector('#cockpit-roster .mark.caution')?.closest('li')?.querySelector('.name')?.textContent ?? '',
    advance: (ms: number) => (room.tick += ms),
    write: (body: EventBody) => room.run(body),
    kinds: () => room.events.map(({ event }) => event.body.kind),
    bodies: () => room.events.map(({ event }) => event.body),
    refused: () => room.state.refused.length,
    facts: () => ({
      phase: room.state.phase,
      public: room.state.public,
      current: room.state.current,
      floor: room.state.floor,
      agenda: room.state.agenda.map(({ item, status }) => `${item.slice(12)} ${status}`),
    }),
  },
})
