import { canonical } from '../../../canonical.ts'
import type { Block } from '../../../council/minutes.ts'
import { shortHash } from '../../../short-hash.ts'

/** What people wrote between the blocks of a section. */
export interface OwnText {
  readonly section: string
  /** Source of the block after which it stands; empty at the beginning of the section. */
  readonly after: string
  readonly blocks: readonly Block[]
}

/** What people put in the place of a block that was made from the log. */
export interface Wording {
  /** Names it among all wordings of the text. */
  readonly name: string
  readonly section: string
  readonly source: string
  /** Fingerprint of the block as the log had it when somebody began to change it. */
  readonly of: string
  /** Fingerprint of the block of which somebody said that the wording stays nevertheless. */
  readonly kept?: string
  readonly blocks: readonly Block[]
}

/** All that people wrote into the minutes of a meeting; everything else follows from its log. */
export interface Written {
  readonly own: readonly OwnText[]
  /** Those that hold: changed by somebody, and not given up since. */
  readonly wordings: readonly Wording[]
}

/** Tells by a short text whether what the log says is still the same. */
export const fingerprintOf = (blocks: Block | readonly Block[]): string => shortHash(canonical(blocks)).toString(36)
