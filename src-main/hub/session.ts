import type {} from 'fastify'
import type { Principal } from '../../shared/rules/access.ts'
import type { SessionInfo } from '../../shared/hub-api/contract.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; `nobody` without a valid session. Set by the accounts service before any route runs. */
    principal: Principal
    /** The session behind the request; null without one. */
    session: Session | null
  }
}

/** A signed-in device. */
export type Session = Omit<SessionInfo, 'token'>

export type SessionChange =
  /** Roles or memberships of the account are others now. */
  | { readonly kind: 'changed'; readonly account: string }
  /** One device, or all of the account's, may no longer read anything but `public`. */
  | { readonly kind: 'revoked'; readonly account: string; readonly device?: string }

/** What other services may ask of the accounts service. */
export interface Sessions {
  /** Ends a ticket and says whose it is; undefined when it is unknown, used or older than a minute. */
  redeemTicket(ticket: string): Session | undefined
  /** The session of a device as it is now; undefined when it was revoked or signed out. */
  currentSession(device: string): Session | undefined
  /** The name under which others see an account; undefined when there is none of that id. */
  nameOf(account: string): string | undefined
  onChange(listener: (change: SessionChange) => void): () => void
}
