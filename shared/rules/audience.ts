/** A database: everything that the same people may read. */
export type Audience =
  'public' | 'office' | `org-${string}` | `circle-${string}` | `box-${string}` | `faction-${string}` | `user-${string}`

export type AudienceKind = 'public' | 'office' | 'org' | 'circle' | 'box' | 'faction' | 'user'

const pattern = /^(?:public|office|(?:org|circle|box|faction|user)-[0-9A-Za-z][0-9A-Za-z_-]{0,63})$/

/** Whether a name can be an audience at all; says nothing of whether it exists. */
export const isAudience = (name: string): name is Audience => pattern.test(name)

/** The kind of an audience and the key that it belongs to: an organization, vote or account without its type. */
export function partsOf(audience: Audience): { kind: AudienceKind; key: string } {
  const dash = audience.indexOf('-')
  if (dash < 0) return { kind: audience as AudienceKind, key: '' }
  return { kind: audience.slice(0, dash) as AudienceKind, key: audience.slice(dash + 1) }
}

const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** Non-public matters of an organization, named by its record id. */
export const organizationAudience = (organizationId: string): Audience => `org-${keyOf(organizationId)}`
/** One closed item for fewer than its organization, named by the item's record id. */
export const circleAudience = (itemId: string): Audience => `circle-${keyOf(itemId)}`
/** Ballots of a running vote, for the hub alone, named by the vote's id. */
export const boxAudience = (voteId: string): Audience => `box-${keyOf(voteId)}`
/** Notes that members of a faction share, named by the faction's record id. */
export const factionAudience = (organizationId: string): Audience => `faction-${keyOf(organizationId)}`
/** What is one account's own. */
export const userAudience = (accountId: string): Audience => `user-${accountId}`

/** When several audiences hold a record, the first of them in this order knows most of it. */
const knowledge: readonly AudienceKind[] = ['user', 'faction', 'office', 'box', 'circle', 'org', 'public']

/** Sorts audiences so that the one that knows most comes first; stable between devices. */
export function byKnowledge(a: Audience, b: Audience): number {
  const rank = knowledge.indexOf(partsOf(a).kind) - knowledge.indexOf(partsOf(b).kind)
  return rank !== 0 ? rank : a < b ? -1 : a > b ? 1 : 0
}
