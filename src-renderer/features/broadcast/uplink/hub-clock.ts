/** How many answers are compared: about half a minute of leases, so that a drift of clocks is followed. */
const remembered = 40

/** The hub's clock, as its answers tell it: the answer that was under way the shortest tells it best. */
export class HubClock {
  #answers: { readonly offset: number; readonly doubt: number }[] = []

  /** @param told the hub's time in its answer; `sent` and `received` are machine time */
  hear(told: number, sent: number, received: number): void {
    this.#answers.push({ offset: told - (sent + received) / 2, doubt: (received - sent) / 2 })
    this.#answers = this.#answers.slice(-remembered)
  }

  /** Milliseconds since 1970 by the hub's clock; before the first answer by the machine's own. */
  at(machineTime: number): number {
    const best = this.#answers.reduce<{ offset: number; doubt: number } | undefined>(
      (found, answer) => (found && found.doubt < answer.doubt ? found : answer),
      undefined,
    )
    return machineTime + (best?.offset ?? 0)
  }
}
