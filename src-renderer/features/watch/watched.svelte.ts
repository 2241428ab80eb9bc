import type { PublicBroadcast, WatchedMeeting } from '../../../shared/hub-api/broadcast.ts'
import { broadcastPaths } from '../../../shared/hub-api/broadcast.ts'

/** Milliseconds between two questions for how the broadcast stands. */
const askEvery = 3000

/** What the page knows of the meeting and its broadcast; keeps itself current while it is followed. */
export class Watched {
  meeting = $state.raw<WatchedMeeting>()
  broadcast = $state.raw<PublicBroadcast>()
  /** The hub does not answer. */
  isOffline = $state(false)
  readonly #key: string
  readonly #prefix: string
  /** By how much the hub's clock is ahead of ours; milliseconds. */
  #ahead = 0

  constructor(key: string, prefix: string) {
    this.#key = key
    this.#prefix = prefix
  }

  /** The hub's clock; milliseconds since 1970. */
  now = (): number => Date.now() + this.#ahead

  /** Follows both until the returned function is called. */
  follow(): () => void {
    const ask = (): void => void this.#askBroadcast()
    const timer = setInterval(ask, askEvery)
    ask()
    void this.#askMeeting()
    const signals = new EventSource(`/meeting/${this.#key}/signals`)
    // Whatever changed: all of it is one short answer.
    for (const name of ['part', 'phase', 'item', 'speaker', 'vote'])
      signals.addEventListener(name, () => void this.#askMeeting())
    return () => {
      clearInterval(timer)
      signals.close()
    }
  }

  async #askMeeting(): Promise<void> {
    this.meeting = (await ask<WatchedMeeting>(`${this.#prefix}/meeting/${this.#key}/watch.json`)) ?? this.meeting
  }

  async #askBroadcast(): Promise<void> {
    const answer = await ask<PublicBroadcast>(broadcastPaths.state(this.#key))
    this.isOffline = answer === undefined
    if (!answer) return
    this.broadcast = answer
    this.#ahead = answer.now - Date.now()
    // Before the opening of the meeting there are no signals.
    if (!this.meeting?.progress) await this.#askMeeting()
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
