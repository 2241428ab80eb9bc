import { paths } from '../../../../shared/hub-api/contract.ts'
import type { LiveAsk, LiveTell } from '../../../../shared/hub-api/live.ts'
import type { HubClient } from '../../hub/index.ts'

/** Silence after which the feed asks for a sign of life, and after which it is taken for dead; milliseconds. */
const askAfter = 30_000
const deadAfter = 60_000

export interface LiveFeed {
  send(ask: LiveAsk): void
  /** Sends a message of a room. */
  sendFrame(frame: Uint8Array<ArrayBuffer>): void
  /** Asks for a sign of life now; ends the feed when none comes soon. */
  probe(): void
  close(): void
}

/**
 * Opens the one socket of this device; undefined when the hub cannot be reached.
 *
 * @param onEnd called once, however the feed ends
 */
export async function openLiveFeed(
  hub: HubClient,
  hears: { readonly tell: (tell: LiveTell) => void; readonly frame: (bytes: Uint8Array) => void },
  onEnd: () => void,
): Promise<LiveFeed | undefined> {
  const ticket = await hub.ask<{ ticket: string }>('POST', paths.liveTicket)
  if (!ticket.ok) return undefined
  const socket = new WebSocket(hub.socketUrl(ticket.value.ticket))
  socket.binaryType = 'arraybuffer'
  if (!(await isOpened(socket))) return undefined
  const send = (ask: LiveAsk): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(ask))
  }
  let heard = Date.now()
  let deadline = deadAfter
  let ended = false
  const end = (): void => {
    if (ended) return
    ended = true
    clearInterval(watch)
    socket.close()
    onEnd()
  }
  // Timers of a sleeping computer stand still: the first tick after waking finds the silence.
  const watch = setInterval(() => {
    const silence = Date.now() - heard
    if (silence > deadline) end()
    else if (silence > askAfter) send({ kind: 'ping' })
  }, 1000)
  socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
    heard = Date.now()
    deadline = deadAfter
    if (typeof event.data === 'string') hears.tell(JSON.parse(event.data) as LiveTell)
    else hears.frame(new Uint8Array(event.data))
  }
  socket.onclose = end
  return {
    send,
    sendFrame: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    probe: () => {
      heard = Math.min(heard, Date.now())
      deadline = Date.now() - heard + 5000
      send({ kind: 'ping' })
    },
    close: end,
  }
}

const isOpened = (socket: WebSocket): Promise<boolean> =>
  new Promise((resolve) => {
    socket.onopen = () => resolve(true)
    socket.onerror = () => resolve(false)
    socket.onclose = () => resolve(false)
  })
