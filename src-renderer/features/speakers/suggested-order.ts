import { m } from '../../../shared/i18n/index.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import { speakerBoard } from './speaker-list.ts'

/** An order that the chair can put the list into with one tap. */
export interface Suggestion {
  readonly label: () => string
  readonly order: string[]
}

export function suggestions(state: MeetingState, item: string | null): Suggestion[] {
  const { waiting } = speakerBoard(state, item)
  const byRequest = [...waiting].sort((a, b) => a.requested - b.requested).map(({ speech }) => speech)
  return [{ label: m.speakers_order_requests, order: byRequest }]
}
