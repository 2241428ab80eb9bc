import { canonical } from '../../../../shared/canonical.ts'
export const signedText = ({ _rev, signature, ...event }: Record<string, unknown>) => canonical(event)
export const digestText = ({ _rev, ...event }: Record<string, unknown>) => canonical(event)
