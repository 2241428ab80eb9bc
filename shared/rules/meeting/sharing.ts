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

// Most parts are shared already: nothing is copied unless an equal part has to be put in the place of another.

function shareList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let same = before.length === after.length
  let copy: unknown[] | undefined
  for (const [place, entry] of after.entries()) {
    const part = shareParts(before[place], entry)
    same &&= part === before[place]
    if (part !== entry) (copy ??= [...after])[place] = part
  }
  return same ? before : (copy ?? after)
}

function shareMap(
  before: ReadonlyMap<unknown, unknown>,
  after: ReadonlyMap<unknown, unknown>,
): ReadonlyMap<unknown, unknown> {
  const keys = before.keys()
  let same = before.size === after.size
  let copy: Map<unknown, unknown> | undefined
  for (const [key, value] of after) {
    const known = before.get(key)
    const part = shareParts(known, value)
    // The order of a map is content: lists are drawn from it.
    same &&= keys.next().value === key && part === known
    if (part !== value) (copy ??= new Map(after)).set(key, part)
  }
  return same ? before : (copy ?? after)
}

function shareObject(before: Fields, after: Fields): Fields {
  const keys = Object.keys(after)
  let same = keys.length === Object.keys(before).length
  let copy: Record<string, unknown> | undefined
  for (const key of keys) {
    const known = before[key]
    const part = shareParts(known, after[key])
    same &&= part === known && Object.hasOwn(before, key)
    if (part !== after[key]) (copy ??= { ...after })[key] = part
  }
  return same ? before : (copy ?? after)
}
