import { voteSentence } from '../../../../shared/i18n/law-words.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { MeetingState, Vote } from '../../../../shared/rules/meeting/state.ts'
import type { Notices } from '../../../ui/notice/notices.svelte.ts'

type Speaking = Pick<Notices, 'say'>
/** What each window has seen of each vote, so that several panels of one window say a result once. */
const seen = new WeakMap<Speaking, Map<string, Vote['status']>>()

/**
 * Says aloud what became of votes since this window looked last. What was decided before it looked at all is no news.
 * Run it whenever the state changes.
 */
export function announceVotes(notices: Speaking, state: Pick<MeetingState, 'votes'>): void {
  const before = seen.get(notices)
  const now = new Map([...state.votes].map(([id, { status }]) => [id, status]))
  seen.set(notices, before ? new Map([...before, ...now]) : now)
  if (!before) return
  for (const [id, vote] of state.votes) {
    if (before.get(id) === vote.status) continue
    const sentence = sentenceOf(vote)
    if (sentence) notices.say(sentence)
  }
}

function sentenceOf({ status, question, finding }: Vote): string | undefined {
  switch (status) {
    case 'open':
      return m.votes_said_open({ question })
    case 'counting':
      return m.votes_said_counting()
    case 'cancelled':
      return m.votes_said_cancelled({ question })
    case 'decided':
      return finding ? voteSentence(finding) : undefined
  }
}
