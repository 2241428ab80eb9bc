import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import type { LiveAsk } from '../../../../shared/hub-api/live.ts'
import { HubClient } from '../../hub/index.ts'
import { openLiveFeed, type LiveFeed } from './live-feed.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
afterEach(() => void vi.useRealTimers())

interface Peer {
  readonly feed: LiveFeed
  readonly asked: readonly string[]
  /** Whether the peer answers pings. */
  answers: boolean
  ends: number
  isClosed: boolean
  heard(): number
}

/** A feed to a peer that keeps its socket open and may fall silent, as a network that swallows everything does. */
async function openPeer(): Promise<Peer> {
  const server = createServer((_, answer) => answer.end(JSON.stringify({ ticket: 'once' })))
  const sockets = new WebSocketServer({ server })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.close()
  })
  const asked: string[] = []
  const state = { asked, answers: true, ends: 0, isClosed: false }
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      asked.push((JSON.parse(data.toString()) as LiveAsk).kind)
      if (state.answers) socket.send(JSON.stringify({ kind: 'pong' }))
    })
    socket.on('close', () => (state.isClosed = true))
  })
  const hub = new HubClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => null)
  let heard = 0
  const feed = await openLiveFeed(hub, { tell: () => (heard += 1), frame: () => undefined }, () => (state.ends += 1))
  if (!feed) throw new Error('The feed did not open')
  onTestFinished(() => feed.close())
  return Object.assign(state, { feed, heard: () => heard })
}

const seconds = (count: number): void => void vi.advanceTimersByTime(count * 1000)

test('a silent connection is asked after 30 seconds and given up after 60, once', async () => {
  const peer = await openPeer()
  peer.answers = false
  seconds(30)
  expect(peer.asked).toEqual([])
  seconds(1)
  await vi.waitFor(() => expect(peer.asked).toEqual(['ping']))
  seconds(29)
  expect(peer.ends).toBe(0)
  seconds(1)
  expect(peer.ends).toBe(1)
  await vi.waitFor(() => expect(peer.isClosed).toBe(true))
  seconds(60)
  expect(peer.ends).toBe(1)
})

test('a connection that answers lives on', async () => {
  const peer = await openPeer()
  for (let minutes = 1; minutes <= 5; minutes += 1) {
    seconds(31)
    const asked = peer.asked.length
    await vi.waitFor(() => expect(peer.asked.length).toBeGreaterThanOrEqual(Math.max(asked, minutes)))
    await vi.waitFor(() => expect(peer.heard()).toBe(peer.asked.length))
  }
  expect(peer.ends).toBe(0)
})

test('after a sleep the first tick finds the silence, however short the tick', async () => {
  const peer = await openPeer()
  vi.setSystemTime(Date.now() + 3_600_000)
  expect(peer.ends).toBe(0)
  seconds(1)
  expect(peer.ends).toBe(1)
})

test('a wake gives a silent connection five seconds to answer, and an answering one its time again', async () => {
  const [silent, living] = [await openPeer(), await openPeer()]
  silent.answers = false
  for (const { feed } of [silent, living]) feed.probe()
  await vi.waitFor(() => expect(living.heard()).toBe(1))
  seconds(5)
  expect([silent.ends, living.ends]).toEqual([0, 0])
  seconds(1)
  expect([silent.ends, living.ends]).toEqual([1, 0])
})
