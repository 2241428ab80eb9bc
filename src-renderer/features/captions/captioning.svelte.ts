import { ulid } from 'ulid'
import type { CaptionDesk, CaptionRequest, DeskCaption } from '../../../shared/hub-api/captions.ts'
import { offsetRange, timeOfLine } from '../../../shared/rules/broadcast/captions.ts'
import type { CaptionFailure, CaptionLink } from '../../data/contract.ts'

/** Milliseconds before words are sent again that did not reach the hub. */
const againAfter = 1500
/** Milliseconds by which a key changes the offset. */
export const offsetStep = 500

/** Words on their way: what is refused stays until its writer has decided. */
export interface Underway {
  readonly request: CaptionRequest
  readonly text: string
  /** `sent`: the hub has it, and the desk does not show it yet. */
  readonly state: 'sending' | 'unsent' | 'sent' | 'refused'
  readonly reason?: Exclude<CaptionFailure, 'unreachable'>
}

/** Somebody who writes captions: what is typed, on its way, and heard of the others. */
export class Captioning {
  desk = $state.raw<CaptionDesk>()
  connection = $state<'connecting' | 'connected' | 'unreachable' | 'missing'>('connecting')
  /** Milliseconds by which this captioner hears the room after the picture. */
  offset = $state(0)
  underway = $state.raw<readonly Underway[]>([])
  readonly #link: CaptionLink
  readonly #me: string
  /** By how much the hub's clock is ahead of ours; milliseconds. */
  #ahead = 0
  #isSending = false

  constructor(link: CaptionLink, me: string) {
    this.#link = link
    this.#me = me
  }

  /** Hears of everything until the returned function is called. */
  follow(): () => void {
    return this.#link.follow((desk) => {
      this.connection = typeof desk === 'string' ? desk : 'connected'
      if (typeof desk === 'string') return
      this.desk = desk
      this.#ahead = desk.now - Date.now()
      const known = new Set(desk.lines.map(({ caption }) => caption))
      this.underway = this.underway.filter(({ state, request }) => state !== 'sent' || !known.has(request.caption))
      void this.#send()
    })
  }

  /** The hub's clock; milliseconds since 1970. */
  now = (): number => Date.now() + this.#ahead

  get isMyTurn(): boolean {
    return this.desk?.turn === this.#me
  }

  /** Somebody else at the desk: the one whose turn it is, or who waits for it. */
  get other(): CaptionDesk['present'][number] | undefined {
    const others = (this.desk?.present ?? []).filter(({ account }) => account !== this.#me)
    return others.find(({ account }) => account === this.desk?.turn) ?? others[0]
  }

  /** Whether anything was typed that the hub does not have. */
  get hasUnsent(): boolean {
    return this.underway.some(({ state }) => state !== 'sent')
  }

  /** Lines of mine that can still be changed, the last one first. */
  get mine(): DeskCaption[] {
    return (this.desk?.lines ?? []).filter(({ by, state }) => by === this.#me && state !== 'taken-back').toReversed()
  }

  /** Sends a line whose first letter was typed at a moment of the hub's clock. */
  say(text: string, begun: number): void {
    const time = timeOfLine({ from: begun, to: this.now() }, this.offset)
    this.#add({ act: 'said', caption: `caption:${ulid()}`, time, text }, text)
  }

  correct(caption: string, text: string): void {
    this.#add({ act: 'corrected', caption, text }, text)
  }

  takeBack({ caption, text }: Pick<DeskCaption, 'caption' | 'text'>): void {
    this.#add({ act: 'taken-back', caption }, text)
  }

  /** Forgets words that were refused. */
  dismiss(one: Underway): void {
    this.underway = this.underway.filter((each) => each !== one)
  }

  changeOffset(by: number): void {
    this.offset = Math.min(offsetRange.most, Math.max(offsetRange.least, this.offset + by))
  }

  /** Takes the turn, or hands it over when it is mine already. */
  async passTurn(): Promise<void> {
    const account = this.isMyTurn ? this.other?.account : this.#me
    if (account !== undefined) await this.#link.setTurn(account)
  }

  bring: CaptionLink['bring'] = (vtt) => this.#link.bring(vtt)

  #add(request: CaptionRequest, text: string): void {
    this.underway = [...this.underway, { request, text, state: 'sending' }]
    void this.#send()
  }

  /** One after the other, in the order in which they were written. */
  async #send(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    for (let next = this.#next(); next; next = this.#next()) {
      const outcome = await this.#link.tell(next.request)
      if (outcome.ok) this.#settle(next, next.request.act === 'said' ? { ...next, state: 'sent' } : undefined)
      else if (outcome.failure === 'unreachable') {
        this.#settle(next, { ...next, state: 'unsent' })
        setTimeout(() => void this.#send(), againAfter)
        break
      } else this.#settle(next, { ...next, state: 'refused', reason: outcome.failure })
    }
    this.#isSending = false
  }

  #next(): Underway | undefined {
    return this.underway.find(({ state }) => state === 'sending' || state === 'unsent')
  }

  #settle(one: Underway, settled: Underway | undefined): void {
    const isShown = settled?.state === 'sent' && this.desk?.lines.some((line) => line.caption === one.request.caption)
    this.underway = this.underway.flatMap((each) =>
      each.request !== one.request ? [each] : settled && !isShown ? [settled] : [],
    )
  }
}
