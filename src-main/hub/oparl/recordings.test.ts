import { expect, it } from 'vitest'
import { broadcastPaths } from '../../../shared/hub-api/broadcast.ts'
import { recordingPaths, type RecordingDesk } from '../../../shared/hub-api/recording.ts'
import { plainInit } from '../broadcasts/testing/plain-media.suite.ts'
import { makeMarked } from '../broadcasts/testing/marked-media.suite.ts'
import { meetingKey, openRoom, transmit } from '../broadcasts/testing/room.suite.ts'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { closedItem, meetingId, openItem } from '../meetings/council.suite.ts'
import { Caller } from '../testing/hub.ts'
import { checkObject, walkOparl } from './walk.suite.ts'

const root = '/oparl/v1.1'
type Json = Record<string, unknown>
const recordingId = `${root}/file/recording-${meetingKey}-1`

it.skipIf(!findFfmpeg())(
  'a recording is a File of its meeting and items while it is kept, and deleted afterwards',
  async () => {
    const { init, parts } = await makeMarked('open', 18)
    const room = await openRoom(init, { recordingDays: 30 })
    const { hub, clock, council } = room
    const everybody = new Caller(hub.origin)
    const get = async (path: string): Promise<Json> => (await everybody.tell<Json>('GET', path)).body
    await transmit(room, parts)
    expect((await everybody.tell('GET', recordingId)).status).toBe(404)
    const ended = clock.now
    await council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))

    const file = await get(recordingId)
    checkObject(file)
    expect(file).toMatchObject({ mimeType: 'video/mp4', date: '2026-12-01' })
    expect(JSON.stringify(file['agendaItem'])).toContain(openItem.split(':')[1])
    expect(JSON.stringify(file)).not.toContain(closedItem.split(':')[1])
    const download = await fetch(hub.origin + new URL(String(file['downloadUrl'])).pathname)
    expect([download.status, Buffer.from(await download.arrayBuffer()).length]).toEqual([200, file['size']])
    const answers = await walkOparl(inject(hub.origin), new URL(String(file['id'])).origin)
    expect([...answers.keys()].some((address) => address.endsWith(recordingId))).toBe(true)
    const itemPath = `${root}/${openItem.replace(':', '/')}`
    for (const path of [itemPath, `${root}/meeting/${meetingKey}`]) {
      const object = await get(path)
      expect(object).toMatchObject({ auxiliaryFile: [{ id: file['id'], size: file['size'] }] })
      expect(Date.parse(String(object['modified']))).toBeGreaterThanOrEqual(Math.floor(ended / 1000) * 1000)
    }
    const listed = async (query = ''): Promise<Json[]> =>
      ((await get(`${root}/body/town/files${query}`)) as { data: Json[] }).data.filter(({ id }) => id === file['id'])
    expect(await listed()).toEqual([file])

    // All of it is cut, and comes back: deleted, and there again.
    const cutting = { from: ended - 60_000, to: ended + 60_000, reason: 'Probe' }
    const { body } = await council.administrator.tell<RecordingDesk>('POST', recordingPaths.cuts(meetingId), cutting)
    const isDeleted = async (): Promise<void> => {
      const tombstone = await get(recordingId)
      checkObject(tombstone)
      expect(tombstone).toMatchObject({ deleted: true })
      expect(await listed()).toEqual([])
      expect(await listed('?modified_since=2026-12-01T00:00:00Z')).toEqual([tombstone])
      expect(await get(itemPath)).not.toHaveProperty('auxiliaryFile')
      for (const path of ['high/recording.mp4', 'high/download/1', 'high/recording.m3u8', 'recording.m3u8'])
        expect([path, (await fetch(`${hub.origin}/broadcast/${meetingKey}/${path}`)).status]).toEqual([path, 410])
    }
    await isDeleted()
    await council.administrator.tell('DELETE', recordingPaths.cut(meetingId, body.cuts[0]!.cut))
    expect(await listed()).toMatchObject([{ size: file['size'] }])

    clock.now += 31 * 86_400_000
    await isDeleted()
  },
)

it('a transmission of which nothing is recorded is no File', async () => {
  const { hub, council } = await openRoom(plainInit)
  await council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
  expect((await new Caller(hub.origin).tell('GET', recordingId)).status).toBe(404)
})

/** The walker asks an app; this one is behind a real socket. */
function inject(origin: string): Parameters<typeof walkOparl>[0] {
  const ask = async ({ url }: { url: string }) => {
    const answer = await fetch(origin + url)
    const body = await answer.text()
    return {
      ...{ statusCode: answer.status, body, headers: Object.fromEntries(answer.headers) },
      json: () => JSON.parse(body) as unknown,
    }
  }
  return { inject: ask } as unknown as Parameters<typeof walkOparl>[0]
}
