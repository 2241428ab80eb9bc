import { expect } from 'vitest'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { captionPaths } from '../../../../shared/hub-api/captions.ts'
import { recordingPaths, type RecordingDesk } from '../../../../shared/hub-api/recording.ts'
import { meetingId } from '../../meetings/council.suite.ts'
import type { Caller } from '../../testing/hub.ts'
import { plainInit, plainPart } from './plain-media.suite.ts'
import { meetingKey, openRoom, transmit, type Room, type RoomConfig } from './room.suite.ts'

export const secret = (part: number): string => `~part ${part}~`
export const said = 'Der Name der Zeugin'

/** Five segments, numbered by parts, with a caption in the third; over. */
export async function record(config: RoomConfig = {}): Promise<Room & { readonly begun: number }> {
  const room = await openRoom(plainInit, { recordingDays: 30, ...config })
  const begun = room.clock.now
  const parts = Array.from({ length: 30 }, (_, part) => plainPart(secret(part)))
  expect(await transmit(room, parts)).toEqual(parts.map(() => 204))
  const { administrator } = room.council
  const caption = { act: 'said', caption: 'caption:01J00000000000000000000000', text: said }
  const time = { from: begun + 14 * 320, to: begun + 16 * 320 }
  const told = await administrator.tell('POST', captionPaths.captions(meetingId), { ...caption, time })
  expect(told.status).toBe(204)
  await administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
  return { ...room, begun }
}

/** Everything that anybody can fetch of the recording, by every address. */
export async function everythingOf(origin: string, administrator: Caller): Promise<string> {
  const base = `${origin}/broadcast/${meetingKey}`
  const get = async (url: string, headers: Record<string, string> = {}): Promise<string> =>
    Buffer.from(await (await fetch(url, { headers })).arrayBuffer()).toString('latin1')
  const live = await get(`${base}/high/live.m3u8`)
  const names = [...live.matchAll(/(?:URI="|^)([\w-]+\.m(?:4s|p4))/gm)].map(([, name]) => name ?? '')
  const parts = Array.from({ length: 8 }, (_, sequence) =>
    Array.from({ length: 8 }, (__, part) => `part-${sequence}-${part}.m4s`),
  ).flat()
  const paths = ['recording.m3u8', 'recording.mp4', 'download/1', ...names, ...parts].map((name) => `high/${name}`)
  const texts = await Promise.all(
    [...paths, 'captions.json', 'captions.vtt', 'captions/recording.m3u8', 'state'].map((path) =>
      get(`${base}/${path}`),
    ),
  )
  const ranged = await get(`${base}/high/recording.mp4`, { range: 'bytes=300-' })
  const found = await get(`${origin}/de/recordings?q=Zeugin`)
  const { body } = await administrator.tell<RecordingDesk>('GET', recordingPaths.desk(meetingId))
  const pieces = await Promise.all(
    body.cuts.map(({ from, to }) =>
      administrator
        .ask('GET', recordingPaths.piece(meetingId, { from: from - 10_000, to: to + 10_000 }))
        .then(async (answer) => Buffer.from(await answer.arrayBuffer()).toString('latin1')),
    ),
  )
  return [...texts, ranged, found, ...pieces].join('\n')
}

export const partsIn = (text: string): number[] =>
  [...new Set([...text.matchAll(/~part (\d+)~/g)].map(([, part]) => Number(part)))].sort((a, b) => a - b)
export const all = Array.from({ length: 30 }, (_, part) => part)
