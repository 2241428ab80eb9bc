import type { LiveAsk, LiveTell } from '../../../../shared/hub-api/live.ts'
import type { LiveFeed } from './live-feed.ts'

/** What the hub answers to one ask. */
type LiveAnswer = Extract<LiveTell, { readonly number: number }>

/** Asks over the live socket that are answered one by one, in any order. */
export class LiveAsks {
  #waiting = new Map<number, (answer: LiveAnswer | undefined) => void>()
  #last = 0

  /**
   * Undefined when no answer came: the hub may have heard it or not.
   *
   * @param within milliseconds to wait for the answer
   */
  ask(feed: LiveFeed | undefined, ask: (number: number) => LiveAsk, within: number): Promise<LiveAnswer | undefined> {
    if (!feed) return Promise.resolve(undefined)
    const number = ++this.#last
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(undefined), within)
      const settle = (answer: LiveAnswer | undefined): void => {
        clearTimeout(timer)
        this.#waiting.delete(number)
        resolve(answer)
      }
      this.#waiting.set(number, settle)
      feed.send(ask(number))
    })
  }

  settle(answer: LiveAnswer): void {
    this.#waiting.get(answer.number)?.(answer)
  }

  /** The socket is gone: no answer comes any more. */
  giveUp(): void {
    for (const settle of [...this.#waiting.values()]) settle(undefined)
  }
}
