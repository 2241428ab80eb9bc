import { ulid } from 'ulid'
import { success, type Result } from '../../../shared/result.ts'
import { act, type Acting, type Done, type NotDone } from '../votes/index.ts'
import { motionBody, type MotionDraft } from './motion-draft.ts'

/** Hands a motion in; answers with its id, and whether it waits here for the hub. */
export async function putMotion(
  room: Acting,
  draft: MotionDraft,
): Promise<Result<{ motion: string; offline: boolean }, NotDone>> {
  const motion = `motion:${ulid()}`
  const outcome = await act(room, motionBody(motion, draft))
  return outcome.ok ? success({ motion, offline: outcome.value.offline === true }) : outcome
}

export const withdrawMotion = (room: Acting, motion: string): Done => act(room, { kind: 'motion-withdrawn', motion })

export const orderMotions = (room: Acting, item: string, order: readonly string[]): Done =>
  act(room, { kind: 'motions-ordered', item, order: [...order] })
