import type {} from 'fastify'
import type { ApiFailure } from '../../shared/hub-api/contract.ts'

/** What everybody is told who asks for the same, whoever they are. */
export interface PublicAnswer {
  /** Pattern of the address, for the log. */
  readonly route: string
  readonly type: string
  readonly cacheControl: string
  readonly body: Buffer
}

/** Why there is none after all. */
export interface NoAnswer {
  readonly route: string
  readonly failure: ApiFailure
}

/**
 * Finds what is to be answered to an address, path and query; at once, or later where it was worth waiting. Undefined:
 * the router is to answer.
 */
export type AnswerAhead = (
  url: string,
  onLeave: (leave: () => void) => void,
) => PublicAnswer | Promise<PublicAnswer | NoAnswer> | undefined

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * For what thousands ask for in the same moment, and everybody may have: answers it without router and hooks, which
     * cost more than the answer. The router has to answer the same: it does so for who asks from another origin, who
     * says who they are, and by another method.
     */
    answerAhead(answer: AnswerAhead): void
  }
}
