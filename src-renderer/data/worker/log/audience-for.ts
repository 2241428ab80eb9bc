import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { LoggedEvent } from '../../contract.ts'
import type { Log } from './meeting-logs.ts'

export const audienceFor = (_log: Log, _shown: readonly LoggedEvent[], _body: EventBody): Audience | undefined => 'org-main'
