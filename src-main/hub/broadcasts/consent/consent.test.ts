import { beforeAll, describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../../scripts/ffmpeg.ts'
import { consentUses, type ConsentUse } from '../../../../shared/council/consent.ts'
import type { Speaker } from '../../../../shared/council/events/speech.ts'
import { broadcastPaths, type PublicBroadcast, type ReportEntry } from '../../../../shared/hub-api/broadcast.ts'
import { consentPaths, type OwnConsent, type SpeakerConsent } from '../../../../shared/hub-api/consent.ts'
import { meetingId, openItem, personAt, say } from '../../meetings/council.suite.ts'
import { Caller, startTestHub, welcome } from '../../testing/hub.ts'
import { decodeAt, makeMarked, type MarkedMedia } from '../testing/marked-media.suite.ts'
import { plainInit } from '../testing/plain-media.suite.ts'
import { meetingKey, openRoom, transmit, type Room } from '../testing/room.suite.ts'

const isHere = findFfmpeg()
if (!isHere) console.warn('There is no ffmpeg: what is transmitted is not decoded.')

let room: MarkedMedia
let silenced: MarkedMedia
beforeAll(async () => {
  if (!isHere) return
  room = await makeMarked('open', 6)
  silenced = await makeMarked('closed', 8)
})

const requested = (speaker: Speaker) =>
  ({ kind: 'speech-requested', speech: 'speech:1', item: openItem, speaker, form: 'speech' }) as const
const started = { kind: 'speech-started', speech: 'speech:1' } as const
const stopped = { kind: 'speech-stopped', speech: 'speech:1' } as const
const guest = { guest: 'Erika  Gast' }
const member = { person: personAt(0) }

const agree = async ({ council }: Room, uses: readonly ConsentUse[], given = true): Promise<void> => {
  const answer = await council.chair.caller.tell<OwnConsent>('PUT', consentPaths.own, { uses, given })
  expect(answer.status).toBe(200)
}
const stateOf = async ({ hub }: Room): Promise<PublicBroadcast['status']> =>
  (await new Caller(hub.origin).tell<PublicBroadcast>('GET', broadcastPaths.state(meetingKey))).body.status
/** Ends the transmission; the way to what was recorded of it. */
async function recordedIn({ council, hub }: Room): Promise<string> {
  await council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
  return `${hub.origin}/broadcast/${meetingKey}/high/recording.m3u8`
}

describe.skipIf(!isHere)('who did not agree is neither seen nor heard', () => {
  it('as nothing is known of them: the slate stands from the beginning of the speech to its end', async () => {
    const given = await openRoom(room.init)
    await transmit(given, room.parts.slice(0, 3))
    await given.chairSays(requested(guest), started)
    given.pass()
    expect(await given.capture.send(given.capture.next({ independent: true }), silenced.parts[0]!)).toBe('epoch')
    expect((await given.capture.renew()).key).toBeUndefined()
    given.pass(3)
    await expect.poll(() => given.watcher.collect()).toContain('init-slate.mp4')
    expect(await stateOf(given)).toBe('silent')
    const { administrator } = given.council
    const signed = { speaker: { guest: 'erika gast' }, uses: consentUses, signed: '2026-11-30' }
    expect((await administrator.tell('POST', consentPaths.meeting(meetingId), signed)).status).toBe(201)
    await expect.poll(async () => (await given.capture.renew()).key).toBeDefined()
    await given.chairSays(stopped)
    given.pass()
    expect(await given.capture.send(given.capture.next({ sequence: 12 }), room.parts[3]!)).toBe(204)
    await given.watcher.collect()
    expect(await given.watcher.decoded()).toMatchObject({ closed: 0, tones: { closed: 0 } })
    const report = (await administrator.tell<ReportEntry[]>('GET', broadcastPaths.report(meetingId))).body
    expect(report.find(({ what }) => what === 'closed')).toMatchObject({ because: ['consent'] })
  })

  it('though the hub hears of the whole speech afterwards', async () => {
    const given = await openRoom(room.init)
    const begun = given.clock.now
    await transmit(given, silenced.parts.slice(0, 3))
    await say(given.council.chair, [requested(guest), started], { at: begun })
    await expect.poll(() => stateOf(given)).toBe('silent')
    await given.watcher.collect()
    expect(await given.watcher.decoded()).toMatchObject({ closed: 0, tones: { closed: 0 } })
    const recording = await recordedIn(given)
    await expect.poll(async () => (await fetch(recording)).status).toBe(410)
  })

  it('in the recording alone, when that is all they did not agree to', async () => {
    const given = await openRoom(room.init)
    await agree(given, ['live-picture', 'live-sound', 'recording-sound'])
    await transmit(given, room.parts)
    await given.chairSays(requested(member), started)
    expect(await transmit(given, silenced.parts.slice(6, 8))).toEqual([204, 204])
    await given.watcher.collect()
    expect((await given.watcher.decoded()).closed).toBeGreaterThan(0)
    const recording = await recordedIn(given)
    await expect.poll(() => decodeAt(recording)).toMatchObject({ open: 48, closed: 0, tones: { closed: 0 } })
  })

  it('from the withdrawal on, and no more in what was recorded before', async () => {
    const given = await openRoom(room.init)
    await agree(given, consentUses)
    await transmit(given, room.parts)
    await given.chairSays(requested(member), started)
    expect(await transmit(given, silenced.parts.slice(6, 8))).toEqual([204, 204])
    await agree(given, ['live-sound'], false)
    await expect.poll(() => stateOf(given)).toBe('silent')
    expect((await given.capture.renew()).key).toBeUndefined()
    const recording = await recordedIn(given)
    await expect.poll(async () => (await decodeAt(recording)).closed).toBeGreaterThan(0)
    await agree(given, ['recording-picture'], false)
    await expect.poll(async () => (await decodeAt(recording)).closed).toBe(0)
    expect(await decodeAt(recording)).toMatchObject({ open: 48, closed: 0, tones: { closed: 0 } })
    const bytes = await given.watcher.fetch('recording.mp4')
    expect(bytes.includes(silenced.parts[7]!.subarray(-200))).toBe(false)
  })
})

describe('the register', () => {
  it('shows each person their own, all of a meeting to who transmits it, and lets the clerk enter forms', async () => {
    const given = await openRoom(plainInit)
    const { hub, council } = given
    await agree(given, ['live-sound'])
    await agree(given, ['live-sound'], false)
    const { body: own } = await council.chair.caller.tell<OwnConsent>('GET', consentPaths.own)
    expect(own.standings['live-sound']).toBe('withdrawn')
    expect(own.acts.map(({ given: isGiven, way }) => [isGiven, way.kind])).toEqual([
      [true, 'own'],
      [false, 'own'],
    ])
    const list = consentPaths.meeting(meetingId)
    const form = { speaker: member, uses: ['live-picture'], signed: '2026-11-30' }
    // Whoever presides sees who agreed, and enters nothing for others.
    const seen = await council.chair.caller.tell<SpeakerConsent[]>('GET', list)
    expect(seen.body).toMatchObject([{ speaker: member, live: false, recording: false, acts: own.acts }])
    expect((await council.chair.caller.tell('POST', list, form)).status).toBe(403)
    const other = await welcome(hub, council.administrator, ['member'])
    const outside = await welcome(hub, council.administrator, ['guest'])
    for (const [caller, status] of [
      [other, 403],
      [outside, 403],
      [new Caller(hub.origin), 401],
    ] as const) {
      expect((await caller.tell('GET', list)).status).toBe(status)
      expect((await caller.tell('POST', list, form)).status).toBe(status)
    }
    expect((await other.tell<OwnConsent>('GET', consentPaths.own)).body).toMatchObject({ person: null, acts: [] })
    expect((await outside.tell('PUT', consentPaths.own, { uses: ['live-sound'], given: true })).status).toBe(403)
    expect((await new Caller(hub.origin).tell('GET', consentPaths.own)).status).toBe(401)
    const entered = await council.administrator.tell<SpeakerConsent[]>('POST', list, form)
    expect(entered.body[0]?.standings).toMatchObject({ 'live-picture': 'given', 'live-sound': 'withdrawn' })
    expect(entered.body[0]?.acts).toHaveLength(6)
  })

  it('survives a hub that starts again', async () => {
    const given = await openRoom(plainInit)
    await agree(given, consentUses)
    await given.hub.stop()
    const again = await startTestHub({ folder: given.hub.folder })
    const caller = new Caller(again.origin, given.council.chair.caller.session)
    const { body } = await caller.tell<OwnConsent>('GET', consentPaths.own)
    expect(body.standings).toEqual(Object.fromEntries(consentUses.map((use) => [use, 'given'])))
  })
})
