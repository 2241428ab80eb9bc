import * as v from 'valibot'

/** Farthest from the middle of a page that anything may lie, in its units (1 unit is 1 CSS pixel at zoom 1). */
export const farthest = 1_000_000
/** Longest text of one element, in characters. */
export const longestBoardText = 20_000
/** Bytes of one picture: it is made smaller before it is put on a board. */
export const largestPicture = 1_500_000

export const elementId = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/))
export const coordinate = v.pipe(v.number(), v.finite(), v.minValue(-farthest), v.maxValue(farthest))
const length = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(farthest))
const bytes = (most: number) => v.pipe(v.instance(Uint8Array), v.maxLength(most))
const text = v.pipe(v.string(), v.maxLength(longestBoardText))

/** Names of ink, not values: each screen shows them so that they are legible on its ground. */
export const inkColours = ['black', 'grey', 'red', 'orange', 'green', 'blue', 'violet'] as const
export const noteColours = ['yellow', 'rose', 'mint', 'sky'] as const
export const shapeForms = ['rectangle', 'ellipse', 'triangle', 'diamond'] as const
export const stampSigns = ['check', 'cross', 'question', 'star', 'heart', 'up', 'down', 'dot'] as const

const colour = v.picklist(inkColours)

/** How the element's own coordinates become those of the page: scaled, then turned (radians), then moved. */
const place = v.strictObject({
  x: coordinate,
  y: coordinate,
  angle: v.pipe(v.number(), v.finite()),
  scale: v.pipe(v.number(), v.finite(), v.minValue(1e-4), v.maxValue(1e4)),
})

const common = {
  /** Fractional key: what sorts later lies on top. */
  z: v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{1,256}$/)),
  /** Account of who made it. */
  author: v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/)),
  /** Elements with the same one are picked together. */
  group: v.optional(elementId),
  locked: v.optional(v.boolean()),
}
const placed = { ...common, place }
const size = { width: length, height: length }
const sized = { ...placed, ...size }

/** A picture that lies in the page itself, and its size there. */
export const pictureFields = {
  ...size,
  mediaType: v.picklist(['image/png', 'image/jpeg']),
  bytes: bytes(largestPicture),
  /** What it shows, for those who do not see it. */
  text,
}

/** Where a line ends: at a point of the page, or stuck to an element at a part of its width and height. */
const end = v.strictObject({
  x: coordinate,
  y: coordinate,
  stuck: v.optional(v.strictObject({ to: elementId, u: v.number(), v: v.number() })),
})

const kinds = {
  stroke: v.strictObject({
    kind: v.literal('stroke'),
    ...placed,
    tool: v.picklist(['pen', 'marker']),
    colour,
    thickness: length,
    /** Packed by `packInk`. */
    ink: bytes(600_000),
  }),
  shape: v.strictObject({
    kind: v.literal('shape'),
    ...sized,
    form: v.picklist(shapeForms),
    colour,
    thickness: length,
    isFilled: v.boolean(),
    text,
  }),
  line: v.strictObject({
    kind: v.literal('line'),
    ...common,
    from: end,
    to: end,
    colour,
    thickness: length,
    hasHead: v.boolean(),
  }),
  text: v.strictObject({ kind: v.literal('text'), ...sized, colour, fontSize: length, text }),
  note: v.strictObject({ kind: v.literal('note'), ...sized, paper: v.picklist(noteColours), text }),
  picture: v.strictObject({ kind: v.literal('picture'), ...placed, ...pictureFields }),
  table: v.strictObject({
    kind: v.literal('table'),
    ...sized,
    rows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
    columns: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
    /** Texts by `cellKey`. */
    cells: v.record(v.string(), text),
  }),
  stamp: v.strictObject({ kind: v.literal('stamp'), ...sized, sign: v.picklist(stampSigns), colour }),
}

const elementSchema = v.variant('kind', [
  kinds.stroke,
  kinds.shape,
  kinds.line,
  kinds.text,
  kinds.note,
  kinds.picture,
  kinds.table,
  kinds.stamp,
])

/** What lies on a page, without its id. */
export type ElementContent = v.InferOutput<typeof elementSchema>
/** What lies on a page. */
export type BoardElement = ElementContent & { readonly id: string }
export type ElementKind = ElementContent['kind']
/** An element of one kind. */
export type ElementOf<Kind extends ElementKind> = Extract<ElementContent, { kind: Kind }> & { readonly id: string }
export type Place = v.InferOutput<typeof place>
export type LineEnd = v.InferOutput<typeof end>
export type InkColour = v.InferOutput<typeof colour>
export type NoteColour = (typeof noteColours)[number]
export type ShapeForm = (typeof shapeForms)[number]
export type StampSign = (typeof stampSigns)[number]
/** An element that lies by a place, which is every one but a line. */
export type PlacedElement = Exclude<BoardElement, { kind: 'line' }>

/** Where an element lies that was neither moved, turned nor scaled. */
export const unmoved: Place = { x: 0, y: 0, angle: 0, scale: 1 }

/** The name of a table's cell; both counts from 0. */
export const cellKey = (row: number, column: number): string => `${row}:${column}`

/** Reads an element as it came from others; undefined for what is none. */
export function readElement(id: string, content: unknown): BoardElement | undefined {
  const outcome = v.safeParse(elementSchema, content)
  return outcome.success ? { ...outcome.output, id } : undefined
}
