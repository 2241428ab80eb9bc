import type { CaptionDesk, Captioner } from '../../../../shared/hub-api/captions.ts'
import type { Captions } from './captions.ts'

/** Lines that a desk shows. */
const shownLines = 60

/** Those who write captions of a meeting at this moment, and whose turn it is; nothing of it is stored. */
export class CaptionDeskRoom {
  readonly #captions: Captions
  readonly #now: () => number
  readonly #present = new Map<object, Captioner>()
  #turn: string | null = null

  constructor(captions: Captions, now: () => number) {
    this.#captions = captions
    this.#now = now
  }

  get state(): CaptionDesk {
    const { open, because, delay } = this.#captions.broadcast.status
    return {
      ...{ open, because, delay, ended: this.#captions.broadcast.hasEnded, now: this.#now() },
      present: [...new Map([...this.#present.values()].map((one) => [one.account, one])).values()],
      turn: this.#turn,
      lines: this.#captions.lines(shownLines),
    }
  }

  /** Somebody comes, and hears of every change until the returned end. */
  enter(captioner: Captioner, listener: () => void): () => void {
    const seat = {}
    this.#present.set(seat, captioner)
    this.#turn ??= captioner.account
    let told = ''
    const tell = (): void => {
      const text = JSON.stringify({ ...this.state, now: 0 })
      if (text === told) return
      told = text
      listener()
    }
    const end = this.#captions.onChange(tell)
    tell()
    return () => {
      end()
      this.#present.delete(seat)
      if (!this.#isPresent(captioner.account) && this.#turn === captioner.account) this.#turn = null
    }
  }

  /** Says who writes from now on; false when that account is not here. */
  setTurn(account: string | null): boolean {
    if (account !== null && !this.#isPresent(account)) return false
    this.#turn = account
    return true
  }

  #isPresent(account: string): boolean {
    return [...this.#present.values()].some((one) => one.account === account)
  }
}
