import { expect } from 'vitest'
import type { Constitution } from '../../../shared/council/events/constitution.ts'
import {
  meetingEventRange,
  readMeetingEvent,
  type EventBody,
  type MeetingEvent,
} from '../../../shared/council/meeting-event.ts'
import {
  paths,
  type ApiFailure,
  type BallotReceipt,
  type LiveTicket,
  type RefusedWrite,
} from '../../../shared/hub-api/contract.ts'
import type { BallotRequest } from '../../../shared/hub-api/meetings.ts'
import type { StoredDocument } from '../../../shared/ports/document-store.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { reduceMeeting } from '../../../shared/rules/meeting/log.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import {
  Caller,
  bodyRecord,
  membershipRecord,
  organizationRecord,
  personRecord,
  setUp,
  welcome,
} from '../testing/hub.ts'
import { openLiveAt, type LiveClient } from '../replication/live-client.suite.ts'
import type { Hub } from '../start-hub.ts'
import { SigningDevice, type SentEvent } from '../testing/signed-events.ts'

const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
const published = { publication: { state: 'published', step: 1 } }
export const meetingId = 'meeting:1'
export const openItem = 'agenda-item:open'
export const closedItem = 'agenda-item:closed'

export const personAt = (index: number): string => `person:p${String(index).padStart(2, '0')}`
const keyAt = (index: number): string => personAt(index).slice('person:'.length)

/** Somebody of the council, signed in at a device that signs. */
export interface Councillor {
  readonly caller: Caller
  readonly device: SigningDevice
  readonly person: string | null
}

/** A hub with a council that is called to a meeting; everything went in by its doors. */
export interface Council {
  readonly origin: string
  readonly administrator: Caller
  readonly chair: Councillor
  /** The chair among them, as the first. */
  readonly members: readonly Councillor[]
}

type HubAt = Pick<Hub, 'origin'> & { readonly setUpCode?: string }

export interface CouncilOptions {
  readonly size: number
  /** Bodies that meet; the council alone unless given. */
  readonly organizations?: readonly string[]
  /** In which of them each member sits; in the first unless given. */
  readonly bodyOf?: (index: number) => string
}

/** Sets a new hub up with a council of so many, each with an account; the first of them is the chair. */
export async function makeCouncil(hub: HubAt, options: CouncilOptions): Promise<Council> {
  const { size, organizations = ['council'], bodyOf = () => organizations[0] ?? '' } = options
  const administrator = await setUp(hub as never)
  const indexes = Array.from({ length: size }, (_, index) => index)
  await put(administrator, 'office', [
    bodyRecord('town'),
    {
      ...stamp,
      _id: 'legislative-term:1',
      type: 'legislative-term',
      body: 'body:town',
      name: '1',
      startDate: '2024-07-01',
    },
    ...organizations.map((key) => organizationRecord(key, 'council')),
    ...indexes.map((index) => personRecord(keyAt(index))),
    ...indexes.map((index) => membershipRecord(keyAt(index), bodyOf(index), {})),
    {
      ...{ ...stamp, ...published, _id: meetingId, type: 'meeting', term: 'legislative-term:1', name: 'Meeting' },
      ...{
        organization: organizations.map((key) => `organization:${key}`),
        start: '2026-12-01T17:00:00Z',
        public: true,
      },
    },
    ...[openItem, closedItem].map((_id, index) => ({
      ...{ ...stamp, _id, type: 'agenda-item', meeting: meetingId, term: 'legislative-term:1', order: `a${index}` },
      ...{ name: _id, public: _id === openItem },
    })),
  ])
  await expect(new Caller(hub.origin).tell('GET', '/readyz')).resolves.toMatchObject({ status: 200 })
  const members: Councillor[] = []
  for (const index of indexes)
    members.push(
      await councillor(await welcome(hub as Hub, administrator, rolesAt(index), personAt(index)), personAt(index)),
    )
  return { origin: hub.origin, administrator, chair: members[0]!, members }
}

const rolesAt = (index: number) => (index === 0 ? (['chair', 'member'] as const) : (['member'] as const))

export const councillor = async (caller: Caller, person: string | null): Promise<Councillor> => ({
  caller,
  device: await SigningDevice.of(caller),
  person,
})

/** Writes documents by the replication protocol, each of which has to be taken. */
async function put(caller: Caller, audience: Audience, docs: readonly object[]): Promise<void> {
  const { status, body } = await caller.tell<{ ok?: true }[]>('POST', `${paths.database(audience)}/_bulk_docs`, {
    docs,
  })
  if (status !== 201 || !body.every(({ ok }) => ok)) throw new Error(`${audience}: ${status} ${JSON.stringify(body)}`)
}

/** Sends events as replication does; answers those that the hub refused. */
export async function send(caller: Caller, audience: Audience, docs: readonly SentEvent[]): Promise<RefusedWrite[]> {
  const answer = await caller.tell<RefusedWrite[]>('POST', `${paths.database(audience)}/_bulk_docs`, {
    docs,
    new_edits: false,
  })
  expect(answer.status).toBe(201)
  return answer.body
}

/** One after the other, by one device, all of which have to be taken. */
export async function say(
  { caller, device }: Councillor,
  bodies: readonly EventBody[],
  { audience = 'org-council', at }: { audience?: Audience; at?: number } = {},
): Promise<SentEvent[]> {
  const events = bodies.map((body) => device.write(meetingId, body, { audience, ...(at === undefined ? {} : { at }) }))
  expect(await send(caller, audience, events)).toEqual([])
  return events
}

export const constitutionOf = (council: Council, organizations: readonly string[] = ['council']): Constitution => ({
  organizations: organizations.map((key) => `organization:${key}`),
  rules: 'de-rp-2024',
  statutoryNumber: council.members.length,
  seats: council.members.map(({ person }) => ({
    person: person ?? '',
    name: person ?? '',
    votes: true,
    elected: true,
  })),
  factions: [],
  presidents: [personAt(0)],
  agenda: [
    { item: openItem, public: true, matter: 'ordinary' },
    { item: closedItem, public: false, matter: 'ordinary' },
  ],
  call: 'first',
  constituent: false,
  hybrid: false,
  recording: 'none',
})

export const prepared = (council: Council, organizations?: readonly string[]): EventBody => ({
  kind: 'meeting-prepared',
  constitution: constitutionOf(council, organizations),
})

/** Everybody is in the room, the meeting and its first item are open. */
export async function openMeeting(council: Council, more: { audience?: Audience; at?: number } = {}): Promise<void> {
  const arrivals = council.members.map(({ person }): EventBody => ({
    ...{ kind: 'person-arrived', person: person ?? '', mode: 'room', by: 'list' },
  }))
  const course: EventBody[] = [{ kind: 'meeting-opened' }, { kind: 'item-opened', item: openItem }]
  await say(council.chair, [prepared(council), ...arrivals, ...course], more)
}

export const voteOpened = (vote: string, more: object = {}): EventBody => ({
  ...{ kind: 'vote-opened', vote, item: openItem, question: 'Shall it be so?', subject: 'resolution' },
  ...{ majority: 'simple', mode: 'devices', secret: false, ...more },
})

export const cast = (caller: Caller, vote: string, body: object): Promise<{ status: number; body: BallotReceipt }> =>
  caller.tell<BallotReceipt>('PUT', paths.ballot(vote), { meeting: meetingId, ...body })

/** The live socket of somebody's device. */
export async function openSocket({ origin }: Pick<Council, 'origin'>, caller: Caller): Promise<LiveClient> {
  const { body } = await caller.tell<LiveTicket>('POST', paths.liveTicket)
  return openLiveAt(origin, body.ticket)
}

/** Casts a ballot over a socket; undefined when the socket closed before it was answered. */
export async function castLive(
  socket: LiveClient,
  vote: string,
  ballot: Omit<BallotRequest, 'meeting'>,
): Promise<BallotReceipt | ApiFailure | undefined> {
  socket.ask({ kind: 'ballot', number: 1, vote, ballot: { meeting: meetingId, ...ballot } })
  const tell = await Promise.race([socket.next('ballot-answered'), socket.closed])
  return typeof tell === 'object' ? tell.answer : undefined
}

/** The log as an audience holds it now. */
export async function eventsIn(caller: Caller, audience: Audience = 'org-council'): Promise<MeetingEvent[]> {
  const { startKey, endKey } = meetingEventRange(meetingId)
  const range = `startkey=${encodeURIComponent(JSON.stringify(startKey))}&endkey=${encodeURIComponent(JSON.stringify(endKey))}`
  const { body } = await caller.tell<{ rows: { doc: StoredDocument }[] }>(
    'GET',
    `${paths.database(audience)}/_all_docs?include_docs=true&${range}`,
  )
  return body.rows.map(({ doc }) => {
    const event = readMeetingEvent(doc)
    if (!event.ok) throw new Error(JSON.stringify(event.failure))
    return event.value
  })
}

export const stateIn = async (caller: Caller, audience?: Audience): Promise<MeetingState> =>
  reduceMeeting(meetingId, await eventsIn(caller, audience))
