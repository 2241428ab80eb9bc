import { partsOf, type Audience, type AudienceKind } from '../../../shared/rules/audience.ts'

const mergingKinds: readonly AudienceKind[] = ['office', 'faction', 'user']

/**
 * Whether only the newest contents of a document's branches are kept. Where offline edits are merged, their ancestors
 * are needed; everywhere else what was superseded or taken back must not be readable any more.
 */
export const keepsLeavesOnly = (audience: Audience): boolean => !mergingKinds.includes(partsOf(audience).kind)
