/** An expected outcome: either a value, or a failure that the caller has to look at. Unexpected failures throw. */
export type Result<Value, Failure> = { ok: true; value: Value } | { ok: false; failure: Failure }

export const success = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })
export const failed = <Failure>(failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure })
