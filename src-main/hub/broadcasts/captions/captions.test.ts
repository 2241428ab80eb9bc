import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { consentUses } from '../../../../shared/council/consent.ts'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import {
  captionPaths,
  type CaptionDesk,
  type CaptionImportFailure,
  type CaptionsImported,
} from '../../../../shared/hub-api/captions.ts'
import { consentPaths } from '../../../../shared/hub-api/consent.ts'
import { meetingId, openItem, personAt, say } from '../../meetings/council.suite.ts'
import { Caller, startTestHub, welcome } from '../../testing/hub.ts'
import { plainInit } from '../testing/plain-media.suite.ts'
import { meetingKey, openRoom, transmit, type Room } from '../testing/room.suite.ts'
import {
  idAt,
  partMs,
  plainParts,
  readAlong,
  readEverywhere,
  sayNow,
  tellCaption,
} from '../testing/captioners.suite.ts'

const listOf = async ({ hub }: Room): Promise<string[]> => (await readEverywhere(hub.origin)).list
const journalOf = ({ hub }: Room): Promise<string> =>
  readFile(join(hub.folder, 'broadcasts', meetingKey, 'captions.jsonl'), 'utf8')
const end = ({ council }: Room) => council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))

describe('words of the public part', () => {
  it('are read by everybody, as they were corrected last, until they are taken back', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(6))
    const told = await readAlong(room.hub.origin)
    expect(await sayNow(room, 1, 'Guten Abnd.')).toBe(204)
    // The answer was lost: the same once more is the same.
    expect(await sayNow(room, 1, 'Guten Abnd.')).toBe(204)
    expect(await listOf(room)).toEqual(['Guten Abnd.'])
    expect(await tellCaption(room, { act: 'corrected', caption: idAt(1), text: 'Guten Abend.' })).toBe(204)
    await expect.poll(() => told().map(({ event, data }) => `${event} ${data}`)).toHaveLength(2)
    expect(told()[1]?.event).toBe('caption')
    expect(told()[1]?.data).toContain('Guten Abend.')
    expect(JSON.stringify(told())).not.toContain('Ada Amt')
    expect(await listOf(room)).toEqual(['Guten Abend.'])
    expect(await tellCaption(room, { act: 'taken-back', caption: idAt(1) })).toBe(204)
    expect((await readEverywhere(room.hub.origin)).everywhere).not.toContain('Guten')
    await expect.poll(() => told().at(-1)).toEqual({ event: 'gone', data: JSON.stringify(idAt(1)) })
    expect(await tellCaption(room, { act: 'corrected', caption: idAt(9), text: 'x' })).toBe('unknown')
  })

  it('wait for the picture of their time, and are never shown when it is dropped', async () => {
    const room = await openRoom(plainInit, { delay: 10 })
    await transmit(room, plainParts(6))
    expect(await sayNow(room, 1, 'Wort der Übertragung', 5)).toBe(204)
    expect(await sayNow(room, 2, 'Panik', 1)).toBe(204)
    expect(await listOf(room)).toEqual([])
    room.clock.now += 9700
    await expect.poll(() => listOf(room)).toEqual([])
    await room.council.chair.caller.tell('PUT', broadcastPaths.gate(meetingId), { state: 'closed', drop: true })
    room.clock.now += 20_000
    await end(room)
    expect((await readEverywhere(room.hub.origin)).everywhere).not.toContain('Panik')
  })

  it('are shown once the delay let their picture through', async () => {
    const room = await openRoom(plainInit, { delay: 10 })
    await transmit(room, plainParts(6))
    expect(await sayNow(room, 1, 'Später zu lesen.', 5)).toBe(204)
    const told = await readAlong(room.hub.origin)
    room.clock.now += 11_000
    await expect.poll(() => listOf(room)).toEqual(['Später zu lesen.'])
    await expect.poll(() => told().map(({ event }) => event)).toEqual(['caption'])
  })

  it('stand beside the recording as a track of HLS, on its own timeline', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(12))
    const at = (path: string): Promise<string> =>
      fetch(`${room.hub.origin}/broadcast/${meetingKey}/${path}`).then((answer) => answer.text())
    expect(await at('recording.m3u8')).not.toContain('SUBTITLES')
    await sayNow(room, 1, 'R&D <laut>', 6)
    await end(room)
    expect(await at('recording.m3u8')).toContain('TYPE=SUBTITLES,GROUP-ID="captions",NAME="Deutsch",LANGUAGE="de"')
    expect(await at('recording.m3u8')).toContain('URI="captions/recording.m3u8"')
    expect(await at('live.m3u8')).not.toContain('SUBTITLES')
    const playlist = await at('captions/recording.m3u8')
    expect(playlist.match(/#EXTINF:1\.920000/g)).toHaveLength(2)
    const [, name] = [...playlist.matchAll(/^\d+\.vtt$/gm)].map(([line]) => line)
    expect(await at(`captions/${name}`)).toContain('00:00:01.920 --> 00:00:03.840\nR&amp;D &lt;laut&gt;')
    expect(await at('captions.vtt')).toMatch(/^WEBVTT\n\ncaption:/)
    expect((await fetch(`${room.hub.origin}/broadcast/${meetingKey}/captions/1.vtt`)).status).toBe(404)
  })
})

describe('nothing of a closed time is ever read', () => {
  it('though it is typed behind closed doors, for whatever time', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(6))
    await sayNow(room, 1, 'Öffentlich.')
    const before = room.clock.now
    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    room.pass(3)
    expect(await sayNow(room, 2, 'Geheim')).toBe('closed')
    const earlier = { from: before - 2 * partMs, to: before - partMs }
    expect(await tellCaption(room, { act: 'said', caption: idAt(3), text: 'Geheim', time: earlier })).toBe('closed')
    expect(await tellCaption(room, { act: 'corrected', caption: idAt(1), text: 'Geheim' })).toBe('closed')
    await room.chairSays({ kind: 'part-opened' })
    room.pass()
    await room.capture.renew()
    const during = { from: before, to: room.clock.now }
    expect(await tellCaption(room, { act: 'said', caption: idAt(4), text: 'Geheim', time: during })).toBe('closed')
    expect(await listOf(room)).toEqual(['Öffentlich.'])
    expect(await journalOf(room)).not.toContain('Geheim')
  })

  it('though the hub hears late of the close: words are gone everywhere, and from the disk', async () => {
    const room = await openRoom(plainInit)
    const told = await readAlong(room.hub.origin)
    await transmit(room, plainParts(6))
    await sayNow(room, 1, 'Vorher.')
    const closedAt = room.clock.now
    await transmit(room, plainParts(3))
    expect(await sayNow(room, 2, 'Geheim')).toBe(204)
    await expect.poll(() => listOf(room)).toEqual(['Vorher.', 'Geheim'])
    await say(room.council.chair, [{ kind: 'part-closed', reason: 'Personal' }], { at: closedAt })
    await expect.poll(() => listOf(room)).toEqual(['Vorher.'])
    await expect.poll(() => told().at(-1)).toEqual({ event: 'gone', data: JSON.stringify(idAt(2)) })
    await end(room)
    expect((await readEverywhere(room.hub.origin)).everywhere).not.toContain('Geheim')
    await expect.poll(() => journalOf(room)).not.toContain('Geheim')
    expect(await journalOf(room)).toContain('Vorher.')
  })

  it('though the log is corrected when everything is open again', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(3))
    await sayNow(room, 1, 'Vorher.')
    const from = room.clock.now
    await transmit(room, plainParts(3))
    await sayNow(room, 2, 'Geheim')
    const to = room.clock.now
    await transmit(room, plainParts(3))
    await sayNow(room, 3, 'Nachher.')
    await say(room.council.chair, [{ kind: 'part-closed', reason: 'Personal' }], { at: from })
    await say(room.council.chair, [{ kind: 'part-opened' }], { at: to })
    await expect.poll(async () => (await readEverywhere(room.hub.origin)).everywhere).not.toContain('Geheim')
    await expect.poll(() => journalOf(room)).not.toContain('Geheim')
  })

  it('though it was closed directly, and for a time that lies back', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(3))
    await sayNow(room, 1, 'Vorher.')
    const at = room.clock.now
    await transmit(room, plainParts(3))
    await sayNow(room, 2, 'Geheim')
    await expect.poll(() => listOf(room)).toEqual(['Vorher.', 'Geheim'])
    const close = { state: 'closed', drop: false, at }
    await room.council.chair.caller.tell('PUT', broadcastPaths.gate(meetingId), close)
    await expect.poll(() => listOf(room)).toEqual(['Vorher.'])
    expect(await sayNow(room, 3, 'Geheim')).toBe('closed')
    await end(room)
    expect((await readEverywhere(room.hub.origin)).everywhere).not.toContain('Geheim')
  })

  it('though whoever spoke did not agree, or does so no more', async () => {
    const room = await openRoom(plainInit)
    const { caller } = room.council.chair
    const agree = (uses: readonly string[], given: boolean) => caller.tell('PUT', consentPaths.own, { uses, given })
    await agree(consentUses, true)
    await transmit(room, plainParts(6))
    const speech = {
      ...{ speech: 'speech:1', item: openItem },
      ...{ form: 'speech', speaker: { person: personAt(0) } },
    }
    await room.chairSays({ kind: 'speech-requested', ...speech } as never, {
      kind: 'speech-started',
      speech: 'speech:1',
    })
    await transmit(room, plainParts(6))
    expect(await sayNow(room, 1, 'Meine Worte')).toBe(204)
    await expect.poll(() => listOf(room)).toEqual(['Meine Worte'])
    await agree(['live-sound'], false)
    room.pass(2)
    await expect.poll(() => sayNow(room, 2, 'Ungefragt')).toBe('closed')
    // What was shown before with consent stays, until the recording's is withdrawn, too.
    expect(await listOf(room)).toEqual(['Meine Worte'])
    await agree(['recording-sound'], false)
    room.clock.now += 120_000
    await end(room)
    await expect.poll(async () => (await readEverywhere(room.hub.origin)).everywhere).not.toContain('Ungefragt')
  })
})

describe('a hub that starts again', () => {
  it('has what it had, and cuts what was being written', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(6))
    await sayNow(room, 1, 'Bleibt.')
    await sayNow(room, 2, 'Geht.')
    await tellCaption(room, { act: 'taken-back', caption: idAt(2) })
    await room.hub.stop()
    await appendFile(join(room.hub.folder, 'broadcasts', meetingKey, 'captions.jsonl'), '{"act":"said","cap')
    const again = await startTestHub({ folder: room.hub.folder, now: () => room.clock.now })
    expect((await readEverywhere(again.origin)).list).toEqual(['Bleibt.'])
    expect(await journalOf(room)).toMatch(/"taken-back".*\n$/)
  })
})

describe('captioners', () => {
  it('are those who may transmit; nobody else hears or says anything', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(6))
    const { hub, council } = room
    const member = await welcome(hub, council.administrator, ['member'])
    const guest = await welcome(hub, council.administrator, ['guest'])
    const nobody = new Caller(hub.origin)
    const time = { from: room.clock.now - partMs, to: room.clock.now }
    const said = { act: 'said', caption: idAt(1), text: 'Fremd', time }
    const asks = (caller: Caller, meeting = meetingId) =>
      Promise.all([
        caller.tell('POST', captionPaths.captions(meeting), said),
        caller.ask('GET', captionPaths.desk(meeting)),
        caller.tell('PUT', captionPaths.turn(meeting), { account: null }),
        caller.tell('POST', captionPaths.import(meeting), { vtt: 'WEBVTT\n\n00:00.000 --> 00:01.000\nFremd' }),
      ]).then((answers) => answers.map(({ status }) => status))
    for (const [caller, status] of [
      [member, 403],
      [guest, 403],
      [nobody, 401],
    ] as const)
      expect(await asks(caller)).toEqual([status, status, status, status])
    expect(await asks(council.administrator, 'meeting:none')).toEqual([404, 404, 404, 404])
    for (const path of [captionPaths.live, captionPaths.list, captionPaths.file])
      expect((await nobody.ask('GET', path('none'))).status).toBe(404)
    expect(await tellCaption(room, said, council.chair.caller)).toBe(204)
    // Somebody else's line is nobody's to say anew, and everybody's at the desk to correct.
    expect(await tellCaption(room, said)).toBe('unknown')
    expect(await tellCaption(room, { act: 'corrected', caption: idAt(1), text: 'Eigen' })).toBe(204)
    expect(await listOf(room)).toEqual(['Eigen'])
  })

  it('see each other’s lines at once, and hand over', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(6))
    const [one, other] = [
      await sitDown(room, room.council.administrator),
      await sitDown(room, room.council.chair.caller),
    ]
    const [first, second] = [room.council.administrator, room.council.chair.caller].map(
      ({ session }) => session!.account.id,
    )
    await expect.poll(() => one()?.present.map(({ account }) => account)).toEqual([first, second])
    expect(one()).toMatchObject({ open: true, because: [], turn: first })
    await sayNow(room, 1, 'Guten Abend.')
    await expect.poll(() => other()?.lines).toMatchObject([{ text: 'Guten Abend.', state: 'shown', name: 'Ada Amt' }])
    expect(
      (await room.council.administrator.tell('PUT', captionPaths.turn(meetingId), { account: second })).status,
    ).toBe(204)
    await expect.poll(() => [one()?.turn, other()?.turn]).toEqual([second, second])
    const stranger = { account: 'account:none' }
    expect((await room.council.administrator.tell('PUT', captionPaths.turn(meetingId), stranger)).status).toBe(409)
    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    await expect.poll(() => other()).toMatchObject({ open: false, because: ['log'] })
  })

  it('hear nothing more once they may not write any more', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(6))
    const clerk = await welcome(room.hub, room.council.administrator, ['clerk'])
    const heard = await sitDown(room, clerk)
    await expect.poll(() => heard()?.open).toBe(true)
    const account = `/api/accounts/${encodeURIComponent(clerk.session!.account.id)}`
    expect((await room.council.administrator.tell('PATCH', account, { roles: ['member'] })).status).toBe(200)
    await sayNow(room, 1, 'Nicht für Sie.')
    await expect.poll(() => listOf(room)).toEqual(['Nicht für Sie.'])
    await expect.poll(() => heard('ended')).toBeDefined()
    expect(JSON.stringify(heard())).not.toContain('Nicht für Sie.')
  })

  it('bring in a file of the recording, but for what is not public in it', async () => {
    const room = await openRoom(plainInit)
    await transmit(room, plainParts(6))
    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    room.pass(30)
    await room.chairSays({ kind: 'part-opened' })
    await expect.poll(async () => (await room.capture.renew()).key).toBeDefined()
    room.pass()
    await room.capture.send(room.capture.next({ sequence: 6 }), plainParts(1)[0]!)
    await transmit(room, plainParts(5))
    await end(room)
    const bring = <Body>(vtt: string) =>
      room.council.administrator.tell<Body>('POST', captionPaths.import(meetingId), { vtt })
    const cues = ['00:00.200 --> 00:01.500\nEins', '00:01.800 --> 00:02.100\nDarüber', '00:02.500 --> 00:03.500\nZwei']
    const answer = await bring<CaptionsImported>(`WEBVTT\n\n${cues.join('\n\n')}\n`)
    expect(answer.body).toEqual({ imported: 2, left: [{ line: 6, reason: 'closed' }] })
    const { list } = await readEverywhere(room.hub.origin)
    expect(list).toEqual(['Eins', 'Zwei'])
    const file = await (await fetch(room.hub.origin + captionPaths.file(meetingKey))).text()
    expect(file).toContain('00:00:02.500 --> 00:00:03.740\nZwei')
    const wrong = await bring<CaptionImportFailure>('WEBVTT\n\n00:01,000 --> 00:02,000\nSubRip')
    expect(wrong).toMatchObject({ status: 400, body: { vtt: [{ line: 3, fault: 'times' }] } })
  })
})

/** Somebody at the desk of the captioners; answers how it stands, or once the stream is over. */
async function sitDown(room: Room, caller: Caller): Promise<(what?: 'ended') => CaptionDesk | undefined> {
  const { body } = await caller.ask('GET', captionPaths.desk(meetingId))
  let [text, isEnded] = ['', false]
  void (async () => {
    for await (const part of body!.pipeThrough(new TextDecoderStream())) text += part
  })()
    .catch(() => undefined)
    .finally(() => (isEnded = true))
  return (what) => {
    const last = [...text.matchAll(/^data: (.*)\n\n/gm)].at(-1)?.[1]
    if (last === undefined || (what === 'ended' && !isEnded)) return undefined
    return JSON.parse(last) as CaptionDesk
  }
}
