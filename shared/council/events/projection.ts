import * as v from 'valibot'
import { idOf } from '../../oparl/record.ts'
import { count, eventBody } from './event-body.ts'

/** A screen of the room, such as `projector:1`. */
export const projectorId = idOf('projector')

/** What somebody has a projector show. Whether it may be seen is decided where it is shown, every time anew. */
export const sceneSchema = v.variant('scene', [
  /** What happens in the meeting: item, speaker, vote. */
  v.strictObject({ scene: v.literal('meeting') }),
  /** A page of a file of the item that is open; 1-based. */
  v.strictObject({ scene: v.literal('paper'), file: idOf('file'), page: v.pipe(count, v.minValue(1)) }),
  v.strictObject({
    scene: v.literal('text'),
    text: v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(600, 'is too long')),
  }),
  /** A page of a board of the item that is open; 1-based. */
  v.strictObject({ scene: v.literal('board'), board: idOf('board'), page: v.pipe(count, v.minValue(1)) }),
  /** Nothing but whose meeting it is. */
  v.strictObject({ scene: v.literal('slate') }),
])
export type Scene = v.InferOutput<typeof sceneSchema>

export const projectionBodies = [eventBody('scene-projected', { projector: projectorId, show: sceneSchema })] as const
