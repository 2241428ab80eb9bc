import type { Choice } from '../../../../shared/council/events/vote.ts'

/** The order in which names are called: by the last word of the name, as town clerks read their lists. */
export function rollOrder(persons: readonly string[], nameOf: (id: string) => string): string[] {
  const key = (id: string): string => {
    const words = nameOf(id).split(/\s+/u)
    return `${words.at(-1) ?? ''} ${words.join(' ')}`
  }
  const collator = new Intl.Collator('de', { sensitivity: 'base' })
  return [...persons].sort((a, b) => collator.compare(key(a), key(b)) || (a < b ? -1 : 1))
}

const keys: Readonly<Record<string, Choice>> = { j: 'yes', y: 'yes', n: 'no', e: 'abstain', a: 'abstain' }

interface Keystroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

/** The choice behind one keystroke: J or Y, N, E or A; undefined for any other key, and with a modifier. */
export function choiceOfKey(event: Keystroke, abstention: boolean): Choice | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined
  const choice = keys[event.key.toLowerCase()]
  return choice === 'abstain' && !abstention ? undefined : choice
}

/** Who is called next: the first after `after` without a choice, from the top again at the end; undefined when done. */
export function nextInRoll(
  order: readonly string[],
  called: Pick<ReadonlyMap<string, Choice>, 'has'>,
  after?: string,
): string | undefined {
  const from = after === undefined ? 0 : order.indexOf(after) + 1
  return [...order.slice(from), ...order.slice(0, from)].find((person) => !called.has(person))
}
