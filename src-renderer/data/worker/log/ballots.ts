import { paths, type ApiFailure, type BallotReceipt } from '../../../../shared/hub-api/contract.ts'
import type { BallotRequest } from '../../../../shared/hub-api/meetings.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import type { BallotFailure } from '../../contract.ts'
import type { HubClient } from '../../hub/index.ts'
import type { BallotInput } from '../contract.ts'
import type { MeetingLogs } from './meeting-logs.ts'

/** Milliseconds for which a ballot is tried, and pauses between the tries. */
const triedFor = 20_000
const answerWithin = 5000
const firstPause = 250
const longestPause = 2000

/** Over the live socket; undefined when no answer came. */
export type CastLive = (vote: string, ballot: BallotRequest) => Promise<BallotReceipt | ApiFailure | undefined>

/**
 * Takes ballots to the hub. They are in no log and on no disk: what the hub did not confirm was not cast. The same
 * ballot may arrive twice, as the hub's receipt is the same then; a later one of a person waits for the end of theirs.
 */
export class Ballots {
  #hub: HubClient
  #castLive: CastLive
  #logs: MeetingLogs
  #turns = new Map<string, { end: () => void; settled: Promise<unknown> }>()

  constructor(hub: HubClient, castLive: CastLive, logs: MeetingLogs) {
    this.#hub = hub
    this.#castLive = castLive
    this.#logs = logs
  }

  /** Settles with the hub's receipt, or when it is sure that there will be none. */
  async cast(meeting: string, ballot: BallotInput): Promise<Result<BallotReceipt, BallotFailure>> {
    const name = `${ballot.vote} ${ballot.instead?.person ?? ''}`
    const before = this.#turns.get(name)
    const ending = new AbortController()
    const outcome = (async () => {
      before?.end()
      await before?.settled
      return this.#persist(meeting, ballot, ending.signal)
    })()
    const turn = { end: () => ending.abort(), settled: outcome.catch(() => {}) }
    this.#turns.set(name, turn)
    try {
      return await outcome
    } finally {
      if (this.#turns.get(name) === turn) this.#turns.delete(name)
    }
  }

  async #persist(
    meeting: string,
    ballot: BallotInput,
    replaced: AbortSignal,
  ): Promise<Result<BallotReceipt, BallotFailure>> {
    const deadline = Date.now() + triedFor
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      const answer = await this.#deliver(meeting, ballot)
      if (answer.ok || !isTransient(answer.failure)) return answer.ok ? answer : failed(answer.failure.kind)
      if (replaced.aborted) return failed('failed')
      if (Date.now() + pause > deadline) return failed(answer.failure.kind)
      await rest(pause, replaced)
      if (replaced.aborted) return failed('failed')
      if (await this.#isOver(meeting, ballot.vote)) return failed('closed')
    }
  }

  /** Over the socket, or where it does not answer by HTTP. */
  async #deliver(meeting: string, { vote, choice, instead }: BallotInput): Promise<Result<BallotReceipt, Failure>> {
    const request = { meeting, choice, ...instead }
    const live = await this.#castLive(vote, request)
    if (live) return 'error' in live ? refusalOf(live) : success(live)
    const answer = await this.#hub.ask<BallotReceipt>('PUT', paths.ballot(vote), request, answerWithin)
    return answer.ok ? success(answer.value) : refusalOf(answer.failure)
  }

  async #isOver(meeting: string, vote: string): Promise<boolean> {
    const log = await this.#logs.of(meeting)
    return this.#logs
      .shown(log)
      .some(
        ({ event: { body }, refusal }) =>
          !refusal && (body.kind === 'vote-closed' || body.kind === 'vote-cancelled') && body.vote === vote,
      )
  }
}

interface Failure {
  readonly kind: BallotFailure
  readonly transient: boolean
}

function refusalOf(failure: ApiFailure | 'unreachable'): Result<never, Failure> {
  if (failure === 'unreachable') return failed({ kind: 'offline', transient: true })
  switch (failure.error) {
    case 'conflict':
      return failed({ kind: 'closed', transient: false })
    case 'forbidden':
      return failed({ kind: 'not-entitled', transient: false })
    case 'internal':
    case 'not-ready':
    case 'too-many-requests':
      return failed({ kind: 'failed', transient: true })
    default:
      return failed({ kind: 'failed', transient: false })
  }
}

const isTransient = ({ transient }: Failure): boolean => transient

const rest = (pause: number, until: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, pause)
    until.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
