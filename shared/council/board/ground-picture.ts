import * as v from 'valibot'
import { coordinate, elementId, longestBoardText, pictureFields } from './element.ts'

/** A picture below everything on a page, such as a map or a page of a PDF; it is no element, and no tool reaches it. */
const groundPicture = v.strictObject({ id: elementId, x: coordinate, y: coordinate, ...pictureFields })
/** Other words for what a picture shows; those for a picture that is not there any more count for nothing. */
const description = v.object({ of: elementId, text: v.pipe(v.string(), v.maxLength(longestBoardText)) })

export type GroundPicture = v.InferOutput<typeof groundPicture>

/**
 * Reads a picture of the ground and its words as they came from others; null for what is none.
 * @param picture as it was chosen
 * @param words what was written about it later
 */
export function readGroundPicture(picture: unknown, words: unknown): GroundPicture | null {
  const read = v.safeParse(groundPicture, picture)
  if (!read.success) return null
  const written = v.safeParse(description, words)
  const isAboutIt = written.success && written.output.of === read.output.id
  return isAboutIt ? { ...read.output, text: written.output.text } : read.output
}
