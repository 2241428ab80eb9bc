import type { Block } from '../../../council/minutes.ts'
import { m } from '../../../i18n/index.ts'
import { invitationSentence } from '../../../i18n/law-words.ts'
import { judgeInvitation } from '../../deadline.ts'
import type { MeetingState } from '../../meeting/state.ts'
import { quorumWords } from '../tellers/quorum.ts'
import type { Telling } from '../telling.ts'
import { paragraph, type Words } from '../words.ts'

const labelled = (source: string, label: string, text: string): Block => ({
  ...{ block: 'paragraph', source },
  runs: [{ text: label, strong: true }, { text }],
})

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
      ...(invitation
        ? [
            labelled(
              'opening/invitation',
              m.minutes_invitation({}, options),
              invitationSentence(judgeInvitation(rules, urgencyOf(invitation)), options),
            ),
          ]
        : []),
      ...(quorum ? [labelled('opening/quorum', m.minutes_quorum({}, options), quorumWords(quorum, words))] : []),
    ],
  )
}

type Invitation = NonNullable<NonNullable<MeetingState['constitution']>['invitation']>
const urgencyOf = ({ urgency, ...rest }: Invitation) => ({ ...rest, ...(urgency === undefined ? {} : { urgency }) })

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
