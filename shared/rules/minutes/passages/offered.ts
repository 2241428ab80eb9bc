import type { Passage } from '../../../council/records/index.ts'
import { locales, type Locale } from '../../../i18n/index.ts'
import type { LegalSource } from '../../law/index.ts'
import { suggestedPassages } from './suggested.ts'

/** Whose a passage is, the nearest to a meeting first. */
export type PassageOrigin = 'body' | 'town' | 'law'

/** A passage that recorders may insert. */
export interface OfferedPassage extends Pick<Passage, 'name' | 'text' | 'place' | 'template'> {
  /** Stays the same while it is edited. */
  readonly key: string
  readonly origin: PassageOrigin
  /** As one cites it, or as the law of the town names it. */
  readonly source?: string | LegalSource
  /** Whether another one of its name stands in its place, which is nearer to the meeting. */
  readonly replaced: boolean
}

/** For whose minutes passages are wanted. */
export interface PassageReader {
  /** The bodies that meet; none for what the whole town has. */
  readonly organizations: readonly string[]
  /** Rule set by which they meet. */
  readonly rules: string
  readonly locale: Locale
}

/**
 * Everything that may be written into minutes: passages of the bodies, then of the town, then what the law suggests. One
 * stands in the place of others of the same name that come after it, so that a body can word for itself what all have.
 */
export function offeredPassages(records: readonly Passage[], reader: PassageReader): OfferedPassage[] {
  const own = sortPassages(records.filter(({ deleted }) => !deleted))
  const ofBodies = own.filter(({ organization }) => reader.organizations.includes(organization ?? ''))
  const ofTown = own.filter(({ organization }) => organization === undefined)
  const taken = new Set<string>()
  const found = [
    ofBodies.map((passage) => ({ passage: fromRecord(passage, 'body'), names: [passage.name] })),
    ofTown.map((passage) => ({ passage: fromRecord(passage, 'town'), names: [passage.name] })),
    fromLaw(reader),
  ]
  return found.flatMap((group) => {
    const before = new Set(taken)
    for (const name of group.flatMap(({ names }) => names)) taken.add(asName(name))
    return group.map(({ passage, names }) => ({ ...passage, replaced: names.some((name) => before.has(asName(name))) }))
  })
}

type Found = Omit<OfferedPassage, 'replaced'>

function fromRecord({ _id, name, text, place, template, source }: Passage, origin: PassageOrigin): Found {
  return {
    ...{ key: _id, origin, name, text },
    ...(place === undefined ? {} : { place }),
    ...(template === undefined ? {} : { template }),
    ...(source === undefined ? {} : { source }),
  }
}

/** A town may name its own wording in another language than the one in which somebody reads the law's. */
function fromLaw({ rules, locale }: PassageReader): { passage: Found; names: string[] }[] {
  const everywhere = locales.map((one) => suggestedPassages(rules, one).map(({ name }) => name))
  return suggestedPassages(rules, locale).map((suggested, index) => ({
    passage: { ...suggested, key: `${rules}/${index}`, origin: 'law' },
    names: everywhere.flatMap((names) => names[index] ?? []),
  }))
}

const asName = (name: string): string => name.normalize('NFC').trim().toLowerCase()

/** In the order in which people put them; the same on every device where two have the same key. */
export const sortPassages = (records: readonly Passage[]): Passage[] =>
  [...records].sort((a, b) => (a.order === b.order ? (a._id < b._id ? -1 : 1) : a.order < b.order ? -1 : 1))
