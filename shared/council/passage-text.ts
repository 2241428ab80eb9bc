/** What a passage is filled with where it is inserted; in its text each stands in braces, such as `{chair}`. */
export const placeholders = ['chair', 'clerk', 'item', 'time', 'date', 'meeting', 'organization'] as const
export type Placeholder = (typeof placeholders)[number]

const isPlaceholder = (name: string): name is Placeholder => (placeholders as readonly string[]).includes(name)

/** Why a text can not be filled: nothing is called so, or a brace has no partner. */
export interface PlaceholderFault {
  readonly kind: 'unknown' | 'brace'
  /** As it is written, with its braces. */
  readonly found: string
  /** Character at which it begins, counted from 1. */
  readonly at: number
}

/** A text in its order: words as they are, and what is to be filled in. */
export interface ParsedPassage {
  readonly parts: readonly (string | { readonly placeholder: Placeholder })[]
  /** Everything that stays as it is because nothing can be filled in there. */
  readonly faults: readonly PlaceholderFault[]
}

const pattern = /\{([^{}]*)\}|[{}]/g

/**
 * Takes a text apart at its placeholders; never throws.
 *
 * @param named the placeholder of a name, where people call them by words of their language
 */
export function parsePassage(
  text: string,
  named: (name: string) => Placeholder | undefined = (name) => (isPlaceholder(name) ? name : undefined),
): ParsedPassage {
  const parts: (string | { placeholder: Placeholder })[] = []
  const faults: PlaceholderFault[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    const [found, name] = match
    const placeholder = name === undefined ? undefined : named(name.trim())
    if (placeholder === undefined) {
      faults.push({ kind: name === undefined ? 'brace' : 'unknown', found, at: match.index + 1 })
      continue
    }
    parts.push(text.slice(from, match.index), { placeholder })
    from = match.index + found.length
  }
  return { parts: [...parts, text.slice(from)].filter((part) => part !== ''), faults }
}

/** The text with something in the place of each placeholder. */
export const writePassage = ({ parts }: Pick<ParsedPassage, 'parts'>, instead: (of: Placeholder) => string): string =>
  parts.map((part) => (typeof part === 'string' ? part : instead(part.placeholder))).join('')

const braced = (name: string): string => `{${name}}`

/** What is wrong, where, and how to mend it; for records, which speak English as all their faults. */
export function placeholderFaultWords({ kind, found, at }: PlaceholderFault): string {
  if (kind === 'brace') return `the "${found}" at character ${at} has no partner: close the braces or leave it out`
  const known = placeholders.map(braced).join(', ')
  return `"${found}" at character ${at} is no placeholder: write one of ${known}, or leave the braces out`
}
