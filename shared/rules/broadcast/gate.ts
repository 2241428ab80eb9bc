import type { PartHead } from '../../council/broadcast-part.ts'
import { clockToleranceMs, leaseMs, liveAgeMs } from '../../council/broadcast.ts'

/** What decides whether anything is let through. Whoever cannot prove that the public is in lets nothing through. */
export interface Gate {
  /** Rises with every close, so that what was captured before never passes for something newer. */
  readonly epoch: number
  /** The log of the meeting says that the public is in. */
  readonly log: boolean
  /** Whoever speaks agreed to be shown. */
  readonly consent: boolean
  /** Closed at once by who runs the meeting, whatever the log says. */
  readonly direct: boolean
  readonly ended: boolean
  /** Since when it is open, by the hub's clock; undefined: it is closed. */
  readonly since?: number
}

/** The gate of a broadcast of which nothing is known. */
export const closedGate = (epoch: number): Gate => ({ epoch, log: false, consent: false, direct: false, ended: false })

/** What becomes known about the gate. */
export type GateFact =
  | { readonly kind: 'log'; readonly public: boolean; readonly consent: boolean }
  | { readonly kind: 'direct'; readonly closed: boolean }
  | { readonly kind: 'ended'; readonly ended: boolean }

/** The gate once a fact is known: a close begins another epoch. */
export function turn(gate: Gate, fact: GateFact, now: number): Gate {
  const { since, ...told } = { ...gate, ...knownBy(fact) }
  const mayOpen = told.log && told.consent && !told.direct && !told.ended
  if (mayOpen) return { ...told, since: since ?? now }
  return since === undefined ? told : { ...told, epoch: told.epoch + 1 }
}

function knownBy(fact: GateFact): Partial<Gate> {
  switch (fact.kind) {
    case 'log':
      return { log: fact.public, consent: fact.consent }
    case 'direct':
      return { direct: fact.closed }
    case 'ended':
      return { ended: fact.ended }
  }
}

/** Causes for which nothing is let through. */
export const closedBecause = ({ log, consent, direct, ended }: Gate): ('log' | 'consent' | 'direct' | 'ended')[] => [
  ...(log ? (consent ? [] : (['consent'] as const)) : (['log'] as const)),
  ...(direct ? (['direct'] as const) : []),
  ...(ended ? (['ended'] as const) : []),
]

/** What is said to everybody of how a broadcast stands. */
export function publicStatusOf(
  gate: Gate,
  {
    hasBegun,
    isSlate,
    wasShown,
  }: { readonly hasBegun: boolean; readonly isSlate: boolean; readonly wasShown: boolean },
): 'none' | 'waiting' | 'live' | 'closed' | 'silent' | 'ended' {
  if (!hasBegun) return 'none'
  if (gate.ended) return 'ended'
  if (!isSlate) return 'live'
  if (!wasShown) return 'waiting'
  // Who did not agree is nobody's business.
  if (gate.log && !gate.consent) return 'silent'
  return gate.since === undefined ? 'closed' : 'silent'
}

/** What the hub knows as a part is here, complete. */
export interface Arrival {
  readonly gate: Gate
  /** The stream that was announced last. */
  readonly stream: string | undefined
  /** When the stream's lease was given last; milliseconds since 1970. */
  readonly leased: number | undefined
  /** The newest part of the rendition that was shown, of this stream. */
  readonly newest: PartHead | undefined
  /** The part was taken already. */
  readonly isTaken: boolean
  /** Milliseconds that the intervals of two parts of the stream may have in common; 0 unless given. */
  readonly overlap?: number
  readonly now: number
}

export type GateRefusal = 'closed' | 'epoch' | 'stream' | 'lease' | 'interval' | 'sequence' | 'malformed'

/**
 * Whether a part is shown, taken for the recording alone because it comes late, or refused. Its MAC was found right.
 * Nothing is trusted that the head says of time, but that it lies within what the hub itself saw of the epoch.
 */
export function judgePart(head: PartHead, arrival: Arrival): 'live' | 'late' | GateRefusal {
  const { gate, stream, leased, newest, isTaken, overlap = 0, now } = arrival
  if (gate.since === undefined) return 'closed'
  if (head.stream !== stream) return 'stream'
  if (head.epoch !== gate.epoch) return 'epoch'
  if (leased === undefined || now > leased + leaseMs) return 'lease'
  if (isTaken) return 'sequence'
  if (!liesWithin(head, gate.since, now)) return 'interval'
  if (now - head.captured.to > liveAgeMs || (newest && head.sequence < newest.sequence)) return 'late'
  if (newest && head.captured.from < newest.captured.to - clockToleranceMs - overlap) return 'interval'
  return head.independent || goesOn(head, newest) ? 'live' : 'malformed'
}

/** Captured since the gate opened and not in the future; and its media lasts no longer than its capture did. */
function liesWithin({ captured: { from, to }, duration }: PartHead, since: number, now: number): boolean {
  return from >= since && to <= now + clockToleranceMs && duration * 1000 <= to - from + clockToleranceMs
}

/** Whether a player that has the newest part can show this one without a key frame. */
const goesOn = (head: PartHead, newest: PartHead | undefined): boolean =>
  newest !== undefined && !newest.last && newest.epoch === head.epoch && newest.sequence + 1 === head.sequence
