import type { PublicBroadcast, WatchedMeeting } from '../../../shared/hub-api/broadcast.ts'
import { broadcastPaths } from '../../../shared/hub-api/broadcast.ts'

/** Milliseconds between two questions for how the broadcast stands. */
const askEvery = 3000
/** What is corrected later gives no signal: after so many of those questions the course is asked for as well. */
const courseEvery = 10

/** What the page knows of the meeting and its broadcast; keeps itself current while it is followed. */
export class Watched {
  meeting = $state.raw<WatchedMeeting>()
  broadcast = $state.raw<PublicBroadcast>()
  /** The hub does not answer. */
  isOffline = $state(false)
  /** The hub's clock when it answered last; milliseconds since 1970. */
  time = $state(Date.now())
  readonly #key: string
  readonly #prefix: string
  readonly #onBack: () => void
  #signals: EventSource | undefined
  #asked = 0
  /** By how much the hub's clock is ahead of ours; milliseconds. */
  #ahead = 0

  /** @param onBack hears that the hub answers again after it did not */
  constructor(key: string, prefix: string, onBack: () => void) {
    this.#key = key
    this.#prefix = prefix
    this.#onBack = onBack
  }

  /** The hub's clock; milliseconds since 1970. */
  now = (): number => Date.now() + this.#ahead

  /** Follows both until the returned function is called. */
  follow(): () => void {
    const ask = (): void => void this.#askBroadcast()
    const timer = setInterval(ask, askEvery)
    ask()
    void this.#askMeeting()
    return () => {
      clearInterval(timer)
      this.#signals?.close()
    }
  }

  /** There are none before the opening, and a proxy that cannot reach the hub ends them for good: listens anew then. */
  #listen(): void {
    if (this.#signals && this.#signals.readyState !== EventSource.CLOSED) return
    this.#signals = new EventSource(`/meeting/${this.#key}/signals`)
    // Whatever changed: all of it is one short answer.
    for (const name of ['part', 'phase', 'item', 'speaker', 'vote'])
      this.#signals.addEventListener(name, () => void this.#askMeeting())
  }

  async #askMeeting(): Promise<void> {
    this.meeting = (await ask<WatchedMeeting>(`${this.#prefix}/meeting/${this.#key}/watch.json`)) ?? this.meeting
  }

  async #askBroadcast(): Promise<void> {
    const answer = await ask<PublicBroadcast>(broadcastPaths.state(this.#key))
    if (answer && this.isOffline) this.#onBack()
    this.isOffline = answer === undefined
    if (!answer) return
    this.broadcast = answer
    this.time = answer.now
    this.#ahead = answer.now - Date.now()
    this.#asked += 1
    if (!this.meeting?.progress || this.#asked % courseEvery === 0) await this.#askMeeting()
    if (this.meeting?.progress) this.#listen()
  }
}

async function ask<Answer>(path: string): Promise<Answer | undefined> {
  try {
    const answer = await fetch(path)
    return answer.ok ? ((await answer.json()) as Answer) : undefined
  } catch {
    return undefined
  }
}
