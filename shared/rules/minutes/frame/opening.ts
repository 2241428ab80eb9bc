import { m } from '../../../i18n/index.ts'
import { invitationSentence } from '../../../i18n/law-words.ts'
import { judgeInvitation } from '../../deadline.ts'
import type { RuleSet } from '../../law/index.ts'
import type { MeetingState } from '../../meeting/state.ts'
import { quorumWords } from '../tellers/quorum.ts'
import type { Telling } from '../telling/telling.ts'
import { paragraph, type Words } from '../telling/words.ts'

/**
 * How the meeting began: who opened it, whether everybody was invited in time, whether the body could decide.
 *
 * @param atOpening the meeting as it was then
 */
export function tellOpening({ state, words, rules, sections }: Telling, atOpening: MeetingState): void {
  const { opened, constitution } = state
  if (opened === undefined || !constitution) return
  const { invitation, call } = constitution
  const { quorum } = atOpening
  const chair = chairWords(atOpening, words)
  const options = words.options
  sections.add(
    'opening',
    state.parts.some((part) => part.public),
    m.minutes_opening({}, options),
    [
      paragraph('opening', m.minutes_opened({ chair, time: words.time(opened) }, options)),
      ...(call === 'second' ? [paragraph('opening/call', m.minutes_call_second({}, options))] : []),
      ...(invitation ? [paragraph('opening/invitation', invitationWords(invitation, rules, words))] : []),
      ...(quorum ? [paragraph('opening/quorum', quorumWords(quorum, words))] : []),
    ],
  )
}

type Invitation = NonNullable<NonNullable<MeetingState['constitution']>['invitation']>

/** What is to be done about the urgency is not said: the vote on it stands in the minutes. */
function invitationWords({ urgency, ...rest }: Invitation, rules: RuleSet, { options }: Words): string {
  const finding = judgeInvitation(rules, { ...rest, ...(urgency === undefined ? {} : { urgency }) })
  return invitationSentence({ ...finding, confirm: false }, options)
}

export function tellClose({ state, words, sections }: Telling): void {
  const { closed } = state
  if (closed === undefined) return
  const text = m.minutes_closed({ chair: chairWords(state, words), time: words.time(closed) }, words.options)
  const heading = m.minutes_close({}, words.options)
  sections.add(
    'close',
    state.parts.some((part) => part.public),
    heading,
    [paragraph('close', text)],
  )
}

const chairWords = ({ presiding }: MeetingState, words: Words): string =>
  presiding === undefined ? m.minutes_chair({}, words.options) : words.name(presiding)
