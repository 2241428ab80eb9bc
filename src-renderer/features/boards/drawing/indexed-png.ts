/** Colours are kept to steps of 17 of 255: white stays white, and nobody sees the rest in print or lines. */
const step = 17
const perChannel = 16
const mostColours = 256

/** Where each value of a channel is among the steps. */
const stepOf = Uint8Array.from({ length: 256 }, (_, value) => Math.round(value / step))

interface Indexed {
  readonly width: number
  readonly height: number
  /** Numbers of the colours, row by row. */
  readonly cells: Uint8Array
  /** Red, green and blue of each colour. */
  readonly palette: readonly number[]
}

/**
 * A drawn page as a PNG (ISO 15948) with a palette: of print and plans about a third of what the browser's own encoder
 * makes, which writes full colours alone.
 * @returns undefined for what has too many colours, such as photographs
 */
export async function indexedPng(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const indexed = indexColours(canvas)
  if (!indexed) return undefined
  const { width, height, palette } = indexed
  const bits = palette.length <= 3 * 16 ? 4 : 8
  const head = new DataView(new ArrayBuffer(13))
  head.setUint32(0, width)
  head.setUint32(4, height)
  // Bits of a cell, and colours by a palette; the usual compression, filters and order are 0.
  head.setUint8(8, bits)
  head.setUint8(9, 3)
  const rows = new Blob([packRows(indexed, bits)]).stream().pipeThrough(new CompressionStream('deflate'))
  const parts = [
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', new Uint8Array(head.buffer)),
    chunk('PLTE', Uint8Array.from(palette)),
    chunk('IDAT', new Uint8Array(await new Response(rows).arrayBuffer())),
    chunk('IEND', new Uint8Array()),
  ]
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

function indexColours(canvas: HTMLCanvasElement): Indexed | undefined {
  const { width, height } = canvas
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data
  if (!data) return undefined
  const numbers = new Int16Array(perChannel ** 3).fill(-1)
  const palette: number[] = []
  const cells = new Uint8Array(width * height)
  for (let place = 0, at = 0; place < cells.length; place++, at += 4) {
    const [red, green, blue] = [stepOf[data[at]!]!, stepOf[data[at + 1]!]!, stepOf[data[at + 2]!]!]
    const key = (red * perChannel + green) * perChannel + blue
    if (numbers[key]! < 0) {
      if (palette.length === 3 * mostColours) return undefined
      numbers[key] = palette.length / 3
      palette.push(red * step, green * step, blue * step)
    }
    cells[place] = numbers[key]!
  }
  return { width, height, cells, palette }
}

/** Rows of cells, each after a byte that says that nothing was filtered; of two cells in a byte the left one is high. */
function packRows({ width, height, cells }: Indexed, bits: 4 | 8): Uint8Array<ArrayBuffer> {
  const line = 1 + Math.ceil((width * bits) / 8)
  const rows = new Uint8Array(line * height)
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, y * line + 1]
    if (bits === 8) rows.set(cells.subarray(from, from + width), to)
    else for (let x = 0; x < width; x++) rows[to + (x >> 1)]! |= cells[from + x]! << (x & 1 ? 0 : 4)
  }
  return rows
}

/** Length, name and data, and the checksum of both. */
function chunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let place = 0; place < 4; place++) bytes[4 + place] = name.charCodeAt(place)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)))
  return bytes
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest
})

function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = remainders[(rest ^ byte) & 255]! ^ (rest >>> 8)
  return (rest ^ 0xffffffff) >>> 0
}
