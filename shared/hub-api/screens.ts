import * as v from 'valibot'
import { projectorId } from '../council/events/projection.ts'
import { idOf } from '../oparl/record.ts'

/** A window that is a screen of a meeting's room. `POST /api/screens`, answered with a pass. */
export const screenRequestSchema = v.strictObject({ meeting: idOf('meeting'), projector: projectorId })
export type ScreenRequest = v.InferOutput<typeof screenRequestSchema>

/** With it a window reads the boards that this screen shows, and nothing else; it names nobody. */
export interface ScreenPass {
  readonly pass: string
  /** Milliseconds since 1970. */
  readonly until: number
}

/** How a pass is given: `Authorization: Screen <pass>`. */
export const screenScheme = 'Screen'

/**
 * What a screen hears of the board that it shows, as server-sent events with JSON. `page`: this page from now on;
 * `update`: what is on it (base 64 of Yjs updates, in whatever order and however often); `complete`: everything that the
 * hub had was told; `glance`: what somebody does right now (base 64), of no name; `left`: they are gone; `none`: no
 * board is shown here, and what was told before is to be forgotten.
 */
export type ScreenEvent =
  | {
      readonly event: 'page'
      readonly key: string
      /** Where it stands on the board, from 1. */
      readonly page: number
      /** Of the PDF below it, which everybody may read. */
      readonly sha512?: string
    }
  | { readonly event: 'update'; readonly bytes: string }
  | { readonly event: 'complete' }
  | { readonly event: 'glance'; readonly peer: number; readonly bytes: string }
  | { readonly event: 'left'; readonly peer: number }
  | { readonly event: 'none' }
