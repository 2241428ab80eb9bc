import axe from 'axe-core'
import { mount, unmount } from 'svelte'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { overwriteGetLocale } from '../../../../shared/i18n/index.ts'
import { success } from '../../../../shared/result.ts'
import type { Data } from '../../../data/contract.ts'
import '../../../ui/tokens/index.css'
import { Notices } from '../../../ui/notice/notices.svelte.ts'
import CockpitFrame from './CockpitFrame.svelte'
import { TestRoom } from './test-room.svelte.ts'
import { addable, closedPart, debate, items, hubAuthor, memberAuthor, prepared, start } from './town-council.ts'

const scenes = { prepared, debate, closed: closedPart, empty: () => [] }

let preferences = $state<Record<string, unknown>>({})
const data = {
  session: { kind: 'unknown' },
  sync: { phase: 'live', freshAsOf: new Date(start).toISOString(), pending: 0, refused: [], progress: null },
  town: null,
  preference: (key: string) => preferences[key],
  setPreference: async (key: string, value: unknown) => void (preferences[key] = value),
  presenceCode: async () => success({ code: 'K7M4XQ', until: '2100-01-01T00:00:00Z' }),
  select: ({ type }: { type: string }) => ({
    entries: type === 'agenda-item' ? [...items, addable].map((record) => ({ record })) : [],
    state: 'ready',
  }),
} as unknown as Data

let room: TestRoom
let notices: Notices
let frame: ReturnType<typeof mount> | undefined

/** Shows a scene from its beginning: `scene`, `scheme`, `density`, `locale`, `as=member`, `sound`. */
async function show(query: string): Promise<void> {
  const asked = new URLSearchParams(query)
  if (frame) await unmount(frame)
  for (const name of ['scheme', 'density']) {
    const value = asked.get(name)
    if (value) document.documentElement.dataset[name] = value
    else delete document.documentElement.dataset[name]
  }
  const locale = asked.get('locale') === 'en' ? 'en' : 'de'
  document.documentElement.lang = locale
  overwriteGetLocale(() => locale)
  preferences = asked.has('sound') ? { 'cockpit.sound': true } : {}
  const happenings = scenes[(asked.get('scene') ?? 'debate') as keyof typeof scenes]()
  room = asked.get('as') === 'member' ? new TestRoom(happenings, memberAuthor(2), false) : new TestRoom(happenings)
  notices = new Notices()
  frame = mount(CockpitFrame, { target: document.body, props: { data, room, notices } })
}
await show(location.search)

/** Segments reach to the frame around them, other fields to the label that is pressed in their place. */
const boxOf = (control: Element): DOMRect =>
  (
    control.closest('fieldset:has(> label)') ??
    control.closest('label') ??
    control.closest('div:has(> [role="switch"])') ??
    control
  ).getBoundingClientRect()

/** Controls that a finger of 48 pixels would miss. */
const smallControls = (): string[] =>
  [...document.querySelectorAll('button, a[href], input, select, textarea, summary, [role="tab"]')]
    .filter((control) => !control.closest('.visually-hidden') && control.getClientRects().length > 0)
    .map((control) => ({ control, box: boxOf(control) }))
    .filter(({ box }) => Math.min(box.width, box.height) < 47.9)
    .map(({ control, box }) => `${box.width} x ${box.height}: ${control.outerHTML.slice(0, 120)}`)

/** Buttons whose words reach out of their frame. */
const squeezed = (): string[] =>
  [...document.querySelectorAll('.button')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
    .map(({ textContent }) => textContent.trim())

/** Pixels by which the page is larger than its window. */
const overflow = (): { wide: number; high: number } => {
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
  return { wide: scrollWidth - clientWidth, high: scrollHeight - clientHeight }
}

/** What axe finds within an element. */
async function violations(scope: string): Promise<unknown[]> {
  // Colours on their way from one to another are nobody's.
  const moving = document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
  await Promise.allSettled(moving.map(({ finished }) => finished))
  const { violations: found } = await axe.run(scope === 'body' ? document : scope, { resultTypes: ['violations'] })
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })))
}

/** Tones that were started in this page. */
let beats = 0
class CountedTone extends OscillatorNode {
  override start(when?: number): void {
    beats += 1
    super.start(when)
  }
}
globalThis.OscillatorNode = CountedTone

/** For tests: the clock, and what others write meanwhile. */
Object.assign(globalThis, {
  meeting: {
    show,
    smallControls,
    violations,
    beats: () => beats,
    notice: (text: string) => notices.show(text),
    overflow,
    squeezed,
    focused: () => document.activeElement?.getAttribute('aria-label'),
    called: () =>
      document.querySelector('#cockpit-roster .mark.caution')?.closest('li')?.querySelector('.name')?.textContent ?? '',
    advance: (ms: number) => (room.tick += ms),
    write: (body: EventBody) => room.run(body),
    hub: (body: EventBody) => room.tell(body, hubAuthor),
    bodies: () => room.events.map(({ event }) => event.body),
    refused: () => room.state.refused.length,
    facts: () => ({
      phase: room.state.phase,
      public: room.state.public,
      current: room.state.current,
      floor: room.state.floor,
      presiding: room.state.presiding,
      agenda: room.state.agenda.map(({ item, status }) => `${item.slice(12)} ${status}`),
    }),
  },
})
