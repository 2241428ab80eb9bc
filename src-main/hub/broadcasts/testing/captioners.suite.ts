import { onTestFinished } from 'vitest'
import { captionPaths, type CaptionRefusal, type PublicCaption } from '../../../../shared/hub-api/captions.ts'
import { partSeconds } from '../../../../shared/council/broadcast.ts'
import { meetingId } from '../../meetings/council.suite.ts'
import type { Caller } from '../../testing/hub.ts'
import { plainPart } from './plain-media.suite.ts'
import { meetingKey, type Room } from './room.suite.ts'

export const partMs = partSeconds * 1000
export const plainParts = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, place) => plainPart(`public ${place}`))

/** An id as clients make them. */
export const idAt = (place: number): string => `caption:${String(place).padStart(26, '0')}`

type Named = Pick<Room, 'council'>

/** Tells the hub something of captions; 204, or why it was refused. */
export async function tellCaption({ council }: Named, body: object, caller?: Caller): Promise<number | string> {
  const by = caller ?? council.administrator
  const answer = await by.tell<CaptionRefusal | undefined>('POST', captionPaths.captions(meetingId), body)
  return answer.body?.reason ?? answer.status
}

/** Says words of the last parts that were captured. */
export const sayNow = (room: Room, place: number, text: string, parts = 2): Promise<number | string> =>
  tellCaption(room, {
    ...{ act: 'said', caption: idAt(place), text },
    time: { from: room.clock.now - parts * partMs, to: room.clock.now },
  })

/** All words that anybody may read, from every address at which captions are. */
export async function readEverywhere(origin: string): Promise<{ list: string[]; everywhere: string }> {
  const at = (path: string): Promise<Response> => fetch(origin + path)
  const list = (await (await at(captionPaths.list(meetingKey))).json()) as PublicCaption[]
  const file = await (await at(captionPaths.file(meetingKey))).text()
  const playlist = await (await at(`/broadcast/${meetingKey}/captions/recording.m3u8`)).text()
  const names = playlist.split('\n').filter((line) => /^\d+\.vtt$/.test(line))
  const segments = await Promise.all(
    names.map(async (name) => (await at(`/broadcast/${meetingKey}/captions/${name}`)).text()),
  )
  return { list: list.map(({ text }) => text), everywhere: [JSON.stringify(list), file, ...segments].join('\n') }
}

/** Hears the stream of captions that everybody may read until the test is over. */
export async function readAlong(origin: string): Promise<() => { event: string; data: string }[]> {
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const { body } = await fetch(origin + captionPaths.live(meetingKey), { signal: ended.signal })
  let text = ''
  void (async () => {
    for await (const part of body!.pipeThrough(new TextDecoderStream())) text += part
  })().catch(() => undefined)
  return () => [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, event = '', data = '']) => ({ event, data }))
}
