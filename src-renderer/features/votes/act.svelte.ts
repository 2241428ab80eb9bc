import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { failed, type Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { RefusalCause } from '../../../shared/rules/meeting/state.ts'
import type { Room } from './room.ts'

/** What a room needs for somebody to act in it. */
export type Acting = Pick<Room, 'run' | 'state' | 'live'>
export type NotDone = Refusal | RefusalCause
export type Done = Promise<Result<MeetingEvent, NotDone>>

/**
 * Adds to the log, and waits until this device's own reading of the log has it: a deed that the rules of the meeting
 * refuse is written all the same, and would otherwise look done.
 */
export async function act(room: Acting, body: EventBody): Done {
  const outcome = await room.run(body)
  if (!outcome.ok) return outcome
  const { _id } = outcome.value
  await whenRead(room, _id)
  const refused = room.state.refused.find(({ event }) => event === _id)
  return refused ? failed(refused.cause) : outcome
}

/** An effect outside of components, as it follows the log only until the event is in it. */
function whenRead({ live }: Pick<Room, 'live'>, id: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = $effect.root(() => {
      $effect(() => {
        if (!live.events.some(({ event }) => event._id === id)) return
        resolve()
        queueMicrotask(() => stop())
      })
    })
  })
}
