import type { EventBody } from '../../shared/council/meeting-event.ts'
import { Participant } from '../../e2e/fixtures/meeting/participant.ts'
import { constitutionOf, personAt, SmallCouncil } from '../../e2e/fixtures/meeting/small-council.ts'

export const meeting = 'meeting:bench'
export const meetingKey = meeting.slice('meeting:'.length)
const item = 'agenda-item:bench'
/** Two may preside over meetings of small councils. */
const members = 2

/** A council whose public meeting can be transmitted, on a hub in a process of its own. */
export interface CalledCouncil {
  readonly council: SmallCouncil
  readonly chair: Participant
  /** Opens meeting and item: the public is in. */
  readonly open: () => Promise<void>
  readonly dissolve: () => Promise<void>
}

export async function callCouncil(): Promise<CalledCouncil> {
  const council = await SmallCouncil.gather(members, 'nothing')
  const { place } = await council.call(meeting, 'published')
  const [device] = council.devices
  if (!device) throw new Error('Nobody presides')
  const chair = await Participant.enter(device, place)
  const say = async (...bodies: readonly EventBody[]): Promise<void> => {
    for (const body of bodies) {
      const refused = await chair.write(body)
      if (refused.length > 0) throw new Error(`The hub refused ${body.kind}: ${JSON.stringify(refused)}`)
    }
  }
  await say(
    { kind: 'meeting-prepared', constitution: constitutionOf(members, [item]) },
    { kind: 'person-arrived', person: personAt(0), mode: 'room', by: 'list' },
  )
  return {
    ...{ council, chair },
    open: () => say({ kind: 'meeting-opened' }, { kind: 'item-opened', item }),
    dissolve: async () => {
      chair.leave()
      await council.dissolve()
    },
  }
}
