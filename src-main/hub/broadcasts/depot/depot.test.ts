import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { broadcastPaths, type ReportEntry } from '../../../../shared/hub-api/broadcast.ts'
import { recordingPaths, type RecordingDesk } from '../../../../shared/hub-api/recording.ts'
import { meetingId } from '../../meetings/council.suite.ts'
import { Caller, signIn, startTestHub, writeOffice, type TestHub } from '../../testing/hub.ts'
import { all, everythingOf, partsIn, record, said } from '../testing/recorded-room.suite.ts'
import { meetingKey } from '../testing/room.suite.ts'
import { depotPlaces, storedIn, type DepotPlace } from './depot-places.suite.ts'

const base = `/broadcast/${meetingKey}/high`

async function toldOf(administrator: Caller): Promise<string[]> {
  const { body } = await administrator.tell<ReportEntry[]>('GET', broadcastPaths.report(meetingId))
  return body.map(({ what, objects, because = [] }) => [what, objects ?? [], because].flat().join(' '))
}

const impairedAt = async ({ origin }: { origin: string }): Promise<unknown> =>
  ((await (await fetch(`${origin}/readyz`)).json()) as { impaired: unknown }).impaired

const mediaOn = async ({ folder }: TestHub): Promise<string[]> =>
  (await readdir(join(folder, 'broadcasts', meetingKey))).filter((name) => name.endsWith('.mp4'))

/** What the playlist names of the file, fetched as players do. */
async function playedAt({ origin }: { origin: string }): Promise<Buffer> {
  const playlist = await (await fetch(`${origin}${base}/recording.m3u8`)).text()
  const spans = [...playlist.matchAll(/BYTERANGE[:=]"?(\d+)@(\d+)/g)].map(([, length, offset]) => [
    Number(offset),
    Number(offset) + Number(length) - 1,
  ])
  const fetched: Buffer[] = []
  for (const [first, last] of spans) {
    const range = `bytes=${first}-${last}`
    const answer = await fetch(`${origin}${base}/recording.mp4`, { headers: { range } })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([206, 'no-cache'])
    expect(answer.headers.get('content-range')).toMatch(new RegExp(`^bytes ${first}-${last}/\\d+$`))
    fetched.push(Buffer.from(await answer.arrayBuffer()))
  }
  return Buffer.concat(fetched)
}

/** No answer and no line of the log names where it lies. */
function tellsNothing(words: string, { recordings, front }: DepotPlace): void {
  for (const word of [`${meetingKey}/0/high`, 'notforanybody', front?.origin ?? recordings!.at])
    expect(words).not.toContain(word)
}

it.each(depotPlaces)('a recording is moved to %s, is read, cut and removed there as it was here', async (_, make) => {
  const place = await make()
  const { hub, council, clock, begun } = await record({ recordings: place.recordings })
  const { administrator } = council
  const told = () => toldOf(administrator)
  await expect.poll(told).toContain('moved 1')
  await expect.poll(() => mediaOn(hub)).toEqual([])
  expect([partsIn(await storedIn(place)), await impairedAt(hub)]).toEqual([all, []])
  expect(partsIn((await playedAt(hub)).toString('latin1'))).toEqual(all)
  const everything = await everythingOf(hub.origin, administrator)
  expect([partsIn(everything), everything.includes(said)]).toEqual([all, true])
  tellsNothing(everything, place)
  const head = await fetch(`${hub.origin}${base}/download/1`, { method: 'HEAD' })
  const loaded = await (await fetch(`${hub.origin}${base}/download/1`)).arrayBuffer()
  expect(Number(head.headers.get('content-length'))).toBe(loaded.byteLength)

  // Cut: nobody gets it, and it comes back; final: it is in no object any more.
  const cutting = { from: begun + 13.5 * 320, to: begun + 16.5 * 320, reason: 'Name einer Zeugin' }
  const { body } = await administrator.tell<RecordingDesk>('POST', recordingPaths.cuts(meetingId), cutting)
  const kept = all.filter((part) => part < 13 || part > 17)
  expect(partsIn(await everythingOf(hub.origin, administrator))).toEqual(kept)
  const final = recordingPaths.final(meetingId, body.cuts[0]!.cut)
  expect((await administrator.tell('POST', final)).status).toBe(200)
  await expect.poll(told).toContain('overwritten 1')
  expect(partsIn(await storedIn(place))).toEqual(kept)
  expect(partsIn(await everythingOf(hub.origin, administrator))).toEqual(kept)

  // Whoever may not see the meeting any more gets the one answer, what waits for the store too; and no further question
  // about it leaves the hub.
  const meeting = (await (await hub.store.open('office')).get(meetingId))!
  const withdraw = async (): Promise<void> => {
    await writeOffice(hub, { ...meeting, publication: { state: 'withdrawn', step: 2 } })
    expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200)
  }
  if (place.front) place.front.judge = () => withdraw().then(() => undefined)
  else await withdraw()
  expect((await fetch(`${hub.origin}${base}/recording.mp4`)).status).toBe(404)
  const asked = place.front?.asked.length
  for (const path of ['recording.mp4', 'recording.m3u8', 'download/1'])
    expect((await fetch(`${hub.origin}${base}/${path}`)).status).toBe(404)
  const piece = recordingPaths.piece(meetingId, { from: begun, to: begun + 3000 })
  expect((await new Caller(hub.origin).tell('GET', piece)).status).toBe(401)
  expect((await administrator.tell('GET', piece)).status).toBe(404)
  expect(place.front?.asked.length).toBe(asked)
  const { _rev } = (await (await hub.store.open('office')).get(meetingId))!
  await writeOffice(hub, { ...meeting, _rev, publication: { state: 'published', step: 3 } })

  // Its time is over: gone at once, and from there too, however long that is refused.
  await hub.stop()
  clock.now += 31 * 86_400_000
  if (place.front)
    place.front.judge = (method, path) => (method === 'DELETE' && !path.includes('proof') ? 'refuse' : undefined)
  const { folder } = hub
  const again = await startTestHub({ folder, now: () => clock.now, recordingDays: 30, recordings: place.recordings })
  const caller = await signIn(again, 'ada')
  expect((await fetch(`${again.origin}${base}/recording.mp4`)).status).toBe(410)
  if (place.front) {
    await expect.poll(() => toldOf(caller)).toContain('stuck AccessDenied')
    expect(await impairedAt(again)).toEqual(['recordings'])
    expect(again.log()).toMatch(/"code":"AccessDenied"[^\n]*does not let the hub remove objects/)
    place.front.judge = () => undefined
  }
  await expect.poll(() => toldOf(caller)).toContain('emptied 1')
  await expect.poll(() => impairedAt(again)).toEqual([])
  expect(await storedIn(place)).toBe('')
  expect(hub.log() + again.log()).not.toMatch(/notforanybody|\/0\/high/)
})

// The last one is a server, where there is one.
it.each(depotPlaces.slice(-1))(
  'while %s is away a recording stays or is said not to be there, and nothing is lost',
  async (_, make) => {
    const place = await make()
    await place.setAway(true)
    const { hub, council, begun } = await record({ recordings: place.recordings })
    const { administrator } = council
    await expect.poll(() => toldOf(administrator)).toContainEqual(expect.stringMatching(/^stuck /))
    expect([await impairedAt(hub), await mediaOn(hub)]).toEqual([['recordings'], ['high.mp4']])
    expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200)
    expect(hub.log()).toMatch(/"level":50[^\n]*the store of recordings; trying again/)
    const before = await everythingOf(hub.origin, administrator)
    expect(partsIn(before)).toEqual(all)

    await place.setAway(false)
    await expect.poll(() => toldOf(administrator)).toContain('moved 1')
    await expect.poll(() => impairedAt(hub)).toEqual([])
    await expect.poll(() => mediaOn(hub)).toEqual([])

    await place.setAway(true)
    const addresses = ['recording.mp4', 'download/1'].map((path) => `${base}/${path}`)
    for (const address of [...addresses, recordingPaths.piece(meetingId, { from: begun, to: begun + 3000 })]) {
      const answer = await administrator.ask('GET', address)
      const { status, headers } = answer
      expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([503, '30', 'no-store'])
      for (const name of ['content-range', 'content-disposition', 'accept-ranges']) expect(headers.get(name)).toBeNull()
      tellsNothing(await answer.text(), place)
    }
    expect((await fetch(`${hub.origin}${base}/recording.m3u8`)).status).toBe(200)
    expect(await impairedAt(hub)).toEqual(['recordings'])
    await place.setAway(false)
    await expect.poll(() => impairedAt(hub)).toEqual([])
    expect(partsIn(await everythingOf(hub.origin, administrator))).toEqual(all)

    const { secretFile } = place.recordings!
    if (secretFile === undefined) return
    await writeFile(secretFile, 'another')
    await expect(startTestHub({ recordings: place.recordings })).rejects.toThrow(
      /^"recordings" cannot be used\. http:\S+ says that the secret does not belong to the access key\./,
    )
  },
)
