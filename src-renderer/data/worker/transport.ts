/** Carries structured-clone data both ways. */
export interface Wire {
  send(message: unknown): void
  /** Replaces the listener. */
  listen(listener: (message: unknown) => void): void
}

export const portToWire = (port: MessagePort): Wire => ({
  send: (message) => port.postMessage(message),
  listen: (listener) => {
    port.onmessage = (event: MessageEvent<unknown>) => listener(event.data)
  },
})

type Handlers = Readonly<Record<string, (...args: never[]) => unknown>>

type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly message: string }
  | { readonly kind: 'tell'; readonly name: string; readonly args: readonly unknown[] }

/** Calls of the other side: asks return promises, tells nothing. */
export interface Link<Asks, Tells> {
  readonly ask: {
    readonly [Ask in keyof Asks]: Asks[Ask] extends (...args: infer Args) => infer Value
      ? (...args: Args) => Promise<Awaited<Value>>
      : never
  }
  tell<Tell extends keyof Tells & string>(
    name: Tell,
    ...args: Tells[Tell] extends (...args: infer Args) => unknown ? Args : never
  ): void
  /** Sends asks again that nobody has answered: the other side was replaced. */
  repeat(): void
}

/**
 * Connects two tables over one wire, the same on both ends: `answers` and `hears` are what this side offers, the link
 * is what the other side does. What came `early` is heard first. Values must be structured-clone data. A handler that throws rejects the asker's promise.
 */
export function connect<Asks, Tells>(
  wire: Wire,
  answers: object,
  hears: object,
  early: readonly unknown[] = [],
): Link<Asks, Tells> {
  const open = new Map<
    number,
    { message: Message; resolve: (value: unknown) => void; reject: (fault: Error) => void }
  >()
  let last = 0
  const hear = (data: unknown): void => {
    const message = data as Message
    if (message.kind === 'ask') void answer(wire, answers as Handlers, message)
    else if (message.kind === 'tell') (hears as Handlers)[message.name]?.(...(message.args as never[]))
    else {
      const asked = open.get(message.id)
      open.delete(message.id)
      if (message.kind === 'answer') asked?.resolve(message.value)
      else asked?.reject(new Error(message.message))
    }
  }
  wire.listen(hear)
  queueMicrotask(() => early.forEach(hear))
  const ask = (name: string, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const message: Message = { kind: 'ask', id: ++last, name, args }
      open.set(message.id, { message, resolve, reject })
      wire.send(message)
    })
  return {
    ask: new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...args: unknown[]) =>
            ask(String(name), args),
      },
    ) as Link<Asks, Tells>['ask'],
    tell: (name, ...args) => wire.send({ kind: 'tell', name, args } satisfies Message),
    repeat: () => {
      for (const { message } of open.values()) wire.send(message)
    },
  }
}

async function answer(wire: Wire, answers: Handlers, ask: Message & { kind: 'ask' }): Promise<void> {
  try {
    const handler = answers[ask.name]
    if (!handler) throw new Error(`Nobody answers "${ask.name}"`)
    const value = await handler(...(ask.args as never[]))
    wire.send({ kind: 'answer', id: ask.id, value } satisfies Message)
  } catch (fault) {
    const message = fault instanceof Error ? `${fault.message}\n${fault.stack ?? ''}` : String(fault)
    wire.send({ kind: 'fault', id: ask.id, message } satisfies Message)
  }
}
