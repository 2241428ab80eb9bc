import { isRecordType, type RecordType } from '../../../shared/council/records/index.ts'
import { referencesIn, typeOfId } from '../../../shared/oparl/record.ts'
import { referencesOf } from '../../../shared/rules/record-graph.ts'
import type { WorkingState } from './working-state.ts'

type Fields = Readonly<Record<string, unknown>>

/** Fields by which a record names those that OParl shows it in, embedded or in a list of links. */
const shownIn: Partial<Record<RecordType, readonly string[]>> = {
  'legislative-term': ['body'],
  membership: ['person', 'organization'],
  'agenda-item': ['meeting'],
  consultation: ['paper'],
  minutes: ['meeting'],
  resolution: ['agendaItem'],
}
/** Fields of an item that decide the numbers of the others. */
const deciding = ['meeting', 'order', 'public', 'publicTitle', 'deleted']

const isNamed = (id: string): boolean => ['file', 'location'].includes(typeOfId(id) ?? '')

/**
 * Ids of public records that OParl shows differently because one record was written, although their own image stays:
 * what embeds it (OParl 1.1 demands a new stamp there), what lists it, what is numbered with it, what links back to it.
 *
 * @param before what `public` held of the record; undefined when it was not there
 * @param after what it holds now; a tombstone when it was withdrawn
 */
export function reflectionsOf(
  id: string,
  before: Fields | undefined,
  after: Fields | undefined,
  state: WorkingState,
): string[] {
  const type = typeOfId(id)
  if (!isRecordType(type)) return []
  const reflections = (shownIn[type] ?? []).flatMap((field) => [before, after].flatMap((side) => namedIn(side, field)))
  if (isNamed(id)) reflections.push(...[...state.referrers(id)].map((referrer) => referrer._id))
  if (type === 'agenda-item' && deciding.some((field) => before?.[field] !== after?.[field]))
    for (const meeting of [before, after].flatMap((side) => namedIn(side, 'meeting')))
      for (const sibling of state.referrers(meeting)) if (sibling.type === 'agenda-item') reflections.push(sibling._id)
  const [left, come] = [namesIn(before), namesIn(after)]
  return [
    ...reflections,
    ...left.filter((name) => !come.includes(name)),
    ...come.filter((name) => !left.includes(name)),
  ]
}

const namedIn = (side: Fields | undefined, field: string): string[] => (side ? referencesIn(side, field) : [])

/** Files and places that a record names: OParl shows them with links back. */
const namesIn = (side: Fields | undefined): string[] =>
  side ? referencesOf(side as unknown as Parameters<typeof referencesOf>[0]).filter(isNamed) : []
