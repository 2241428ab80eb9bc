import * as v from 'valibot'
import { readGroundPicture, type GroundPicture } from './ground-picture.ts'

export const grounds = ['plain', 'grid', 'lines', 'dots'] as const

const moment = v.pipe(v.number(), v.integer(), v.minValue(0))
const span = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1))

/** What everybody sees of a page besides its elements. */
export const pageSetup = {
  ground: v.picklist(grounds),
  /** Hides the part of the page below this share of the window's height. */
  curtain: v.nullable(span),
  /** Everything but a circle (in the page's units) is dimmed. */
  spotlight: v.nullable(v.strictObject({ x: v.number(), y: v.number(), radius: v.pipe(v.number(), v.minValue(1)) })),
  /** When the time runs out, in milliseconds since 1970. */
  countdown: v.nullable(moment),
}

export type Ground = (typeof grounds)[number]
/** What is set for as long as nobody sets something else; what one sets, the others do not take back. */
export type PageFields = { readonly [Field in keyof typeof pageSetup]: v.InferOutput<(typeof pageSetup)[Field]> }
export interface PageSetup extends PageFields {
  /** Lies below everything, in place of the ground's lines. */
  readonly picture: GroundPicture | null
}

/** A page on which nothing was set. */
export const bareSetup: PageSetup = { ground: 'dots', curtain: null, spotlight: null, countdown: null, picture: null }

/**
 * Reads a setup as it came from others; fields that are none count as not set.
 * @param picture of the ground, and what was written about it later
 */
export function readPageSetup(
  fields: Readonly<Record<string, unknown>>,
  { picture, words }: { readonly picture?: unknown; readonly words?: unknown } = {},
): PageSetup {
  const read = Object.entries(pageSetup).flatMap(([field, schema]) => {
    const outcome = v.safeParse(schema, fields[field])
    return outcome.success ? [[field, outcome.output] as const] : []
  })
  return { ...bareSetup, ...Object.fromEntries(read), picture: readGroundPicture(picture, words) }
}
