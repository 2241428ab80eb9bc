import { describe, expect, it } from 'vitest'
import { consentUses } from '../../../../shared/council/consent.ts'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { broadcastPaths, type PublicBroadcast, type WatchedMeeting } from '../../../../shared/hub-api/broadcast.ts'
import { captionPaths } from '../../../../shared/hub-api/captions.ts'
import { recordingPaths } from '../../../../shared/hub-api/recording.ts'
import { consentPaths } from '../../../../shared/hub-api/consent.ts'
import { plainInit, plainPart } from '../../broadcasts/testing/plain-media.suite.ts'
import { meetingKey, openRoom, transmit, type Room } from '../../broadcasts/testing/room.suite.ts'
import { closedItem, meetingId, openItem } from '../../meetings/council.suite.ts'
import type { SentEvent } from '../../testing/signed-events.ts'
import { say } from '../../meetings/council.suite.ts'

const guest = 'Dr. Quirinus Möndschein'
const unasked = 'Ursula Ungefragt'
const behindDoors = 'Gisbert Geheim'
const dayMs = 86_400_000

const speech = (key: string, name: string, item: string): EventBody[] => [
  { kind: 'speech-requested', speech: `speech:${key}`, item, speaker: { guest: name }, form: 'speech' },
  { kind: 'speech-started', speech: `speech:${key}` },
]
const stopped = (key: string): EventBody => ({ kind: 'speech-stopped', speech: `speech:${key}` })

/** Two segments of the room. */
const film = (room: Room): Promise<(number | string)[]> =>
  transmit(
    room,
    Array.from({ length: 12 }, (_, part) => plainPart(`part ${part}`)),
  )
const filmed = Array.from({ length: 12 }, () => 204)
const opens = (room: Room) => expect.poll(async () => (await room.capture.renew()).key).toBeDefined()

async function get(room: Room, path: string): Promise<string> {
  const answer = await fetch(room.hub.origin + path, { headers: { accept: 'text/html' } })
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}
/** Moments at which links of a page begin to watch; milliseconds since 1970. */
const momentsIn = (page: string): number[] =>
  [...page.matchAll(/href="[^"]*\/watch\?t=([^"]+)"/g)].map(([, at]) => Date.parse(decodeURIComponent(at ?? '')))
const found = async (room: Room, words: string): Promise<number[]> =>
  momentsIn(await get(room, `/de/recordings?q=${encodeURIComponent(words)}`))
const heldIn = async (room: Room): Promise<PublicBroadcast['held']> =>
  (JSON.parse(await get(room, broadcastPaths.state(meetingKey))) as PublicBroadcast).held
const watched = async (room: Room): Promise<WatchedMeeting> =>
  JSON.parse(await get(room, `/de/meeting/${meetingKey}/watch.json`)) as WatchedMeeting

/** A meeting of which was filmed: its item, a speech with consent, one without; and behind doors a third. */
async function recordMeeting(): Promise<Room & { readonly closing: SentEvent; readonly times: readonly number[] }> {
  const room = await openRoom(plainInit, { recordingDays: 30 })
  const { administrator, chair } = room.council
  const form = { speaker: { guest }, uses: consentUses, signed: '2026-11-30' }
  expect((await administrator.tell('POST', consentPaths.meeting(meetingId), form)).status).toBe(201)
  const begun = room.clock.now
  expect(await film(room)).toEqual(filmed)
  const spoke = room.clock.now
  await room.chairSays(...speech('public', guest, openItem))
  expect(await film(room)).toEqual(filmed)
  const silent = room.clock.now
  await room.chairSays(stopped('public'), ...speech('unasked', unasked, openItem))
  room.pass(6)
  await room.chairSays(stopped('unasked'), { kind: 'item-closed', item: openItem })
  const [closing] = await say(chair, [{ kind: 'part-closed' }], { at: room.clock.now })
  await room.chairSays({ kind: 'item-opened', item: closedItem }, ...speech('secret', behindDoors, closedItem))
  room.pass(6)
  await room.chairSays(stopped('secret'), { kind: 'item-closed', item: closedItem }, { kind: 'part-opened' })
  await opens(room)
  room.pass()
  expect(await film(room)).toEqual(filmed)
  return { ...room, closing: closing!, times: [begun, spoke, silent] }
}

const correct = (room: Room, replaces: string, more: Partial<Extract<EventBody, { kind: 'corrected' }>> = {}) =>
  room.chairSays({ kind: 'corrected', replaces, reason: 'Versehen', ...more })

describe('the archive of recordings', () => {
  it('lists what is recorded, how long it is kept, and finds items and speakers where they begin', async () => {
    const room = await recordMeeting()
    const [begun, spoke] = room.times
    const running = await get(room, `/de/meeting/${meetingKey}`)
    expect(running).toContain('Die Sitzung wird jetzt live übertragen.')
    expect(momentsIn(running)).toEqual([begun])
    expect(await get(room, '/de/recordings')).toContain('Die Sitzung läuft noch.')

    await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    const list = await get(room, '/de/recordings')
    expect(list).toContain(`href="/de/meeting/${meetingKey}/watch"`)
    expect(list).toContain('aufbewahrt bis 31. Dezember 2026')
    expect(list).toContain('1 Aufzeichnung')
    expect(await get(room, '/en/recordings')).toContain('kept until 31 December 2026')
    for (const words of ['open', 'AGENDA open', '1', 'item 1'])
      expect([words, await found(room, words)]).toEqual([words, [begun]])
    expect(await found(room, 'mondschein quirinus')).toEqual([spoke])
    for (const words of ['7', 'nobody', 'open nobody']) expect(await found(room, words)).toEqual([])
    expect(await get(room, '/de/recordings?q=nobody')).toContain('Keine Stelle gefunden.')
    expect(momentsIn(await get(room, `/de/meeting/${meetingKey}`))).toEqual([begun])
    expect((await fetch(`${room.hub.origin}/de/recordings?page=2`)).status).toBe(404)
    const held = await heldIn(room)
    for (const moment of [begun!, spoke!]) expect(held.some(({ from, to }) => from <= moment && moment < to)).toBe(true)

    room.clock.now += 31 * dayMs
    expect(await get(room, '/de/recordings')).toContain('Es gibt zurzeit keine Aufzeichnung.')
    expect(await found(room, 'open')).toEqual([])
    expect(await get(room, `/de/meeting/${meetingKey}`)).not.toContain('/watch')
  })

  it('never leads to what was closed, to who spoke there, or to who did not agree', async () => {
    const room = await recordMeeting()
    const tellsNothing = async (): Promise<void> => {
      for (const words of ['closed', '2', behindDoors, 'geheim', unasked])
        expect([words, await found(room, words)]).toEqual([words, []])
      for (const path of [
        '/de/recordings',
        '/de/recordings?q=agenda',
        '/de/recordings?q=e',
        `/de/meeting/${meetingKey}/watch.json`,
      ]) {
        const page = await get(room, path)
        for (const secret of [closedItem, behindDoors])
          expect(page.includes(secret), `${secret} on ${path}`).toBe(false)
      }
    }
    await tellsNothing()
    // The doors were never closed after all, as is said later.
    await correct(room, room.closing._id)
    await expect.poll(async () => (await watched(room)).progress?.public).toBe(true)
    await tellsNothing()
    await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    await tellsNothing()
  })

  it('finds what was said by its captions, and nothing of what was cut, closed or not agreed to', async () => {
    const room = await recordMeeting()
    const { administrator } = room.council
    const [begun, spoke, silent] = room.times
    const tell = (key: string, from: number, text: string) =>
      administrator.tell('POST', captionPaths.captions(meetingId), {
        ...{ act: 'said', caption: `caption:01J0000000000000000000000${key}`, time: { from, to: from + 700 }, text },
      })
    expect((await tell('1', begun! + 400, 'Die Brücke\nist baufällig')).status).toBe(204)
    expect((await tell('2', spoke! + 400, 'Das Brückengeld <b>steigt</b>')).status).toBe(204)
    expect((await tell('3', silent! + 400, 'Brückenbau in Stille')).status).toBe(409)
    expect(await found(room, 'brucke')).toEqual([begun! + 400, spoke! + 400])
    expect(await found(room, 'brücke baufällig')).toEqual([begun! + 400])
    const page = await get(room, '/en/recordings?q=Br%C3%BCckengeld')
    expect(page).toContain('Das Brückengeld &lt;b&gt;steigt&lt;/b&gt;')
    expect(page).toContain('open')
    expect(await get(room, '/de/recordings?q=Stille')).not.toContain('Brückenbau')

    await administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    const cut = { from: begun! + 100, to: begun! + 600, reason: 'Probe' }
    expect((await administrator.tell('POST', recordingPaths.cuts(meetingId), cut)).status).toBe(200)
    expect(await found(room, 'brucke')).toEqual([spoke! + 400])
    await correct(room, room.closing._id, { instead: { kind: 'part-closed' }, at: spoke! })
    await expect.poll(() => found(room, 'brucke')).toEqual([])
  })

  it('offers nothing of a time that turns out to have been closed', async () => {
    const room = await recordMeeting()
    const [begun, spoke] = room.times
    expect(await found(room, guest)).toEqual([spoke])
    await correct(room, room.closing._id, { instead: { kind: 'part-closed' }, at: spoke! })
    await expect.poll(() => found(room, guest)).toEqual([])
    await expect
      .poll(async () => (await heldIn(room)).some(({ from, to }) => from < spoke! + 2000 && spoke! + 320 < to))
      .toBe(false)
    expect(await found(room, 'open')).toEqual([begun])
    await expect.poll(async () => (await watched(room)).progress?.speeches ?? []).toEqual([])
  })

  it('searches without script on both languages’ pages, and says so when nothing is there', async () => {
    const { hub } = await openRoom(plainInit)
    const answer = await fetch(`${hub.origin}/en/recordings?q=${encodeURIComponent('"><b>')}`)
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'")
    const page = await answer.text()
    expect(page).toContain('value="&quot;&gt;&lt;b&gt;"')
    expect(page).not.toContain('<script')
    expect(await (await fetch(`${hub.origin}/en/recordings`)).text()).toContain('There is no recording at present.')
  })
})
