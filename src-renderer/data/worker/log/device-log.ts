import type { RefusedWrite, SessionInfo, Town } from '../../../../shared/hub-api/contract.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { type LogVerification, verifyLog } from '../../../../shared/rules/meeting/verification/index.ts'
import type { HubClient } from '../../hub/index.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import { readValue, writeValue, type DeviceStore } from '../store/device-store.ts'
import { Ballots, type CastLive } from './ballots.ts'
import { DeviceClock } from './device-clock.ts'
import type { DeviceKeys } from './device-key.ts'
import { EventOutbox } from './event-outbox.ts'
import { EventSending } from './event-sending.ts'
import { EventWriting } from './event-writing.ts'
import { MeetingLogs } from './meeting-logs.ts'
import { webSigning } from './signing.ts'

export interface DeviceLogNeeds {
  readonly hub: HubClient
  readonly store: DeviceStore
  readonly databases: Databases
  readonly keys: DeviceKeys
  readonly session: () => Omit<SessionInfo, 'token'> | undefined
  readonly isLive: () => boolean
  readonly append: (
    audience: Audience,
    documents: readonly StoredDocument[],
  ) => Promise<readonly RefusedWrite[] | undefined>
  readonly castLive: CastLive
  readonly onFault: (fault: unknown) => void
}

/** This device's part in what happens in meetings: what it reads, writes and sends. */
export class DeviceLog {
  #needs: DeviceLogNeeds
  readonly outbox: EventOutbox
  readonly logs: MeetingLogs
  readonly writing: EventWriting
  readonly ballots: Ballots
  readonly #sending: EventSending
  readonly #clock = new DeviceClock()

  constructor(needs: DeviceLogNeeds) {
    const { hub, store, databases, keys } = needs
    const clock = this.#clock
    this.#needs = needs
    this.outbox = new EventOutbox(store)
    this.logs = new MeetingLogs(databases, this.outbox)
    const parts = { hub, databases, keys, logs: this.logs, outbox: this.outbox, session: needs.session }
    this.writing = new EventWriting({ ...parts, clock, isLive: needs.isLive })
    this.#sending = new EventSending({ ...parts, writing: this.writing, append: needs.append })
    this.ballots = new Ballots(hub, needs.castLive, this.logs)
    this.logs.onEvent = (event) => clock.observe(event)
    this.logs.onFault = needs.onFault
    databases.onArriving = (open, documents) => this.logs.take(open, documents)
  }

  /** The open copies are others now. */
  async load(): Promise<void> {
    await this.outbox.load(this.#needs.databases.open)
    for (const { event } of this.outbox.entries) this.#clock.observe(event)
    this.logs.reset()
  }

  /** The hub can be reached: it vouches for this device's key, and gets what waits. */
  async reach(session: Omit<SessionInfo, 'token'>, town: Town): Promise<void> {
    await this.#pin(town)
    await this.#needs.keys.certify(session, town)
    await this.send()
  }

  send = (): Promise<void> => this.#sending.send()
  rescue = (open: OpenCopy): Promise<void> => this.#sending.rescue(open)

  /** Whatever this device has of the log, checked against the key by which it knew the hub first. */
  async verify(meeting: string): Promise<LogVerification> {
    const { hub, store } = this.#needs
    const log = await this.logs.of(meeting)
    const events = this.logs.shown(log).filter(({ refusal }) => !refusal)
    const trusted = (await readValue(store, 'hubKeys'))?.[hub.origin]
    return verifyLog(
      events.map(({ event }) => event),
      webSigning(),
      trusted === undefined ? [] : [trusted],
    )
  }

  /** The key by which this hub's word is known is the one that this device saw first. */
  async #pin(town: Town): Promise<void> {
    const { hub, store } = this.#needs
    const keys = (await readValue(store, 'hubKeys')) ?? {}
    if (!keys[hub.origin]) await writeValue(store, 'hubKeys', { ...keys, [hub.origin]: town.signingKey })
  }
}
