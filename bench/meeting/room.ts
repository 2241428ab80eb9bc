import type { EventBody } from '../../shared/council/meeting-event.ts'
import { Participant, type SigningDevice } from '../../e2e/fixtures/meeting/participant.ts'
import { constitutionOf, personAt, SmallCouncil } from '../../e2e/fixtures/meeting/small-council.ts'
import { VotingMachine } from './voting-machine.ts'

export const voters = 53
export const clients = 60

const meeting = 'meeting:bench'
const item = 'agenda-item:bench'

/**
 * A council of 53 and the screens of the room: everybody has a socket of their own and reduces the log. In a room each
 * has a processor of their own, here all share one. So one client at a time is measured, another one each time: that
 * which the hub tells last. It does at once all that a client does; what the others hear waits in their sockets until it
 * has finished, and then they do the same.
 */
export class Room {
  readonly #participants: readonly Participant[]
  readonly #machines: readonly VotingMachine[]
  readonly #council: SmallCouncil
  #events = 0
  #votes = 0
  #turns = 0

  static async open(): Promise<Room> {
    const council = await SmallCouncil.gather(voters, 'nothing')
    const { place } = await council.call(meeting)
    const screens = await Promise.all(
      Array.from({ length: clients - voters }, (_, index) => council.secondDevice(index)),
    )
    const devices: readonly SigningDevice[] = [...council.devices, ...screens]
    const participants = await Promise.all(devices.map((device) => Participant.enter(device, place)))
    const machines = await Promise.all(council.devices.map((device) => VotingMachine.connect(device, meeting)))
    const room = new Room(council, participants, machines)
    await room.#begin()
    return room
  }

  private constructor(council: SmallCouncil, participants: readonly Participant[], machines: readonly VotingMachine[]) {
    this.#council = council
    this.#participants = participants
    this.#machines = machines
  }

  get #chair(): Participant {
    return this.#at(0)
  }

  #at(index: number): Participant {
    const participant = this.#participants[index]
    if (!participant) throw new Error(`There is no participant ${index}`)
    return participant
  }

  async #begin(): Promise<void> {
    await this.#chair.write({ kind: 'meeting-prepared', constitution: constitutionOf(voters, [item]) })
    for (let index = 0; index < voters; index += 1)
      await this.#chair.write({ kind: 'person-arrived', person: personAt(index), mode: 'room', by: 'list' })
    await this.#chair.write({ kind: 'meeting-opened' })
    await this.#chair.write({ kind: 'item-opened', item })
    await this.#everybody('the item is open', (state) => state.current === item)
  }

  #everybody(what: string, holds: (state: Participant['state']) => boolean): Promise<unknown> {
    return Promise.all(this.#participants.map((participant) => participant.until(what, holds)))
  }

  /** The next voter in turn, who does not act, enters anew, and so is told last. */
  async #nextInTurn(acting: number): Promise<number> {
    const turn = this.#turns++ % voters
    const index = turn === acting ? this.#turns++ % voters : turn
    const participant = this.#at(index)
    participant.cutOff()
    await participant.connect()
    return index
  }

  /** Runs with all but one hearing nothing. */
  async #alone(index: number, act: () => Promise<void>): Promise<void> {
    const others = this.#participants.filter((_, other) => other !== index)
    for (const other of others) other.holdBack()
    await act().finally(() => {
      for (const other of others) other.listen()
    })
  }

  /** Milliseconds from a member's asking to speak, or thinking better of it, until the state of who is told last says so. */
  async event(): Promise<number> {
    const number = this.#events++
    const speech = `speech:b${number >> 1}`
    const isNew = number % 2 === 0
    const speaker = (number >> 1) % voters
    const last = await this.#nextInTurn(speaker)
    const request = { speech, item, speaker: { person: personAt(speaker) }, form: 'speech' } as const
    const isSeen = ({ speeches }: Participant['state']): boolean =>
      speeches.get(speech)?.status === (isNew ? 'waiting' : 'withdrawn')
    let took = 0
    await this.#alone(last, async () => {
      const begin = performance.now()
      const seen = this.#at(last).until(`${speech} is known`, isSeen)
      void this.#at(speaker).write(
        isNew ? { kind: 'speech-requested', ...request } : { kind: 'speech-withdrawn', speech },
      )
      await seen
      took = performance.now() - begin
    })
    await this.#everybody(`${speech} is known`, isSeen)
    return took
  }

  /**
   * Milliseconds from the moment at which all ballots are sent until who is told last has the sealed result. They cast
   * their ballot as an app does; those of the others, whose processors have nothing else to do, are ready to be sent.
   */
  async vote(): Promise<number> {
    const vote = `vote:b${(this.#votes += 1)}`
    await this.#chair.write({
      ...{ kind: 'vote-opened', vote, item, question: 'Shall it be so?', subject: 'resolution' },
      ...{ majority: 'simple', mode: 'devices', secret: false },
    })
    await this.#everybody('the vote is open', ({ votes }) => votes.has(vote))
    // Nobody votes in the very millisecond in which they can.
    const last = await this.#nextInTurn(0)
    const isDecided = ({ votes }: Participant['state']): boolean => votes.get(vote)?.status === 'decided'
    let took = 0
    await this.#alone(last, async () => {
      const begin = performance.now()
      const receipts = this.#machines.map((machine, index) => {
        const choice = index % 3 === 0 ? 'no' : 'yes'
        return index === last ? this.#at(last).castBallot(vote, choice) : machine.cast(vote, choice)
      })
      if ((await Promise.all(receipts)).some((receipt) => 'error' in receipt)) throw new Error('A ballot was not taken')
      const decided = this.#at(last).until('the vote is decided', isDecided)
      void this.#chair.write({ kind: 'vote-closed', vote })
      await decided
      took = performance.now() - begin
    })
    await this.#everybody('the vote is decided', isDecided)
    const counted = this.#chair.state.votes.get(vote)?.ballots?.length
    if (counted !== voters) throw new Error(`${counted} of ${voters} ballots were counted`)
    return took
  }

  /** A message to a device with the newest events of some kinds, as the hub sends it. */
  message(...kinds: EventBody['kind'][]): string {
    const newest = kinds.map((kind) => {
      const event = this.#chair.log.events.findLast(({ body }) => body.kind === kind)
      if (!event) throw new Error(`There was no ${kind}`)
      return event
    })
    return messageOf(newest)
  }

  /** What a voter sends, and gets back from an echo. */
  ballot(): Buffer {
    const [machine] = this.#machines
    if (!machine) throw new Error('Nobody votes')
    return machine.request(`vote:b${this.#votes}`, 'yes')
  }

  async close(): Promise<void> {
    for (const participant of this.#participants) participant.leave()
    for (const machine of this.#machines) machine.close()
    await this.#council.dissolve()
  }
}

/** Events in a message as the hub sends it. */
export function messageOf(events: readonly object[]): string {
  const revision = `1-${'0'.repeat(32)}`
  const documents = events.map((event) => ({
    ...{ ...event, _rev: revision, _revisions: { start: 1, ids: ['0'.repeat(32)] } },
  }))
  return JSON.stringify({
    ...{ kind: 'changes', audience: 'org-council', from: 1000, seq: 1001, pending: 0, documents },
  })
}
