const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype

/**
 * The later of two values, made of the very same parts as the earlier one wherever they are equal: whoever compares by
 * identity sees no change where there is none. For plain objects, lists and maps of data.
 */
export function shareParts<Value>(before: Value, after: Value): Value {
  if (Object.is(before, after)) return before
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return after
  if (Array.isArray(before) && Array.isArray(after)) return shareList(before, after) as Value
  if (before instanceof Map && after instanceof Map) return shareMap(before, after) as Value
  if (isPlain(before) && isPlain(after)) return shareObject(before as Fields, after as Fields) as Value
  return after
}

type Fields = Readonly<Record<string, unknown>>

function shareList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const shared = after.map((entry, place) => shareParts(before[place], entry))
  return shared.length === before.length && shared.every((entry, place) => entry === before[place]) ? before : shared
}

function shareMap(
  before: ReadonlyMap<unknown, unknown>,
  after: ReadonlyMap<unknown, unknown>,
): ReadonlyMap<unknown, unknown> {
  const keys = before.keys()
  let same = before.size === after.size
  const shared = new Map<unknown, unknown>()
  for (const [key, value] of after) {
    const part = shareParts(before.get(key), value)
    // The order of a map is content: lists are drawn from it.
    same &&= keys.next().value === key && part === before.get(key)
    shared.set(key, part)
  }
  return same ? before : shared
}

function shareObject(before: Fields, after: Fields): Fields {
  const keys = Object.keys(after)
  const shared = Object.fromEntries(keys.map((key) => [key, shareParts(before[key], after[key])]))
  const same = keys.length === Object.keys(before).length
  return same && keys.every((key) => Object.hasOwn(before, key) && shared[key] === before[key]) ? before : shared
}
