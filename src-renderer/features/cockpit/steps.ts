import { m } from '../../../shared/i18n/index.ts'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import { arrive } from '../attendance/index.ts'
import {
  absentChair,
  closeItem,
  currentItem,
  itemLabel,
  nextItem,
  nextStep,
  type NextStep,
  openItem,
  openMeeting,
  resumeMeeting,
} from '../course/index.ts'
import type { Room } from '../room/index.ts'
import { nameOfSpeaker, resumeSpeech, speakerBoard, startSpeech, stopSpeech } from '../speakers/index.ts'

/** A step as a button: what it says, and what it does. */
export interface Step {
  readonly kind: NextStep['kind'] | 'chair-arrives'
  readonly label: string
  /** Written at once; none where something is asked or shown first. */
  readonly bodies?: readonly EventBody[]
}

type Seen = Pick<Room, 'state' | 'nameOf'>

/** The step that the chair most likely takes next. */
export function primaryStep(room: Seen): Step {
  const board = speakerBoard(room.state, room.state.current ?? null)
  return stepOf(room, nextStep(room.state, board.speaking, board.next))
}

/**
 * The step to the next item, for a chair who does not wait for the speakers that are left; undefined where it is the
 * primary step anyway or there is nothing to go on from.
 */
export function itemStep(room: Seen): Step | undefined {
  const { state } = room
  if (state.phase !== 'open' || currentItem(state) === undefined) return undefined
  const primary = primaryStep(room)
  return primary.kind === 'finish-item' || primary.kind === 'close-vote' ? undefined : stepOf(room, finish(state))
}

/** The next speech while another one runs. */
export function speakerStep(room: Seen): Step | undefined {
  const { speaking, next } = speakerBoard(room.state, room.state.current ?? null)
  if (!speaking || !next || room.state.phase !== 'open') return undefined
  return stepOf(room, { kind: 'start-speech', speech: next })
}

function finish(state: MeetingState): NextStep {
  const item = currentItem(state)
  return item ? { kind: 'finish-item', item, next: nextItem(state) } : nextStep(state)
}

function stepOf(room: Seen, step: NextStep): Step {
  const { kind } = step
  switch (kind) {
    case 'prepare':
      return { kind, label: m.cockpit_step_prepare() }
    case 'open-meeting':
      return openingStep(room)
    case 'resume-meeting':
      return { kind, label: m.cockpit_resume(), bodies: [resumeMeeting()] }
    case 'close-meeting':
      return { kind, label: m.cockpit_close() }
    case 'over':
      return { kind, label: m.cockpit_step_over() }
    case 'close-vote':
      return { kind, label: m.cockpit_step_vote() }
    case 'close-part':
      return { kind, label: m.cockpit_close_part() }
    case 'open-part':
      return { kind, label: m.cockpit_open_part() }
    case 'open-item':
      return {
        kind,
        label: m.cockpit_step_item({ item: itemLabel(room, step.item.item) }),
        bodies: [openItem(step.item.item)],
      }
    case 'finish-item':
      return finishStep(room, step)
    default:
      return speechStep(room, step)
  }
}

/** The opening, or before it the arrival of the chair where the law wants them in the room. */
function openingStep(room: Seen): Step {
  const absent = absentChair(room.state)
  if (absent === undefined) return { kind: 'open-meeting', label: m.cockpit_step_open(), bodies: [openMeeting()] }
  return {
    kind: 'chair-arrives',
    label: m.cockpit_step_chair_arrives({ name: room.nameOf(absent) }),
    bodies: [arrive(absent, 'room')],
  }
}

/** On to the next item of the same part; else the item is closed first, and the part is changed in peace. */
function finishStep(room: Seen, { kind, item, next }: Extract<NextStep, { kind: 'finish-item' }>): Step {
  if (next && next.public === room.state.public && item.public === next.public)
    return { kind, label: m.cockpit_step_item({ item: itemLabel(room, next.item) }), bodies: [openItem(next.item)] }
  return { kind, label: m.cockpit_step_finish({ item: itemLabel(room, item.item) }), bodies: [closeItem(item.item)] }
}

function speechStep(room: Seen, { kind, speech }: Extract<NextStep, { readonly speech: unknown }>): Step {
  const name = nameOfSpeaker(room, speech.speaker)
  switch (kind) {
    case 'start-speech':
      return { kind, label: m.cockpit_step_start({ name }), bodies: [startSpeech(speech.speech)] }
    case 'resume-speech':
      return { kind, label: m.cockpit_step_resume({ name }), bodies: [resumeSpeech(speech.speech)] }
    case 'stop-speech':
      return { kind, label: m.cockpit_step_stop(), bodies: [stopSpeech(speech.speech)] }
  }
}
