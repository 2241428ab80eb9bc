import * as v from 'valibot'
import { readElement, type BoardElement } from '../../../../shared/council/board/element.ts'
import { readGroundPicture, type GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { countInk } from '../../../../shared/council/board/ink.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { fromBase64, toBase64 } from './base64.ts'

/** More things than anybody puts on a page. */
const mostElements = 50_000

/**
 * A page as JSON, for programs and for ourselves: fields as in `shared/council/board`, ink as base 64 of its packed
 * bytes; bytes of pictures are left to whatever the JSON stands in, which names them by their ids.
 */
const file = v.object({
  format: v.literal('ratssaal-board'),
  version: v.number(),
  elements: v.pipe(v.array(v.unknown()), v.maxLength(mostElements)),
  ground: v.optional(v.unknown()),
})
const version = 1

/** What a page holds. */
export interface PageContent {
  readonly elements: readonly BoardElement[]
  readonly ground: GroundPicture | null
}

/** What was read of a page, and how much was not to be read. */
export interface ReadPage extends PageContent {
  readonly left: number
}

/** Writes a page, without the bytes of its pictures. */
export function pageToJson({ elements, ground }: PageContent): string {
  const packed = elements.map((element) => {
    if (element.kind === 'stroke') return { ...element, ink: toBase64(element.ink) }
    return element.kind === 'picture' ? { ...element, bytes: undefined } : element
  })
  return JSON.stringify({
    ...{ format: 'ratssaal-board', version, elements: packed },
    ...(ground ? { ground: { ...ground, bytes: undefined } } : {}),
  })
}

/**
 * Reads what `pageToJson` wrote, whoever changed it since: everything in it is checked like what comes from others.
 * @param picture bytes of a picture by its id; undefined where there are none
 */
export function jsonToPage(
  json: string,
  picture: (id: string) => Uint8Array | undefined,
): Result<ReadPage, 'damaged' | 'newer'> {
  const outcome = v.safeParse(file, parsed(json))
  if (!outcome.success) return failed('damaged')
  if (outcome.output.version !== version) return failed(outcome.output.version > version ? 'newer' : 'damaged')
  const read = outcome.output.elements
  const known = new Map(
    read.flatMap((content) => elementOf(content, picture) ?? []).map((element) => [element.id, element]),
  )
  const elements = [...known.values()]
  const { ground } = outcome.output
  const below = isFields(ground)
    ? readGroundPicture({ ...ground, bytes: picture(String(ground['id'])) }, undefined)
    : null
  const left = read.length - elements.length + (ground !== undefined && !below ? 1 : 0)
  return success({ elements, ground: below, left })
}

function elementOf(content: unknown, picture: (id: string) => Uint8Array | undefined): BoardElement | undefined {
  if (!isFields(content) || typeof content['id'] !== 'string') return undefined
  const { id, ...fields } = content
  const ink = typeof fields['ink'] === 'string' ? { ink: fromBase64(fields['ink']) } : {}
  const bytes = fields['kind'] === 'picture' ? { bytes: picture(id) } : {}
  const element = /^[0-9A-Za-z_-]{1,64}$/.test(id) ? readElement(id, { ...fields, ...ink, ...bytes }) : undefined
  return element?.kind === 'stroke' && countInk(element.ink) === undefined ? undefined : element
}

const isFields = (value: unknown): value is Record<string, unknown> & { id: string } =>
  typeof value === 'object' && value !== null

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
