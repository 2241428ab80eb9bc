import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Choice } from '../../shared/council/events/vote.ts'
import type { ApiFailure, BallotReceipt } from '../../shared/hub-api/contract.ts'
import { paths } from '../../shared/hub-api/contract.ts'
import type { LiveAsk, LiveTell } from '../../shared/hub-api/live.ts'
import { ask, type SigningDevice } from '../../e2e/fixtures/meeting/participant.ts'

/** A live socket of a member that follows nothing: on it a ballot costs the bench's processor hardly anything. */
export class VotingMachine {
  readonly #socket: WebSocket
  readonly #meeting: string

  static async connect({ origin, session }: SigningDevice, meeting: string): Promise<VotingMachine> {
    const { ticket } = await ask<{ ticket: string }>(origin, 'POST', paths.liveTicket, session.token)
    const socket = new WebSocket(`${origin.replace('http', 'ws')}${paths.live}?ticket=${ticket}`)
    await once(socket, 'open')
    return new VotingMachine(socket, meeting)
  }

  private constructor(socket: WebSocket, meeting: string) {
    this.#socket = socket
    this.#meeting = meeting
  }

  /** The message that hands a ballot to the hub. */
  request(vote: string, choice: Choice): Buffer {
    const message: LiveAsk = { kind: 'ballot', number: 1, vote, ballot: { meeting: this.#meeting, choice } }
    return Buffer.from(JSON.stringify(message))
  }

  /** Hands a ballot to the hub, and reads whether it came back as a receipt. */
  async cast(vote: string, choice: Choice): Promise<BallotReceipt | ApiFailure> {
    const answered = once(this.#socket, 'message')
    this.#socket.send(this.request(vote, choice), { binary: false })
    const [data] = (await answered) as [Buffer]
    const tell = JSON.parse(data.toString('utf8')) as LiveTell
    if (tell.kind !== 'ballot-answered') throw new Error(`The hub said ${tell.kind}`)
    return tell.answer
  }

  close(): void {
    this.#socket.terminate()
  }
}
