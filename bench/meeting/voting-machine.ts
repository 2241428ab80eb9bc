import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Choice } from '../../shared/council/events/vote.ts'
import type { ApiFailure, BallotReceipt } from '../../shared/hub-api/contract.ts'
import { paths } from '../../shared/hub-api/contract.ts'
import type { SigningDevice } from '../../e2e/fixtures/meeting/participant.ts'

/** A connection to the hub, kept open as a browser does, which costs the bench's processor hardly anything. */
export class VotingMachine {
  readonly #socket: Socket
  readonly #device: SigningDevice
  readonly #meeting: string

  static async connect(device: SigningDevice, meeting: string): Promise<VotingMachine> {
    const { hostname, port } = new URL(device.origin)
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    await once(socket, 'connect')
    return new VotingMachine(socket, device, meeting)
  }

  private constructor(socket: Socket, device: SigningDevice, meeting: string) {
    this.#socket = socket
    this.#device = device
    this.#meeting = meeting
  }

  /** The bytes that hand a ballot to the hub. */
  request(vote: string, choice: Choice): Buffer {
    const { origin, session } = this.#device
    const body = JSON.stringify({ meeting: this.#meeting, choice })
    const head = [
      `PUT ${paths.ballot(vote)} HTTP/1.1`,
      `host: ${new URL(origin).host}`,
      `authorization: Bearer ${session.token}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
  }

  /** Hands a ballot to the hub, and reads whether it came back as a receipt. */
  async cast(vote: string, choice: Choice): Promise<BallotReceipt | ApiFailure> {
    const answered = once(this.#socket, 'data')
    this.#socket.write(this.request(vote, choice))
    const [answer] = (await answered) as [Buffer]
    const text = answer.toString('utf8')
    return JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as BallotReceipt | ApiFailure
  }

  close(): void {
    this.#socket.destroy()
  }
}
