import { broadcastName, windowLock, type Hello } from './worker/contract.ts'
import { portToWire, type Wire } from './worker/transport.ts'

/**
 * Reaches the one worker of this device. Where the browser has shared workers all windows speak to the same one; else
 * every window starts a worker, the first of them to get the owner's lock serves all over a broadcast channel, and the
 * next takes over when it dies.
 *
 * @param onOwner called whenever a worker begins to serve that knows nothing of this window
 */
export async function reachWorker(hello: Hello, onOwner: () => void): Promise<Wire> {
  await holdLock(windowLock(hello.window))
  return 'SharedWorker' in globalThis ? overSharedWorker(hello) : overBroadcast(hello, onOwner)
}

/** Held as long as the window lives: the worker asks for the same lock to learn that the window is gone. */
const holdLock = (name: string): Promise<void> =>
  new Promise((resolve) => {
    void navigator.locks.request(name, () => {
      resolve()
      return new Promise<never>(() => {})
    })
  })

function overSharedWorker(hello: Hello): Wire {
  // Windows that have joined another hub get a worker of their own, which waits for the end of the one before.
  const name = `data ${hello.hub ?? ''}`
  const shared = new SharedWorker(new URL('./worker/main.ts', import.meta.url), { type: 'module', name })
  shared.port.postMessage(hello)
  return portToWire(shared.port)
}

function overBroadcast(hello: Hello, onOwner: () => void): Wire {
  new Worker(new URL('./worker/main.ts', import.meta.url), { type: 'module', name: 'data' })
  const channel = new BroadcastChannel(broadcastName)
  let hear: (message: unknown) => void = () => {}
  const send = (message: unknown): void => channel.postMessage({ to: 'owner', from: hello.window, message })
  channel.onmessage = (event: MessageEvent<{ to: string; message?: unknown }>) => {
    if (event.data.to === hello.window) hear(event.data.message)
    else if (event.data.to === 'windows') {
      send(hello)
      onOwner()
    }
  }
  // A worker that already serves hears this; one that begins later announces itself.
  send(hello)
  return { send, listen: (listener) => (hear = listener) }
}
