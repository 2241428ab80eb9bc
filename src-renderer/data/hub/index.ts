export { HubClient, readFailure, type HubAnswer } from './hub-client.ts'
