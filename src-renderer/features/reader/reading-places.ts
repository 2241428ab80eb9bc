import type { Data } from '../../data/contract.ts'
import type { ReadingPlace } from './pdf-session.ts'

const preference = 'reader.places'
/** Files whose place is remembered; of more, those read longest ago are forgotten. */
const most = 200

type Places = Readonly<Record<string, ReadingPlace>>

const placesOf = (data: Pick<Data, 'preference'>): Places => data.preference<Places>(preference) ?? {}

/** Where this person left a file on this device. */
export const recallPlace = (data: Pick<Data, 'preference'>, file: string): ReadingPlace | undefined =>
  placesOf(data)[file]

/** Remembers where a file was left. */
export function rememberPlace(
  data: Pick<Data, 'preference' | 'setPreference'>,
  file: string,
  place: ReadingPlace,
): Promise<void> {
  const { [file]: _, ...others } = placesOf(data)
  return data.setPreference(preference, Object.fromEntries([...Object.entries(others), [file, place]].slice(-most)))
}
