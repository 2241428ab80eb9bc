import { expect, vi } from 'vitest'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { MinutesDocument } from '../../../shared/council/minutes.ts'
import { readRecord, type Minutes, type RecordOf, type RecordType } from '../../../shared/council/records/index.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import type { MinutesAct } from '../../../shared/hub-api/minutes.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { MeetingLog } from '../../../shared/rules/meeting/log.ts'
import { draftMinutes } from '../../../shared/rules/minutes/index.ts'
import {
  cast,
  closedItem,
  eventsIn,
  makeCouncil,
  meetingId,
  openItem,
  openMeeting,
  personAt,
  say,
  voteOpened,
  type Council,
} from '../meetings/council.suite.ts'
import { welcome, writeOffice, type Caller } from '../testing/hub.ts'
import type { Hub } from '../start-hub.ts'

/** Words of the evening, each said in one place alone. */
export const words = {
  open: 'QOPENWORDINGQ',
  note: 'QOPENNOTEQ',
  closedName: 'QCLOSEDNAMEQ',
  closedWording: 'QCLOSEDWORDINGQ',
  closedNote: 'QCLOSEDNOTEQ',
} as const
export const openVote = 'vote:01OPEN'
export const closedVote = 'vote:02CLOSED'
const circle = 'circle-closed'

/** A council of five after its meeting: something was decided in public, something in the circle of a closed item. */
export interface Evening {
  readonly hub: Hub
  readonly council: Council
  readonly clerk: Caller
  /** Who was kept out of the closed item, and somebody who was let in. */
  readonly keptOut: Caller
  readonly letIn: Caller
  readonly outsider: Caller
}

/** A meeting from its opening to its end, through the doors of a real hub. */
export async function spendEvening(hub: Hub & { readonly setUpCode?: string }): Promise<Evening> {
  const council = await makeCouncil(hub, { size: 5 })
  const office = await hub.store.open('office')
  const { _rev: _, ...item } = (await office.get(closedItem))!
  await writeOffice(hub, { ...item, name: words.closedName, publicTitle: 'Grundstücksangelegenheit' })
  const [chair, letIn, keptOut] = council.members
  const clerk = await welcome(hub, council.administrator, ['clerk'])
  const outsider = await welcome(hub, council.administrator, ['member'])
  await openMeeting(council)
  await say(chair!, [{ kind: 'note-added', text: words.note }])
  await decideBy(council, openVote, { item: openItem, question: words.open }, 'org-council')
  await say(keptOut!, [{ kind: 'conflict-declared', person: personAt(2), item: closedItem, away: 'room' }])
  await until(async () => (await letIn!.caller.tell('GET', `/db/${circle}/${closedItem}`)).status === 200)
  await say(chair!, [
    { kind: 'item-closed', item: openItem },
    { kind: 'part-closed' },
    { kind: 'item-opened', item: closedItem },
  ])
  await say(chair!, [{ kind: 'note-added', item: closedItem, text: words.closedNote }], { audience: circle })
  await decideBy(council, closedVote, { item: closedItem, question: words.closedWording }, circle)
  await say(chair!, [{ kind: 'item-closed', item: closedItem }, { kind: 'part-opened' }, { kind: 'meeting-closed' }])
  await until(async () => (await recordIn(hub, 'minutes', 'minutes:1')) !== undefined)
  return { hub, council, clerk, outsider, keptOut: keptOut!.caller, letIn: letIn!.caller }
}

async function decideBy(council: Council, vote: string, more: object, audience: Audience): Promise<void> {
  const [chair, letIn] = council.members
  await say(chair!, [voteOpened(vote, more)], { audience })
  for (const { caller } of [chair!, letIn!]) expect((await cast(caller, vote, { choice: 'yes' })).status).toBe(200)
  await say(chair!, [{ kind: 'vote-closed', vote } satisfies EventBody], { audience })
  const isSealed = async () =>
    (await eventsIn(letIn!.caller, audience)).some(({ body }) => body.kind === 'vote-sealed' && body.vote === vote)
  await until(isSealed)
}

/** Waits for a condition, before the tests too. */
const until = (condition: () => Promise<boolean>): Promise<void> =>
  vi.waitFor(async () => expect(await condition()).toBe(true), { timeout: 30_000 })

/** A record as an audience's store holds it. */
export async function recordIn<Type extends RecordType>(
  hub: Hub,
  _type: Type,
  id: string,
  audience: Audience = 'office',
): Promise<RecordOf[Type] | undefined> {
  const { _rev: _, ...fields } = (await (await hub.store.open(audience)).get(id)) ?? {}
  const record = readRecord(fields)
  return record.ok && !record.value.deleted ? (record.value as RecordOf[Type]) : undefined
}

export const act = async (caller: Caller, what: MinutesAct, meeting = meetingId): Promise<number> =>
  (await caller.tell('POST', paths.minutes(meeting), what)).status

/** The draft as a device of the clerk makes it. */
export async function draftOf({ council }: Evening): Promise<MinutesDocument> {
  const log = new MeetingLog(meetingId)
  for (const audience of ['org-council', circle] as const) log.insert(await eventsIn(council.administrator, audience))
  const items = new Map([
    [openItem, { number: '1', name: 'Ausbau', shown: true }],
    [closedItem, { number: '2', name: words.closedName, shown: false, publicTitle: 'Grundstücksangelegenheit' }],
  ])
  return draftMinutes({
    ...{ state: log.state, events: log.events, items, locale: 'de', zone: 'Europe/Berlin', body: 'Musterstadt' },
    ...{ meeting: { name: 'Sitzung', organization: 'Rat' }, clerk: 'Karla Kanzlei' },
  })!
}

/** From the draft to what both have signed. */
export async function signBoth(evening: Evening, document?: MinutesDocument): Promise<Minutes> {
  const { hub, clerk, council } = evening
  expect(await act(clerk, { act: 'present', document: document ?? (await draftOf(evening)) })).toBe(204)
  const { digest } = (await recordIn(hub, 'minutes', 'minutes:1'))!
  expect(await act(council.chair.caller, { act: 'sign', by: 'chair', digest: digest! })).toBe(204)
  expect(await act(clerk, { act: 'sign', by: 'clerk', digest: digest! })).toBe(204)
  return (await recordIn(hub, 'minutes', 'minutes:1'))!
}
