import { diffArrays } from 'diff'

/** A stretch of one line: the same in both wordings, only in the new one, or only in the old one. */
export interface Stretch {
  readonly kind: 'same' | 'inserted' | 'deleted'
  readonly text: string
}

export interface LineDifference {
  readonly kind: 'same' | 'inserted' | 'deleted' | 'changed'
  readonly stretches: readonly Stretch[]
}

/** Share of a line that has to stay for it to count as changed; below, two whole lines read better. */
const kinship = 0.3

/**
 * What an amendment changes, line by line, and inside a changed line word by word. Joining what is the same or inserted
 * gives the new wording, what is the same or deleted the old one.
 */
export function compareWordings(before: string, after: string): LineDifference[] {
  const parts = diffArrays(linesOf(before), linesOf(after))
  return parts.flatMap((part, index): LineDifference[] => {
    const next = parts[index + 1]
    if (part.removed && next?.added) return replaced(part.value, next.value)
    if (part.added && parts[index - 1]?.removed) return []
    return part.value.map((text) => whole(part.added ? 'inserted' : part.removed ? 'deleted' : 'same', text))
  })
}

/** Line ends of every system count alike. */
const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/\r\n|\r|\n/))

/** Words, numbers with their points, spaces and marks: "100.000" is one, as nobody reads half a sum. */
const wordsOf = (line: string): string[] => line.match(/\s+|\d[\d.,]*\d|[\p{L}\p{N}_-]+|\S/gu) ?? []

const whole = (kind: Stretch['kind'], text: string): LineDifference => ({ kind, stretches: [{ kind, text }] })

function replaced(before: readonly string[], after: readonly string[]): LineDifference[] {
  const pairs = Math.min(before.length, after.length)
  return [
    ...before.slice(0, pairs).flatMap((line, index) => changedLine(line, after[index] ?? '')),
    ...before.slice(pairs).map((line) => whole('deleted', line)),
    ...after.slice(pairs).map((line) => whole('inserted', line)),
  ]
}

function changedLine(before: string, after: string): LineDifference[] {
  const stretches = diffArrays(wordsOf(before), wordsOf(after)).map(({ added, removed, value }): Stretch => ({
    kind: added ? 'inserted' : removed ? 'deleted' : 'same',
    text: value.join(''),
  }))
  const kept = stretches.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.trim().length, 0)
  if (kept < kinship * Math.max(before.length, after.length))
    return [whole('deleted', before), whole('inserted', after)]
  return [{ kind: 'changed', stretches }]
}

/** Numbers for a caption: lines with something new, and lines with something taken away. */
export function countChanges(lines: readonly LineDifference[]): { insertions: number; deletions: number } {
  const stretches = lines.flatMap((line) => line.stretches)
  return {
    insertions: stretches.filter(({ kind }) => kind === 'inserted').length,
    deletions: stretches.filter(({ kind }) => kind === 'deleted').length,
  }
}

/** Lines that did not change and stand further than `around` lines from a change are folded into one gap. */
export function foldUnchanged(
  lines: readonly LineDifference[],
  around = 2,
): (LineDifference | { readonly kind: 'gap'; readonly lines: number })[] {
  const changed = lines.flatMap(({ kind }, index) => (kind === 'same' ? [] : [index]))
  const isNear = (index: number): boolean => changed.some((other) => Math.abs(other - index) <= around)
  // A single line takes no more room than the word about it.
  const near = (index: number): boolean => isNear(index) || ((index === 0 || isNear(index - 1)) && isNear(index + 1))
  const shown: (LineDifference | { kind: 'gap'; lines: number })[] = []
  lines.forEach((line, index) => {
    if (near(index)) return void shown.push(line)
    const last = shown.at(-1)
    if (last?.kind === 'gap') last.lines++
    else shown.push({ kind: 'gap', lines: 1 })
  })
  return shown
}
