/** Whether a log is complete and genuine, and the texts that are signed for it. */
export type { LogFault, LogVerification } from './verification.ts'
export { certificateText, digestText, signedText, verifyLog } from './verify.ts'
