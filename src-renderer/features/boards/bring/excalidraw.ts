import * as v from 'valibot'
import { unmoved, type InkColour, type Place } from '../../../../shared/council/board/element.ts'
import { packInk } from '../../../../shared/council/board/ink.ts'
import { lightPalette } from '../drawing/palette.ts'
import { inkColours } from '../../../../shared/council/board/element.ts'
import type { Draft } from '../tools/workbench.ts'
import type { PictureDraft } from './picture-files.ts'

const number = v.pipe(v.number(), v.finite())
const pair = v.pipe(v.array(number), v.minLength(2))

/** What we read of an element of Excalidraw's public JSON (`type: "excalidraw"`, version 2). */
const element = v.object({
  type: v.string(),
  ...{
    x: number,
    y: number,
    width: v.fallback(number, 0),
    height: v.fallback(number, 0),
    angle: v.fallback(number, 0),
  },
  isDeleted: v.fallback(v.boolean(), false),
  strokeColor: v.fallback(v.string(), '#1e1e1e'),
  backgroundColor: v.fallback(v.string(), 'transparent'),
  strokeWidth: v.fallback(number, 2),
  text: v.fallback(v.string(), ''),
  fontSize: v.fallback(number, 20),
  points: v.fallback(v.array(pair), []),
  pressures: v.fallback(v.array(number), []),
  endArrowhead: v.fallback(v.nullable(v.string()), null),
  fileId: v.fallback(v.nullable(v.string()), null),
})
const file = v.object({
  type: v.literal('excalidraw'),
  elements: v.array(v.unknown()),
  files: v.fallback(v.record(v.string(), v.object({ dataURL: v.string() })), {}),
})
type Theirs = v.InferOutput<typeof element>

/** What an Excalidraw file holds for a page, and how much of it we have nothing for. */
export interface Imported {
  readonly drafts: readonly Draft[]
  readonly left: number
}

/**
 * Reads an Excalidraw file; undefined for another file.
 *
 * @param picture makes a picture of a data URL
 */
export async function readExcalidraw(
  json: string,
  picture: (dataUrl: string) => Promise<PictureDraft | undefined>,
): Promise<Imported | undefined> {
  const outcome = v.safeParse(file, parsed(json))
  if (!outcome.success) return undefined
  const { elements, files } = outcome.output
  const drafts: Draft[] = []
  let left = 0
  for (const theirs of elements) {
    const read = v.safeParse(element, theirs)
    if (read.success && read.output.isDeleted) continue
    const url = read.success && read.output.fileId !== null ? files[read.output.fileId]?.dataURL : undefined
    const draft = read.success ? await draftOf(read.output, url ? await picture(url) : undefined) : undefined
    if (draft) drafts.push(draft)
    else left += 1
  }
  return { drafts, left }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

async function draftOf(theirs: Theirs, picture: PictureDraft | undefined): Promise<Draft | undefined> {
  const { width, height } = theirs
  const place = placeOf(theirs)
  const look = { colour: nearestInk(theirs.strokeColor), thickness: theirs.strokeWidth * 1.5 }
  switch (theirs.type) {
    case 'rectangle':
    case 'ellipse':
    case 'diamond': {
      const isFilled = theirs.backgroundColor !== 'transparent'
      return { kind: 'shape', form: theirs.type, place, width, height, ...look, isFilled, text: '' }
    }
    case 'freedraw': {
      const points = theirs.points.map(([x = 0, y = 0], at) => ({ x, y, pressure: theirs.pressures[at] ?? 0.5 }))
      const about = { ...unmoved, x: theirs.x, y: theirs.y }
      return points.length > 0
        ? { kind: 'stroke', tool: 'pen', place: about, ...look, ink: packInk(points) }
        : undefined
    }
    case 'line':
    case 'arrow':
      return lineDraft(theirs, look)
    case 'text':
      return {
        kind: 'text',
        place,
        width: Math.max(width, 20) + 8,
        height,
        colour: look.colour,
        fontSize: theirs.fontSize,
        text: theirs.text,
      }
    case 'image':
      return picture && { kind: 'picture', place, ...picture, width, height }
    default:
      return undefined
  }
}

/** Two points are a line; more of them are a stroke, as our lines are straight. */
function lineDraft(
  { x, y, points, endArrowhead }: Theirs,
  look: { colour: InkColour; thickness: number },
): Draft | undefined {
  const [from, to] = [points[0], points.at(-1)]
  if (!from || !to || points.length < 2) return undefined
  if (points.length > 2) {
    const ink = packInk(points.map(([dx = 0, dy = 0]) => ({ x: dx, y: dy, pressure: 0.5 })))
    return { kind: 'stroke', tool: 'pen', place: { ...unmoved, x, y }, ...look, ink }
  }
  const end = ([dx = 0, dy = 0]: number[]): { x: number; y: number } => ({ x: x + dx, y: y + dy })
  return { kind: 'line', from: end(from), to: end(to), ...look, hasHead: endArrowhead !== null }
}

/** Theirs turn about their middle, ours about their corner. */
function placeOf({ x, y, width, height, angle }: Theirs): Place {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [middleX, middleY] = [width / 2, height / 2]
  return {
    x: x + middleX - (cos * middleX - sin * middleY),
    y: y + middleY - (sin * middleX + cos * middleY),
    angle,
    scale: 1,
  }
}

/** Our ink that is most like a colour. */
function nearestInk(colour: string): InkColour {
  const theirs = rgb(colour)
  const away = (name: InkColour): number => Math.hypot(...rgb(lightPalette[name]).map((part, at) => part - theirs[at]!))
  return inkColours.reduce((best, name) => (away(name) < away(best) ? name : best))
}

const rgb = (colour: string): [number, number, number] => {
  const [, red = '0', green = '0', blue = '0'] = /^#(..)(..)(..)/.exec(colour) ?? []
  return [parseInt(red, 16) || 0, parseInt(green, 16) || 0, parseInt(blue, 16) || 0]
}
