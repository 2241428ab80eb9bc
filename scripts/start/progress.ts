/** A line about work that lasts: rewritten in place on a terminal, otherwise begun and ended. */
export interface Progress {
  /** How far the work is, such as `250 of 1,774`. */
  step(text: string): void
}

/** Does work and says so; the line ends with the seconds that it took. */
export async function during<Value>(what: string, work: (progress: Progress) => Promise<Value>): Promise<Value> {
  const began = Date.now()
  const { stdout } = process
  const seconds = (): string => `${((Date.now() - began) / 1000).toFixed(1)} s`
  let last = ''
  const show = (): void => {
    if (stdout.isTTY) stdout.write(`\r\x1b[K${what} ... ${last} ${seconds()}`)
  }
  if (!stdout.isTTY) stdout.write(`${what} ...\n`)
  const clock = setInterval(show, 250)
  const end = (outcome: string): void => {
    clearInterval(clock)
    stdout.write(`${stdout.isTTY ? '\r\x1b[K' : ''}${what}: ${outcome} (${seconds()})\n`)
  }
  try {
    const value = await work({ step: (text) => (last = text) })
    end('done')
    return value
  } catch (fault) {
    end('failed')
    throw fault
  }
}
