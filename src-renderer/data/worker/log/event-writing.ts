import { meetingEventId, type EventBody, type MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import type { SessionInfo } from '../../../../shared/hub-api/contract.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { judgeWrite, type Refusal } from '../../../../shared/rules/access.ts'
import { audiencesOfBody } from '../../../../shared/rules/meeting/deed-audience.ts'
import { MeetingLog } from '../../../../shared/rules/meeting/log.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import { headOf, signNext, type Draft } from './chain.ts'
import type { DeviceClock } from './device-clock.ts'
import type { DeviceKeys } from './device-key.ts'
import type { EventOutbox } from './event-outbox.ts'
import type { Log, MeetingLogs } from './meeting-logs.ts'

type Session = Omit<SessionInfo, 'token'>

export interface WritingNeeds {
  readonly databases: Databases
  readonly logs: MeetingLogs
  readonly outbox: EventOutbox
  readonly keys: DeviceKeys
  readonly clock: DeviceClock
  /** Whoever is signed in. */
  readonly session: () => Session | undefined
  /** Whether every change reaches the hub as it happens. */
  readonly isLive: () => boolean
}

/** Accepts events that people write: judged as the hub will judge them, signed, then kept for the hub. */
export class EventWriting {
  #needs: WritingNeeds
  /** One event after the other: each names the one before. */
  #turn: Promise<unknown> = Promise.resolve()
  #reduced = new WeakMap<Log, MeetingLog>()

  constructor(needs: WritingNeeds) {
    this.#needs = needs
  }

  /** Settles when the event is safe on this device. */
  async write(meeting: string, body: EventBody): Promise<Result<MeetingEvent, Refusal>> {
    const session = this.#needs.session()
    if (!session) return failed({ reason: 'not-signed-in' })
    const { mark } = await this.#needs.keys.of(session.account.id)
    // Before its meeting is read, no event can be given a time after those that this device knows.
    const log = await this.#needs.logs.of(meeting)
    const id = meetingEventId({ meeting, clock: this.#needs.clock.tick(mark), author: session.account.id })
    return this.inTurn(() => this.#keep(session, log, { id, body }))
  }

  /** Runs what changes chains after what is already changing them. */
  inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(act, act)
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #keep(
    { account, principal }: Session,
    log: Log,
    { id, body }: { id: string; body: EventBody },
  ): Promise<Result<MeetingEvent, Refusal>> {
    const { databases, keys, outbox, isLive } = this.#needs
    const audiences = audiencesOfBody(this.#stateOf(log), body, this.#replacedBy(log, body))
    const [open] = audiences.flatMap((audience) => databases.find(audience) ?? [])
    if (!open) return failed({ reason: 'no-such-audience' })
    const key = await keys.of(account.id)
    const live = isLive()
    const draft: Draft = {
      _id: id,
      type: 'event',
      schema: 1,
      author: { account: account.id, person: principal.person, roles: [...principal.roles], key: key.fingerprint },
      ...(live ? {} : { offline: true as const }),
      body,
    }
    const signer = { key, certificate: await keys.certificate(account.id) }
    const event = await signNext(signer, draft, this.#last(log, open, key.fingerprint))
    const verdict = judgeWrite(principal, { audience: open.copy.audience, document: { ...event }, liveLeaves: 0 })
    if (!verdict.allowed) {
      const { allowed: _, ...refusal } = verdict
      return failed(refusal)
    }
    // On a live connection it is sent at once: marked so before, it need not be written twice.
    await outbox.put(open, [event], live)
    return success(event)
  }

  /** What the log says, what waits here included: it decides who may read the next event. */
  #stateOf(log: Log): MeetingState {
    const shown = this.#needs.logs.shown(log).filter(({ refusal }) => !refusal)
    const signatures = new Map(shown.map(({ event }) => [event._id, event.signature]))
    const before = this.#reduced.get(log)
    // What was refused, given up or signed anew since does not count any more as it was.
    const stays = before?.events.every(({ _id, signature }) => signatures.get(_id) === signature) === true
    const reduced = before && stays ? before : new MeetingLog(log.meeting)
    this.#reduced.set(log, reduced)
    reduced.insert(shown.map(({ event }) => event))
    return reduced.state
  }

  /** Where the event lies that a correction replaces. */
  #replacedBy(log: Log, body: EventBody): Audience | undefined {
    if (body.kind !== 'corrected') return undefined
    const [received] = log.received.get(body.replaces)?.copies ?? []
    return (received ?? this.#needs.outbox.get(body.replaces)?.open)?.copy.audience
  }

  /** The end of a chain, what waits here included. */
  #last(log: Log, open: OpenCopy, fingerprint: string): MeetingEvent | undefined {
    const prefix = `event:${log.meeting.slice(log.meeting.indexOf(':') + 1)}:`
    const waiting = this.#needs.outbox.entries.findLast(
      ({ row, event, open: { copy } }) =>
        !row.refusal && row.id.startsWith(prefix) && copy.key === open.copy.key && event.author.key === fingerprint,
    )
    const received = headOf(log, open.copy.audience, fingerprint)
    return waiting && waiting.event.place > (received?.place ?? 0) ? waiting.event : received
  }
}
