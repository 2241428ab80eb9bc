import { consentPaths } from '../../shared/hub-api/consent.ts'
import type { ConsentLink } from './contract.ts'
import type { HubClient } from './hub/index.ts'

/** Speaks of the register of consent to the hub. */
export const consentLink = (hub: HubClient): ConsentLink => ({
  own: () => hub.ask('GET', consentPaths.own),
  change: (change) => hub.ask('PUT', consentPaths.own, change),
  ofMeeting: (meeting) => hub.ask('GET', consentPaths.meeting(meeting)),
  enterForm: (meeting, form) => hub.ask('POST', consentPaths.meeting(meeting), form),
})
