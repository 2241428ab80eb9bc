import { fork } from 'node:child_process'
import { people, startReplicationHub } from '../src-main/hub/replication/replication.suite.ts'
import type { Audience } from '../shared/rules/audience.ts'

/** A hub in a process of its own, so that its CPU time is its own. */
export interface HubProcess {
  readonly url: string
  /** Milliseconds of CPU, user and system, since the process began. */
  cpu(): Promise<number>
  /** Writes one document as the publisher would. */
  write(audience: Audience, id: string): Promise<void>
  /** A single-use ticket of a signed-in device. */
  ticket(device: string): Promise<string>
  stop(): void
}

type Ask =
  | { readonly kind: 'cpu' }
  | { readonly kind: 'write'; readonly audience: Audience; readonly id: string }
  | { readonly kind: 'ticket'; readonly device: string }

/** A paper of about 660 bytes. */
const paper = (id: string) => ({
  _id: id,
  type: 'paper',
  schema: 1,
  name: 'Neugestaltung des Marktplatzes',
  text: 'Der Ausschuss empfiehlt dem Rat die Zustimmung. '.repeat(11),
  written: performance.now(),
})

/** Starts a hub with so many signed-in devices of one member, called `device-0` and on. */
export async function startHubProcess(devices: number): Promise<HubProcess> {
  const child = fork(import.meta.filename, [String(devices)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const stop = () => void child.kill('SIGKILL')
  process.once('exit', stop)
  const waiting = new Map<number, (value: unknown) => void>()
  let asked = 0
  const { promise: started, resolve: tellStarted, reject } = Promise.withResolvers<string>()
  child.on('message', (message: { id: number; value: unknown }) => {
    if (message.id === 0) tellStarted(String(message.value))
    else waiting.get(message.id)?.(message.value)
    waiting.delete(message.id)
  })
  child.once('exit', (code) => reject(new Error(`The hub ended with ${code}.`)))
  const ask = (question: Ask): Promise<unknown> =>
    new Promise((resolve) => {
      asked += 1
      waiting.set(asked, resolve)
      child.send({ id: asked, question })
    })
  return {
    url: await started,
    cpu: async () => Number(await ask({ kind: 'cpu' })),
    write: async (audience, id) => void (await ask({ kind: 'write', audience, id })),
    ticket: async (device) => String(await ask({ kind: 'ticket', device })),
    stop,
  }
}

async function serve(devices: number): Promise<void> {
  const hub = await startReplicationHub()
  for (let device = 0; device < devices; device += 1) hub.sessions.signIn(`device-${device}`, people.member)
  const answer = async (question: Ask): Promise<unknown> => {
    switch (question.kind) {
      case 'cpu': {
        const { user, system } = process.cpuUsage()
        return (user + system) / 1000
      }
      case 'write':
        return (await hub.store.open(question.audience)).write([paper(question.id)])
      case 'ticket':
        return hub.sessions.ticketFor(question.device)
    }
  }
  process.on('message', (message: { id: number; question: Ask }) => {
    void answer(message.question).then((value) => process.send?.({ id: message.id, value }))
  })
  process.once('disconnect', () => void hub.stop().then(() => process.exit(0)))
  process.send?.({ id: 0, value: hub.url })
}

if (process.send && process.argv[1] === import.meta.filename) await serve(Number(process.argv[2]))
