import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { Room } from '../room/index.ts'
import { act, describeRefusal } from '../votes/index.ts'

/**
 * A room in which nothing fails in silence: what the rules of access or of the meeting refuse is told in words.
 *
 * @param tell shows a sentence to the person
 */
export function tellingRoom(room: Room, tell: (text: string) => void): Room {
  const run: Room['run'] = async (body: EventBody) => {
    const writing = room.run(body)
    const done = await act(Object.create(room, { run: { value: () => writing } }) as Room, body)
    if (!done.ok) tell(describeRefusal(done.failure))
    return writing
  }
  return Object.create(room, { run: { value: run } }) as Room
}
