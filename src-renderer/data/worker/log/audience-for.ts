import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { organizationAudience, type Audience } from '../../../../shared/rules/audience.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'

export function audienceFor(state: MeetingState, body: EventBody): Audience | undefined {
  const constitution = body.kind === 'meeting-prepared' ? body.constitution : state.constitution
  const [organization] = constitution?.organizations ?? []
  return organization === undefined ? undefined : organizationAudience(organization)
}
