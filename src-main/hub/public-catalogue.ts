import type { MeetingProgress } from '../../shared/council/meeting-progress.ts'
import type { RecordOf, RecordType } from '../../shared/council/records/index.ts'

/** What is left of a record that was public and is no longer. */
export interface Tombstone<Type extends RecordType = RecordType> {
  readonly _id: string
  readonly type: Type
  readonly created: string
  readonly modified: string
}

/**
 * All that is public, in memory. The public site and OParl know nothing else of the town, so they cannot leak.
 * Records come in the order of their ids.
 */
export interface PublicCatalogue {
  /** Rises with every change; two readings under one version are consistent. */
  readonly version: number
  get<Type extends RecordType>(type: Type, id: string | undefined): RecordOf[Type] | undefined
  tombstone(id: string): Tombstone | undefined
  all<Type extends RecordType>(type: Type): readonly RecordOf[Type][]
  tombstones<Type extends RecordType>(type: Type): readonly Tombstone<Type>[]
  /** Records of a type that name an id in one of their reference fields. */
  naming<Type extends RecordType>(type: Type, id: string): readonly RecordOf[Type][]
  /** How a meeting goes or went; undefined before its opening. */
  progress(meeting: string): MeetingProgress | undefined
  /** Calls back after the progress of a meeting became another. */
  onProgress(meeting: string, listener: () => void): () => void
}
