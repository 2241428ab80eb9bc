import type { OparlFile } from '../../../shared/oparl/index.ts'
import type { FileState } from '../../data/contract.ts'

/** How much of a meeting's files can be read without a network. */
export interface Packet {
  readonly files: number
  readonly here: number
  readonly fetching: number
  /** Bytes of those that are not here yet. */
  readonly missingBytes: number
}

/** Counts files by what they hold; two records of the same bytes count once. */
export function packetOf(files: readonly OparlFile[], stateOf: (sha512: string) => FileState): Packet {
  const distinct = [...new Map(files.map((file) => [file.sha512, file])).values()]
  const held = (state: FileState['held']) => distinct.filter((file) => stateOf(file.sha512).held === state)
  return {
    files: distinct.length,
    here: held('here').length,
    fetching: held('fetching').length,
    missingBytes: distinct.reduce((sum, file) => sum + (stateOf(file.sha512).held === 'here' ? 0 : file.size), 0),
  }
}
