import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findNginx } from '../../../scripts/nginx.ts'
import { broadcastPaths } from '../../../shared/hub-api/broadcast.ts'
import { captionPaths } from '../../../shared/hub-api/captions.ts'
import { meetingId, say } from '../meetings/council.suite.ts'
import { makeFolder } from '../testing/hub.ts'
import { freePort } from '../testing/free-port.ts'
import { plainInit, plainPart } from './testing/plain-media.suite.ts'
import { meetingKey, openRoom, runningClock, transmit, type Room } from './testing/room.suite.ts'

const nginx = findNginx()
if (nginx === undefined) console.warn('There is no nginx: the example of a cache in front of the hub is not tested.')

/** Runs nginx with the example, but for its addresses, its certificate and its folder; returns its origin. */
async function startNginx(hub: string): Promise<string> {
  const [folder, port] = [await makeFolder(), await freePort()]
  const example = await readFile('resources/nginx.example.conf', 'utf8')
  const changes: readonly (readonly [string | RegExp, string])[] = [
    ['127.0.0.1:8480', new URL(hub).host],
    ['listen 443 ssl', `listen 127.0.0.1:${port}`],
    [/ssl_certificate(_key)? .*\n/g, '\n'],
    ['/var/cache/nginx/ratssaal', join(folder, 'cache')],
  ]
  const site = changes.reduce((text, [from, to]) => {
    if (text.replace(from, to) === text) throw new Error(`The example has no ${String(from)} any more.`)
    return text.replace(from, to)
  }, example)
  await mkdir(join(folder, 'logs'))
  const main = [
    // Its workers are somebody else otherwise, who may not write here.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    ...['daemon off;', 'worker_processes 1;', `pid ${join(folder, 'pid')};`, 'events {}', 'http {', 'access_log off;'],
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(folder, kind)};`),
    ...[site, '}'],
  ]
  const file = join(folder, 'nginx.conf')
  await writeFile(file, main.join('\n'))
  const child = spawn(nginx!, ['-p', folder, '-c', file, '-e', join(folder, 'logs', 'error.log')], { stdio: 'inherit' })
  const gone = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await gone
  })
  const origin = `http://127.0.0.1:${port}`
  await expect
    .poll(
      () =>
        fetch(origin).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true)
  return origin
}

const parts = (count: number) => Array.from({ length: count }, (_, place) => plainPart(`public ${place}`))
const cacheOf = ({ headers }: Response) => headers.get('x-cache')
const newestPart = (playlist: string): string => [...playlist.matchAll(/PART:[^\n]*URI="([^"]+)"/g)].at(-1)![1]!

async function begin(): Promise<{
  room: Room
  at: (name: string, init?: RequestInit) => Promise<Response>
  origin: string
}> {
  const room = await openRoom(plainInit, { clock: runningClock() })
  const origin = await startNginx(room.hub.origin)
  await transmit(room, parts(6))
  return { room, origin, at: (name, init) => fetch(`${origin}/broadcast/${meetingKey}/high/${name}`, init) }
}

it.skipIf(nginx === undefined)('nginx keeps media and playlists as the hub says', async () => {
  const { room, at } = await begin()
  const name = newestPart(await room.watcher.playlist())
  const [first, again] = [await at(name), await at(name)]
  expect([cacheOf(first), cacheOf(again)]).toEqual(['MISS', 'HIT'])
  expect(again.headers.get('cache-control')).toBe('public, max-age=60, immutable')
  expect(Buffer.from(await again.arrayBuffer())).toEqual(plainPart('public 5'))

  // Whoever waits for the part that comes next, waits once at the hub.
  const sequence = Number(/part-(\d+)/.exec(name)![1]) + 1
  const waiting = Array.from({ length: 24 }, () => at(`live.m3u8?_HLS_msn=${sequence}&_HLS_part=0`))
  await transmit(room, [plainPart('public 6')])
  const answers = await Promise.all(waiting)
  const told = await Promise.all(answers.map((answer) => answer.text()))
  expect(answers.map(cacheOf).filter((status) => status !== 'HIT')).toEqual(['MISS'])
  expect(new Set(told).size).toBe(1)
  expect(told[0]).toContain(`part-${sequence}-0.m4s`)

  // Another query is another answer; without one a playlist is soon old.
  const plain = await at('live.m3u8')
  expect([cacheOf(plain), plain.headers.get('cache-control')]).toEqual(['MISS', 'public, max-age=1'])
  await expect.poll(async () => cacheOf(await at('live.m3u8')), { timeout: 10_000 }).toBe('EXPIRED')
})

it.skipIf(nginx === undefined)('nginx keeps nothing that is refused, grows, or is not for everybody', async () => {
  const { room, at, origin } = await begin()
  const refused = ['part-1-0.m4s', 'live.m3u8?_HLS_msn=99999999999', 'init-none.mp4']
  const asked = [...refused, ...refused].map(async (name) => {
    const answer = await at(name)
    return [answer.status, cacheOf(answer)]
  })
  expect(await Promise.all(asked)).toEqual([404, 400, 404, 404, 400, 404].map((status) => [status, 'MISS']))
  const range = await at('recording.mp4', { headers: { range: 'bytes=0-3' } })
  expect([range.status, (await range.arrayBuffer()).byteLength, cacheOf(range)]).toEqual([206, 4, null])
  const authorization = `Bearer ${room.council.administrator.session!.token}`
  for (const _ of [1, 2]) {
    const status = await fetch(origin + broadcastPaths.broadcast(meetingId), { headers: { authorization } })
    expect([status.status, cacheOf(status)]).toEqual([200, null])
  }
  expect((await fetch(origin + broadcastPaths.broadcast(meetingId))).status).toBe(401)
})

it.skipIf(nginx === undefined)('through nginx events arrive at once, and a close reaches the playlist', async () => {
  const { room, at, origin } = await begin()
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  expect((await (await at('live.m3u8')).text()).match(/(?<=MAP:URI=")[^"]*/g)?.at(-1)).not.toBe('init-slate.mp4')
  const events = await fetch(origin + captionPaths.live(meetingKey), { signal: ended.signal })
  expect(events.headers.get('content-type')).toContain('text/event-stream')
  await say(room.council.chair, [{ kind: 'part-closed', reason: 'Personal' }])
  const shown = async () => (await (await at('live.m3u8')).text()).match(/(?<=MAP:URI=")[^"]*/g)?.at(-1)
  await expect.poll(shown, { timeout: 20_000 }).toBe('init-slate.mp4')
})
