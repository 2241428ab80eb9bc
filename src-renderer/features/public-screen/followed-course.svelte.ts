import { broadcastPaths, type WatchedMeeting } from '../../../shared/hub-api/broadcast.ts'

/** Milliseconds between two questions, within which one is answered, and after which an answer is too old. */
const askEvery = 2000
const answerWithin = 4000
const currentFor = 7000

/**
 * The public course of a meeting, kept current: asked for again and again, and at once when the hub signals a change.
 * Every request goes without cookie and token, so that it is answered as to anybody.
 */
export class FollowedCourse {
  meeting = $state.raw<WatchedMeeting>()
  /** There is no such public meeting. */
  isMissing = $state(false)
  /** The hub answered a moment ago. */
  isCurrent = $state(false)
  readonly #origin: string
  readonly #key: string
  #answered = 0
  #asking = false
  #askAgain = false

  constructor(origin: string, key: string) {
    this.#origin = origin
    this.#key = key
  }

  /** Follows until the returned end. */
  follow(): () => void {
    const ended = new AbortController()
    const timer = setInterval(() => {
      this.isCurrent = Date.now() - this.#answered < currentFor
      void this.#ask(ended.signal)
    }, askEvery)
    void this.#ask(ended.signal)
    void this.#listen(ended.signal)
    return () => {
      clearInterval(timer)
      ended.abort()
    }
  }

  /** Bytes of a file that everybody may read; undefined when the hub does not give it. */
  async file(href: string): Promise<Blob | undefined> {
    const answer = await this.#get(href, AbortSignal.timeout(60_000)).catch(() => undefined)
    return answer?.ok ? answer.blob() : undefined
  }

  #get(path: string, signal: AbortSignal): Promise<Response> {
    return fetch(`${this.#origin}${path}`, { credentials: 'omit', cache: 'no-store', signal })
  }

  /** One question at a time; a change that is signalled meanwhile is asked for afterwards. */
  async #ask(ended: AbortSignal): Promise<void> {
    if (this.#asking) return void (this.#askAgain = true)
    this.#asking = true
    try {
      const within = AbortSignal.any([ended, AbortSignal.timeout(answerWithin)])
      const answer = await this.#get(broadcastPaths.watched(this.#key), within)
      this.isMissing = answer.status === 404
      if (answer.ok) this.meeting = (await answer.json()) as WatchedMeeting
      this.#answered = Date.now()
      this.isCurrent = answer.ok
    } catch {
      // The hub does not answer: after a moment the screen says so.
    } finally {
      this.#asking = false
      const again = this.#askAgain && !ended.aborted
      this.#askAgain = false
      if (again) await this.#ask(ended)
    }
  }

  /** Whatever the hub signals, all of it is one short answer. There is no stream before the opening. */
  async #listen(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      try {
        const answer = await this.#get(`/meeting/${this.#key}/signals`, ended)
        const reader = answer.ok ? answer.body?.getReader() : undefined
        while (reader && !(await reader.read()).done) await this.#ask(ended)
      } catch {
        // Cut off, or not yet there.
      }
      if (!ended.aborted) await new Promise((resolve) => setTimeout(resolve, askEvery))
    }
  }
}
