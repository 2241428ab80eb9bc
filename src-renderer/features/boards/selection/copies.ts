import { ulid } from 'ulid'
import type { BoardElement, ElementOf, LineEnd } from '../../../../shared/council/board/element.ts'

/** Elements under new ids: groups among them are groups of their own, and lines stick to the copies or to nothing. */
export function copiesOf(originals: readonly BoardElement[]): BoardElement[] {
  const known = originals.flatMap(({ id, group }) => [id, ...(group === undefined ? [] : [group])])
  const names = new Map(known.map((id) => [id, ulid()]))
  return originals.map((original) => {
    const { group, ...element } = original
    const copy = {
      ...element,
      id: names.get(original.id)!,
      ...(group === undefined ? {} : { group: names.get(group)! }),
    } as BoardElement
    return copy.kind === 'line' ? restuck(copy, names) : copy
  })
}

function restuck(line: ElementOf<'line'>, names: ReadonlyMap<string, string>): ElementOf<'line'> {
  const end = ({ stuck, ...at }: LineEnd): LineEnd => {
    const to = stuck && names.get(stuck.to)
    return to ? { ...at, stuck: { ...stuck, to } } : at
  }
  return { ...line, from: end(line.from), to: end(line.to) }
}
