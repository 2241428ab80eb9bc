import type { RoomNews, TextChange } from '../contract.ts'
import { answersFor } from './answers.ts'
import {
  broadcastName,
  ownerLock,
  windowLock,
  type Hello,
  type LogChange,
  type SelectionChange,
  type WindowAsks,
  type WindowTells,
  type WorkerTells,
} from './contract.ts'
import { openDevice, type Device } from './device.ts'
import { connect, portToWire, type Link, type Wire } from './transport.ts'

type WindowLink = Link<WindowAsks, WorkerTells>

const hour = 3600 * 1000

/** Windows that live; secrets are asked of the one that came last. */
const windows = new Map<string, WindowLink>()
let device: Promise<Device> | undefined

/** The one place where what nobody expected arrives: ids and stacks for the console, never contents. */
const reportFault = (fault: unknown): void => {
  // eslint-disable-next-line no-console
  console.error('data worker:', fault)
}

const shell: WindowAsks = {
  readSecret: (name) => latestWindow().ask.readSecret(name),
  writeSecret: (name, value) => latestWindow().ask.writeSecret(name, value),
  forgetSecret: (name) => latestWindow().ask.forgetSecret(name),
}

function latestWindow(): WindowLink {
  const latest = [...windows.values()].at(-1)
  if (!latest) throw new Error('No window is there to ask for a secret')
  return latest
}

/**
 * Serves a window until it is gone.
 *
 * @param early what it said before this worker owned the data
 */
function serve(wire: Wire, hello: Hello, early: readonly unknown[] = []): void {
  const tell = (key: string, change: SelectionChange): void => link.tell('selection', key, change)
  const tellLog = (key: string, change: LogChange): void => link.tell('log', key, change)
  const tellText = (key: string, change: TextChange): void => link.tell('text', key, change)
  const tellRoom = (key: string, news: RoomNews): void => link.tell('room', key, news)
  const opened = (): Promise<Device> => (device ??= openAndRestore(hello))
  const answers = new Proxy(
    {},
    {
      get:
        (_, name: string) =>
        async (...args: never[]) => {
          const table = answersFor(await opened(), { tell, tellLog, tellText, tellRoom }) as unknown as Record<
            string,
            (...args: never[]) => unknown
          >
          return table[name]?.(...args)
        },
    },
  )
  const hears: WindowTells = {
    wake: () => void device?.then(({ connection }) => connection.wake()),
    describeApp: (app) => void device?.then(({ help }) => help.describe(app)),
    sendToRoom: (key, kind, body, peers) =>
      void device?.then(({ rooms }) => rooms.send(tellRoom, key, kind, body, peers)),
  }
  const link: WindowLink = connect<WindowAsks, WorkerTells>(wire, answers, hears, early)
  windows.set(hello.window, link)
  let stop = (): void => {}
  opened().then(({ mirror }) => (stop = mirror.listen((parts) => link.tell('mirror', parts))), reportFault)
  // The window holds this lock as long as it lives.
  void navigator.locks.request(windowLock(hello.window), async () => {
    windows.delete(hello.window)
    stop()
    void device?.then(({ queries, log, texts, rooms }) => {
      queries.closeAll(tell)
      log.logs.closeAll(tellLog)
      texts.closeAll(tellText)
      rooms.closeAll(tellRoom)
    })
  })
}

async function openAndRestore(hello: Hello): Promise<Device> {
  const opened = await openDevice(hello, shell, reportFault)
  await opened.session.restore()
  setInterval(() => void opened.session.expireCopies(new Date()).catch(reportFault), hour)
  return opened
}

/** Waits for its turn: an older version of the app may still own the data in another window. */
const owning = new Promise<void>((resolve) => {
  void navigator.locks.request(ownerLock, () => {
    resolve()
    return new Promise<never>(() => {})
  })
})

function serveSharedPorts(scope: SharedWorkerGlobalScope): void {
  scope.onconnect = ({ ports: [port] }) => {
    if (!port) return
    const wire = portToWire(port)
    const early: unknown[] = []
    wire.listen((message) => {
      early.push(message)
      if (early.length === 1) void owning.then(() => serve(wire, message as Hello, early.splice(1)))
    })
  }
}

async function serveBroadcast(): Promise<void> {
  await owning
  const channel = new BroadcastChannel(broadcastName)
  const listeners = new Map<string, (message: unknown) => void>()
  channel.onmessage = (event: MessageEvent<{ to: string; from: string; message: unknown }>) => {
    const { to, from, message } = event.data
    if (to !== 'owner') return
    if (!isHello(message)) return listeners.get(from)?.(message)
    serve(
      {
        send: (answer) => channel.postMessage({ to: from, message: answer }),
        listen: (listener) => listeners.set(from, listener),
      },
      message,
    )
  }
  channel.postMessage({ to: 'windows' })
}

const isHello = (message: unknown): message is Hello =>
  typeof message === 'object' && message !== null && 'window' in message

if ('onconnect' in self) serveSharedPorts(self as unknown as SharedWorkerGlobalScope)
else void serveBroadcast()
