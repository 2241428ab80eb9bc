import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket, WebSocketServer } from 'ws'
import type { EventBody, MeetingEvent } from '../shared/council/meeting-event.ts'
import { reduceMeeting } from '../shared/rules/meeting/log.ts'
import { Participant } from '../e2e/fixtures/meeting/participant.ts'
import { constitutionOf, personAt, SmallCouncil } from '../e2e/fixtures/meeting/small-council.ts'
import { longMeeting } from './long-meeting.ts'
import { lessIsBetter, median, percentile, type Bench, type Figure } from './figure.ts'

const rounds = 5
const voters = 53
const clients = 60
/** Events of a round of which the 95th percentile is taken. */
const eventsSeen = 60
const votesPerRound = 3
/** Events of the meeting that is replayed. */
const longLog = 5000
/** How many times as long as the echo each may take. */
const goal = 1 / 3

const meeting = 'meeting:bench'
const item = 'agenda-item:bench'

/** A council of 53 and the screens of the room: everybody has a socket of their own and reduces the log. */
class Room {
  readonly participants: readonly Participant[]
  readonly #council: SmallCouncil
  #events = 0
  #votes = 0

  static async open(): Promise<Room> {
    const council = await SmallCouncil.gather(voters, 'nothing')
    const { place } = await council.call(meeting)
    const screens = Array.from({ length: clients - voters }, (_, index) => council.secondDevice(index))
    const devices = [...council.devices, ...(await Promise.all(screens))]
    const participants = await Promise.all(devices.map((device) => Participant.enter(device, place)))
    const room = new Room(council, participants)
    await room.begin()
    return room
  }

  private constructor(council: SmallCouncil, participants: readonly Participant[]) {
    this.#council = council
    this.participants = participants
  }

  get #chair(): Participant {
    const [chair] = this.participants
    if (!chair) throw new Error('Nobody came')
    return chair
  }

  async begin(): Promise<void> {
    await this.#chair.write({ kind: 'meeting-prepared', constitution: constitutionOf(voters, [item]) })
    for (let index = 0; index < voters; index += 1)
      await this.#chair.write({ kind: 'person-arrived', person: personAt(index), mode: 'room', by: 'list' })
    await this.#chair.write({ kind: 'meeting-opened' })
    await this.#chair.write({ kind: 'item-opened', item })
    await this.#everybody('the item is open', (state) => state.current === item)
  }

  #everybody(what: string, holds: (state: Participant['state']) => boolean): Promise<unknown> {
    return Promise.all(this.participants.map((participant) => participant.until(what, holds)))
  }

  /** Milliseconds from a member's asking to speak, or thinking better of it, until everybody's state says so. */
  async event(): Promise<number> {
    const number = this.#events++
    const index = (number >> 1) % voters
    const speech = `speech:b${number >> 1}`
    const isNew = !this.#chair.state.speeches.has(speech)
    const begin = performance.now()
    const seen = this.#everybody(
      `${speech} is known`,
      ({ speeches }) => speeches.get(speech)?.status === (isNew ? 'waiting' : 'withdrawn'),
    )
    const request = { speech, item, speaker: { person: personAt(index) }, form: 'speech' } as const
    void this.participants[index]?.write(
      isNew ? { kind: 'speech-requested', ...request } : { kind: 'speech-withdrawn', speech },
    )
    await seen
    return performance.now() - begin
  }

  /** Milliseconds from the moment at which all ballots are sent until everybody has the sealed result. */
  async vote(): Promise<number> {
    const vote = `vote:b${(this.#votes += 1)}`
    await this.#chair.write({
      ...{ kind: 'vote-opened', vote, item, question: 'Shall it be so?', subject: 'resolution' },
      ...{ majority: 'simple', mode: 'devices', secret: false },
    })
    await this.#everybody('the vote is open', ({ votes }) => votes.has(vote))
    const casting = this.participants
      .slice(0, voters)
      .map((participant, index) => participant.castBallot(vote, index % 3 === 0 ? 'no' : 'yes'))
    const begin = performance.now()
    const decided = this.#everybody('the vote is decided', ({ votes }) => votes.get(vote)?.status === 'decided')
    const receipts = await Promise.all(casting)
    if (receipts.some((receipt) => 'error' in receipt)) throw new Error('A ballot was not taken')
    void this.#chair.write({ kind: 'vote-closed', vote })
    await decided
    const took = performance.now() - begin
    const counted = this.#chair.state.votes.get(vote)?.ballots?.length
    if (counted !== voters) throw new Error(`${counted} of ${voters} ballots were counted`)
    return took
  }

  /** A message to a device, as the hub sends it. */
  message(kind: EventBody['kind']): string {
    const event = this.#chair.log.events.findLast(({ body }) => body.kind === kind)
    if (!event) throw new Error(`There was no ${kind}`)
    const revision = `1-${'0'.repeat(32)}`
    const document = { ...event, _rev: revision, _revisions: { start: 1, ids: ['0'.repeat(32)] } }
    return JSON.stringify({
      ...{ kind: 'changes', audience: 'org-council', from: 1000, seq: 1001, pending: 0, documents: [document] },
    })
  }

  async close(): Promise<void> {
    for (const participant of this.participants) participant.leave()
    await this.#council.dissolve()
  }
}

/** As many clients on a bare socket server in a process of its own, which sends to all what one of them sends. */
class Echo {
  readonly #sockets: readonly WebSocket[]
  readonly #stop: () => void
  #heard = 0
  #wake = (): void => undefined

  static async open(): Promise<Echo> {
    const child = fork(import.meta.filename, ['echo'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const [port] = (await once(child, 'message')) as [number]
    const sockets = Array.from({ length: clients }, () => new WebSocket(`ws://127.0.0.1:${port}`))
    await Promise.all(sockets.map((socket) => once(socket, 'open')))
    return new Echo(sockets, () => child.kill('SIGKILL'))
  }

  private constructor(sockets: readonly WebSocket[], stop: () => void) {
    this.#sockets = sockets
    this.#stop = stop
    for (const socket of sockets)
      socket.on('message', (data: Buffer) => {
        const { documents } = JSON.parse(data.toString('utf8')) as { documents: unknown[] }
        this.#heard += documents.length
        this.#wake()
      })
  }

  /** Settles when so many messages were heard in all. */
  async #hear(count: number): Promise<void> {
    while (this.#heard < count) await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  async #toAll(message: string, from: number): Promise<void> {
    const heard = this.#heard + clients
    this.#sockets[from]?.send(message)
    await this.#hear(heard)
  }

  async event(message: string, from: number): Promise<number> {
    const begin = performance.now()
    await this.#toAll(message, from)
    return performance.now() - begin
  }

  /** As in a vote: each voter's message comes back to them alone, then three go to everybody, one after the other. */
  async vote(messages: readonly string[]): Promise<number> {
    const [ballot = '', ...toAll] = messages
    const heard = this.#heard + voters
    for (const socket of this.#sockets.slice(0, voters)) socket.send(Buffer.from(ballot), { binary: true })
    const begin = performance.now()
    await this.#hear(heard)
    for (const message of toAll) await this.#toAll(message, 0)
    return performance.now() - begin
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate()
    this.#stop()
  }
}

/** What is in binary frames comes back to the sender, text goes to all. */
async function serveEcho(): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) socket.send(data, { binary: false })
      else for (const client of server.clients) client.send(data, { binary: false })
    })
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.((server.address() as AddressInfo).port)
}

/** Milliseconds until the state of a long meeting follows from its events. */
function replay(events: readonly MeetingEvent[]): number {
  const begin = performance.now()
  const state = reduceMeeting('meeting:long', events)
  const took = performance.now() - begin
  if (state.refused.length > 0) throw new Error(`${state.refused.length} events of the long meeting have no effect`)
  return took
}

async function times(count: number, once: (index: number) => Promise<number>): Promise<number[]> {
  const measured: number[] = []
  for (let index = 0; index < count; index += 1) measured.push(await once(index))
  return measured
}

/** Milliseconds of one durable write of 4 kB where the hub has its data: what no echo pays, and every event does. */
async function durableWrites(): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-disk-'))
  const file = openSync(join(folder, 'log'), 'w')
  const measured = await times(40, async (index) => {
    const begin = performance.now()
    writeSync(file, Buffer.alloc(4096, index))
    fdatasyncSync(file)
    return performance.now() - begin
  })
  closeSync(file)
  await rm(folder, { recursive: true })
  return measured
}

interface Round {
  readonly event: number
  readonly echo: number
  readonly vote: number
  readonly voteEcho: number
  readonly replay: number
  readonly disk: number
  readonly diskSlow: number
}

async function measure(room: Room, echo: Echo, events: readonly MeetingEvent[]): Promise<Round> {
  const message = room.message('speech-requested')
  const ballot = JSON.stringify({ meeting, choice: 'yes', documents: [1] })
  const ofVote = [
    ballot,
    ...(['ballots-received', 'vote-closed', 'vote-sealed'] as const).map((kind) => room.message(kind)),
  ]
  const disk = await durableWrites()
  return {
    ...{ disk: median(disk), diskSlow: percentile(disk, 0.95) },
    event: percentile(await times(eventsSeen, () => room.event()), 0.95),
    echo: percentile(await times(eventsSeen, (index) => echo.event(message, index % voters)), 0.95),
    vote: median(await times(votesPerRound, () => room.vote())),
    voteEcho: median(await times(votesPerRound, () => echo.vote(ofVote))),
    replay: replay(events),
  }
}

async function run(): Promise<Figure[]> {
  const room = await Room.open()
  const echo = await Echo.open()
  try {
    const events = longMeeting('meeting:long', longLog)
    await room.event()
    await room.vote()
    const measured: Round[] = []
    // The first round compiles.
    for (let round = 0; round <= rounds; round += 1) {
      const one = await measure(room, echo, events)
      if (round > 0) measured.push(one)
    }
    const of = (part: keyof Round): number => median(measured.map((round) => round[part]))
    console.log(`One durable write of 4 kB: ${of('disk').toPrecision(3)} ms, p95 ${of('diskSlow').toPrecision(3)} ms`)
    return [
      lessIsBetter(`event to the state of ${clients} clients, p95`, {
        ...{ ours: of('event'), reference: of('echo'), goal, unit: 'ms' },
      }),
      lessIsBetter(`vote of ${voters}, from ballots sent to result at ${clients} clients`, {
        ...{ ours: of('vote'), reference: of('voteEcho'), goal, unit: 'ms' },
      }),
      lessIsBetter(`state of ${longLog} events`, { ours: of('replay'), reference: of('echo'), goal, unit: 'ms' }),
    ]
  } finally {
    echo.close()
    await room.close()
  }
}

export const bench: Bench = {
  name: 'P9',
  description: `a meeting of ${clients} clients; events, votes and the reducer against the echo of a bare socket server`,
  run,
}

if (process.send && process.argv[1] === import.meta.filename && process.argv[2] === 'echo') await serveEcho()
