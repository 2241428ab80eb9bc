import { m } from '../../../shared/i18n/index.ts'
import { quorumSentence, sourceWords } from '../../../shared/i18n/law-words.ts'
import type { ItemState, MeetingState } from '../../../shared/rules/meeting/state.ts'
import type { QuorumFinding } from '../../../shared/rules/quorum.ts'
import { presenceFor, quorumOf, matterOf, type WhyNot } from '../../../shared/rules/voting-right.ts'
import { rulesOf } from '../room/index.ts'

/** Who counts for the item that is open, or outside of items, and why others do not. */
export interface Counting {
  readonly quorum: QuorumFinding | undefined
  /** The quorum with its reason, as one sentence. */
  readonly sentence: string | undefined
  /** The numbers and the place in the law, where there is little room. */
  readonly brief: string | undefined
  /** Somebody takes part from elsewhere, and does not count for this. */
  readonly remoteNotCounted: boolean
  readonly callsBeforeExclusion: number
  /** Undefined for who counts. */
  whyNot(person: string): string | undefined
}

const reasons: Readonly<Record<WhyNot, () => string>> = {
  'no-vote': m.cockpit_why_no_vote,
  absent: m.cockpit_why_absent,
  'cut-off': m.cockpit_why_cut_off,
  conflict: m.cockpit_why_conflict,
  'excluded-from-meeting': m.cockpit_why_excluded,
  'remote-does-not-count': m.cockpit_why_remote,
  'chair-without-vote': m.cockpit_why_chair,
}

export function countingFor(state: MeetingState): Counting {
  const rules = rulesOf(state)
  const item = state.current ?? null
  const { whyNot } = presenceFor(state, rules, { item, secret: false, matter: matterOf(state, item) })
  const quorum = quorumOf(state, rules, { item })
  return {
    quorum,
    sentence: quorum && quorumSentence(quorum),
    brief:
      quorum &&
      m.cockpit_quorum_brief({ counted: quorum.counted, needed: quorum.needed, place: sourceWords(quorum.source) }),
    remoteNotCounted: [...whyNot.values()].includes('remote-does-not-count'),
    callsBeforeExclusion: rules.order.callsBeforeExclusion,
    whyNot(person) {
      const because = whyNot.get(person)
      return because === undefined ? undefined : reasons[because]()
    },
  }
}

/** The nearest place where somebody with a conflict of interest may stay: away from the table, or out of the room. */
export function nearestPlace(state: MeetingState, item: Pick<ItemState, 'public'>): 'table' | 'room' {
  const { conflict } = rulesOf(state)
  return item.public ? conflict.inPublic : conflict.inClosed
}
