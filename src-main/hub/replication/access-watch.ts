import { Readable } from 'node:stream'
import { canRead, nobody, type Principal } from '../../../shared/rules/access.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import type { Session, SessionChange, Sessions } from '../session.ts'

/** Memberships end at midnight, wherever the town is: every time zone's midnight is a quarter of an hour of UTC. */
const quarterHour = 15 * 60_000

/** Breaks off what is being sent: a client must not take it for a complete answer. */
export class AccessEnded extends Error {
  override readonly name = 'AccessEnded'
  constructor() {
    super('The right to read ended while the answer was sent.')
  }
}

/** One session under watch: who it is now, kept current for as long as something is sent to it. */
export class WatchedSession {
  readonly device: string | null
  readonly account: string | null
  /** Undefined once the device may read nothing but `public`. */
  session: Session | undefined
  /** Whether it ended by revocation; a session also ends by signing out or by age. */
  revoked = false
  #asked: number
  readonly #watch: AccessWatch
  readonly #onChange: () => void

  constructor(watch: AccessWatch, session: Session | null, onChange: () => void) {
    this.#watch = watch
    this.session = session ?? undefined
    this.device = session?.device.id ?? null
    this.account = session?.account.id ?? null
    this.#onChange = onChange
    this.#asked = watch.quarter()
  }

  get principal(): Principal {
    return this.session?.principal ?? nobody
  }

  /** Whether the audience may be read at this instant; to be asked right before each byte. */
  mayRead(audience: Audience): boolean {
    this.keepCurrent()
    return canRead(this.principal, audience)
  }

  /** Asks again when it was long ago: sessions also end by age, of which nobody tells. */
  keepCurrent(): void {
    if (this.device !== null && this.#asked !== this.#watch.quarter()) this.refresh()
  }

  /** Asks the accounts service again and tells the listener. */
  refresh(revoked = false): void {
    this.revoked ||= revoked
    this.#asked = this.#watch.quarter()
    this.session = this.revoked || this.device === null ? undefined : this.#watch.sessions.currentSession(this.device)
    this.#onChange()
  }

  release(): void {
    this.#watch.forget(this)
  }
}

/** Keeps everything that is open for longer than a moment in step with accounts: sockets, waiting feeds, streams. */
export class AccessWatch {
  readonly sessions: Sessions
  readonly #clock: () => number
  readonly #watched = new Map<string, Set<WatchedSession>>()
  readonly #stop: () => void

  constructor(sessions: Sessions, clock: () => number) {
    this.sessions = sessions
    this.#clock = clock
    this.#stop = sessions.onChange((change) => this.#apply(change))
  }

  quarter(): number {
    return Math.floor(this.#clock() / quarterHour)
  }

  /** `onChange` is called, in the same turn, whenever the session may have become another. */
  watch(session: Session | null, onChange: () => void): WatchedSession {
    const watched = new WatchedSession(this, session, onChange)
    if (watched.account === null) return watched
    const ofAccount = this.#watched.get(watched.account) ?? new Set()
    this.#watched.set(watched.account, ofAccount.add(watched))
    return watched
  }

  /**
   * A stream that breaks off the moment its session may no longer read the audience. The right is asked for again right
   * before each chunk.
   */
  stream(session: Session | null, audience: Audience, chunks: AsyncIterable<string>): Readable {
    const watched = this.watch(session, () => {
      if (!canRead(watched.principal, audience)) stream.destroy(new AccessEnded())
    })
    async function* whileReadable(): AsyncGenerator<string> {
      for await (const chunk of chunks) {
        if (!watched.mayRead(audience)) throw new AccessEnded()
        yield chunk
      }
    }
    const stream = Readable.from(whileReadable())
    return stream.on('close', () => watched.release())
  }

  forget(watched: WatchedSession): void {
    if (watched.account === null) return
    const ofAccount = this.#watched.get(watched.account)
    ofAccount?.delete(watched)
    if (ofAccount?.size === 0) this.#watched.delete(watched.account)
  }

  close(): void {
    this.#stop()
  }

  #apply(change: SessionChange): void {
    for (const watched of [...(this.#watched.get(change.account) ?? [])]) {
      const named = change.kind === 'revoked' && (change.device === undefined || change.device === watched.device)
      watched.refresh(named)
    }
  }
}
