import { expect, test } from 'vitest'
import type { MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { largestAppend } from '../../../shared/hub-api/live.ts'
import { backUp, restore } from '../backup.ts'
import { hubKeyOf, makeSecretKey } from '../signing.ts'
import { makeFolder, startTestHub, type Caller, type TestHub } from '../testing/hub.ts'
import { SigningDevice, type SentEvent } from '../testing/signed-events.ts'
import {
  eventsIn,
  makeCouncil,
  meetingId,
  openItem,
  openSocket,
  prepared,
  say,
  send,
  type Council,
} from './council.suite.ts'

const noon = Date.parse('2026-12-01T12:00:00Z')
const heard = { kind: 'note-added', text: 'Heard.' } as const

async function start(): Promise<{ hub: TestHub; council: Council; set: (ms: number) => void }> {
  let now = noon
  const hub = await startTestHub({ now: () => now })
  return { hub, council: await makeCouncil(hub, { size: 2 }), set: (ms) => void (now = ms) }
}

const reasonOf = async (caller: Caller, event: SentEvent, audience = 'org-council') =>
  (await send(caller, audience as 'org-council', [event])).map(({ reason, faults }) => [reason, faults?.[0]?.field])

test('an event from the future, or late without saying so, is refused; what says so is taken', async () => {
  const { council, set } = await start()
  const { caller, device } = council.members[1]!
  const now = noon + 3_600_000
  set(now)
  const at = (ms: number, more: object = {}) => device.sign({ ...device.write(meetingId, heard, { at: ms }), ...more })
  const first = { place: 1, previous: null, certificate: device.certificate }
  expect(await reasonOf(caller, at(now + 120_001, first))).toEqual([['clock', '_id']])
  const other = (await SigningDevice.of(caller)).write(meetingId, heard, { at: now - 30_001 })
  expect(await reasonOf(caller, other)).toEqual([['clock', 'offline']])
  const late = (await SigningDevice.of(caller)).write(meetingId, heard, { at: now - 30_001, offline: true })
  expect(await reasonOf(caller, late)).toEqual([])
  const inTime = (await SigningDevice.of(caller)).write(meetingId, heard, { at: now - 30_000 })
  expect(await reasonOf(caller, inTime)).toEqual([])
  const early = (await SigningDevice.of(caller)).write(meetingId, heard, { at: now + 120_000 })
  expect(await reasonOf(caller, early)).toEqual([])
})

test('what was in time before a backup was restored is taken again as it was signed', async () => {
  const { hub, council } = await start()
  const [event] = await say(council.members[1]!, [heard], { at: noon })
  await hub.stop()
  const [copy, data] = [`${await makeFolder()}/copy`, `${await makeFolder()}/data`]
  await backUp(hub.folder, copy)
  await restore(copy, data)
  const again = await startTestHub({ folder: data, now: () => noon + 3_600_000 })
  const store = await again.store.open('org-council')
  expect(await store.get(event!._id)).toBeDefined()
  const next = council.members[1]!.device.write(meetingId, heard, { audience: 'org-council', at: noon + 1 })
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${council.members[1]!.caller.session!.token}`,
  }
  const answer = await fetch(`${again.origin}/db/org-council/_bulk_docs`, {
    ...{ method: 'POST', headers, body: JSON.stringify({ docs: [next], new_edits: false }) },
  })
  expect(await answer.json()).toEqual([])
})

test('what is changed, signed by another key, or vouched for by another hub is refused', async () => {
  const { council } = await start()
  const { caller, device } = council.members[1]!
  const good = device.write(meetingId, heard, { at: noon })
  const { person, roles } = device.certificate
  const account = caller.session!.account.id
  const strange = SigningDevice.certifiedBy(hubKeyOf(makeSecretKey()), { account, person, roles })
  const refused = [['signature', 'signature']]
  expect(await reasonOf(caller, { ...good, body: { kind: 'note-added', text: 'Never said.' } })).toEqual(refused)
  expect(await reasonOf(caller, { ...good, signature: good.signature.replace(/^../, 'AA') })).toEqual(refused)
  expect(await reasonOf(caller, { ...good, offline: true })).toEqual(refused)
  const uncertified = [['signature', 'certificate']]
  expect(await reasonOf(caller, strange.write(meetingId, heard, { at: noon }))).toEqual(uncertified)
  const { certificate: _, ...without } = good
  expect(await reasonOf(caller, device.sign(without))).toEqual(uncertified)
  const borrowed = { ...good, certificate: council.chair.device.certificate }
  expect(await reasonOf(caller, device.sign(borrowed))).toEqual(uncertified)
  const promoted = { ...device.certificate, roles: [...roles, 'chair' as const] }
  expect(await reasonOf(caller, device.sign({ ...good, certificate: promoted }))).toEqual(uncertified)
  // In another's name, with everything else in order: the rules of access see to it.
  expect(await reasonOf(council.chair.caller, good)).toEqual([['not-the-author', undefined]])
  expect(await reasonOf(caller, good)).toEqual([])
})

test('a chain is taken in any order within a request, and nothing of it behind a gap', async () => {
  const { council } = await start()
  const { caller, device } = council.members[1]!
  const [one, two, three, four, five] = Array.from({ length: 5 }, (_, n) =>
    device.write(meetingId, { ...heard, text: `${n}` }, { at: noon + n }),
  ) as [SentEvent, SentEvent, SentEvent, SentEvent, SentEvent]
  expect(await reasonOf(caller, two)).toEqual([['chain', 'place']])
  expect(await send(caller, 'org-council', [three, one, two])).toEqual([])
  const behind = await send(caller, 'org-council', [five])
  expect(behind).toMatchObject([
    { id: five._id, reason: 'chain', faults: [{ field: 'place', message: expect.stringContaining('4') as string }] },
  ])
  expect(await send(caller, 'org-council', [five, four])).toEqual([])
  const forked = { ...heard, text: 'instead of the fifth' }
  const fork = device.write(meetingId, forked, { at: noon + 9, place: 5, previous: five.previous })
  expect(await reasonOf(caller, fork)).toEqual([['chain', 'place']])
  const loose = device.write(meetingId, heard, { at: noon + 10, place: 6, previous: one.previous ?? 'x' })
  expect(await reasonOf(caller, loose)).toEqual([['chain', 'previous']])
  expect((await eventsIn(caller)).map(({ place }) => place)).toEqual([1, 2, 3, 4, 5])
  // What is here already is received again without a word.
  expect(await send(caller, 'org-council', [three, five])).toEqual([])
})

test('events go only to bodies that meet, and a meeting is prepared for no others', async () => {
  const { hub, council } = await start()
  const { caller, device } = council.chair
  const elsewhere = device.write('meeting:nowhere', heard, { at: noon })
  expect(await reasonOf(caller, elsewhere)).toEqual([['invalid', '_id']])
  const body = prepared(council, ['council', 'other']) as Extract<MeetingEvent['body'], { kind: 'meeting-prepared' }>
  expect(await reasonOf(caller, device.write(meetingId, body, { at: noon }))).toEqual([['invalid', 'body']])
  const attached = { ...heard, item: openItem }
  const event = (await SigningDevice.of(caller)).write(meetingId, attached, { at: noon })
  const smuggled = { ...event, _attachments: { a: { content_type: 'text/plain', data: 'aGFsbG8=' } } }
  expect(await reasonOf(caller, smuggled as SentEvent)).toEqual([['invalid', '_attachments']])
  expect((await hub.store.open('org-council')).audience).toBe('org-council')
  expect(await eventsIn(caller)).toEqual([])
})

test('on the socket events are stored before they are answered, and carried to everybody who listens', async () => {
  const { council } = await start()
  const { caller, device } = council.members[1]!
  const [mine, others] = [await openSocket(council, caller), await openSocket(council, council.chair.caller)]
  others.ask({ kind: 'subscribe', since: { 'org-council': 0 } })
  const event = device.write(meetingId, heard, { at: noon })
  const forged = { ...device.write(meetingId, heard, { at: noon }), signature: event.signature }
  mine.ask({ kind: 'append', number: 7, audience: 'org-council', documents: [event, forged] as never })
  expect(await mine.next('appended')).toEqual({
    ...{ kind: 'appended', number: 7 },
    refused: [expect.objectContaining({ id: forged._id, error: 'forbidden', reason: 'signature' })],
  })
  expect((await eventsIn(caller)).map(({ _id }) => _id)).toEqual([event._id])
  const carried = await others.next('changes', ({ documents }) => documents.some(({ _id }) => _id === event._id))
  expect(carried.documents.find(({ _id }) => _id === event._id)).toMatchObject({
    _rev: event._rev,
    signature: event.signature,
  })

  mine.ask({ kind: 'append', number: 8, audience: 'office', documents: [event] as never })
  mine.ask({ kind: 'append', number: 9, audience: 'org-nowhere', documents: [event] as never })
  for (const number of [8, 9])
    expect(await mine.next('appended', (tell) => tell.number === number)).toMatchObject({
      refused: [{ id: event._id, reason: 'no-such-audience' }],
    })
  const many = Array.from({ length: largestAppend + 1 }, () => event)
  mine.ask({ kind: 'append', number: 10, audience: 'org-council', documents: many })
  expect(await mine.closed).toBe(4002)
  others.close()
})
