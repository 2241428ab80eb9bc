export { boardFilingLink } from './board-filing-link.ts'
export { sha512Of } from './digest.ts'
export { HubClient, readFailure, type HubAnswer } from './hub-client.ts'
export { sendBytes, type Sent } from './send-bytes.ts'
