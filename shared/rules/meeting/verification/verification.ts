/** What is wrong with a log. */
export interface LogFault {
  readonly kind:
    /** A place of a chain is empty: an event was taken out, or has not come yet. */
    | 'missing'
    /** The signature does not fit the content: the event was written or changed by somebody else. */
    | 'forged'
    /** It does not name the digest of the event before it: something was put in, or exchanged. */
    | 'broken-chain'
    /** Its clock is before that of the event it follows. */
    | 'reordered'
    /** No hub that is known vouches for the key, or not for this account, person or role. */
    | 'uncertified'
    /** It is no event at all. */
    | 'unreadable'
  /** Id of the event; of a missing one the event that comes after it. */
  readonly event: string
  readonly account: string
  /** Place in the chain of its key. */
  readonly place: number
}

/** The outcome of checking a log, signature by signature. */
export interface LogVerification {
  readonly events: number
  readonly chains: number
  /** SHA-256 over the digests of all events in order, hexadecimal: two logs with the same one are the same. */
  readonly digest: string
  readonly faults: readonly LogFault[]
}
