import { m } from '../../../shared/i18n/index.ts'
import { projectionOf, type Projection } from '../../../shared/rules/meeting/projection.ts'
import { itemNumber, type Room } from '../room/index.ts'
import { nameOfSpeaker } from '../speakers/index.ts'
import type { Card, LowerThird } from './capture-contract.ts'

const slates = {
  waiting: { heading: m.projector_waiting },
  'closed-part': { heading: m.projector_closed_part, detail: m.projector_closed_part_detail },
  'cut-off': { heading: m.projector_cut_off, detail: m.projector_cut_off_detail },
  paused: { heading: m.projector_paused },
  over: { heading: m.projector_over },
} as const

/** What a screen of the room would show now; nothing of the course where the public is not proven to be in. */
export const projectionFor = (room: Room, isCurrent: boolean): Projection =>
  projectionOf(room.state, 'projector:1', isCurrent)

/** The projector's view as a page of words. */
export function cardOf(room: Room, projection: Projection): Card {
  const strip = room.meeting?.name ?? ''
  const { show } = projection
  if (show === 'text') return { strip, heading: projection.text, detail: '' }
  if (show === 'slate') return { strip: '', heading: strip, detail: '' }
  if (show === 'meeting')
    return { strip, heading: headingOf(room, projection.item), detail: courseOf(room, projection) }
  if (show === 'paper' || show === 'board') {
    const words = show === 'paper' ? m.broadcast_card_page : m.projector_board_of
    const page = words({ page: projection.page })
    return { strip, heading: headingOf(room, projection.item), detail: page }
  }
  const slate = slates[show]
  return { strip, heading: slate.heading(), detail: 'detail' in slate ? slate.detail() : '' }
}

/** Item and speaker of this moment; null where there is nothing that may be said. */
export function lowerThirdOf(room: Room, projection: Projection): LowerThird | null {
  if (projection.show !== 'meeting' || projection.item === undefined) return null
  return { title: headingOf(room, projection.item), detail: courseOf(room, projection) }
}

function headingOf(room: Room, item: string | undefined): string {
  if (item === undefined) return m.projector_no_item()
  const number = itemNumber(room.state, item)
  const name = room.nameOf(item)
  return number === undefined ? name : `${m.projector_item({ number })} · ${name}`
}

function courseOf(room: Room, { vote, speech }: Projection & { show: 'meeting' }): string {
  if (vote) return vote.status === 'open' ? m.projector_voting() : vote.question
  return speech ? nameOfSpeaker(room, speech.speaker) : ''
}
