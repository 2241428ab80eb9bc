/** A box as it lies in a file. */
export interface ReadBox {
  readonly type: string
  /** With size and type. */
  readonly bytes: Uint8Array
  /** Without size and type. */
  readonly content: Uint8Array
  /** What it is made of, for boxes that hold boxes alone. */
  readonly children: readonly ReadBox[]
}

const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'dinf', 'stbl', 'mvex', 'moof', 'traf'])

/** The boxes in a run of bytes, or nothing where one is torn or has no size of its own. Source: ISO/IEC 14496-12, 4.2. */
export function readBoxes(bytes: Uint8Array): readonly ReadBox[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const boxes: ReadBox[] = []
  for (let at = 0; at < bytes.length;) {
    const size = at + 8 <= bytes.length ? view.getUint32(at) : 0
    if (size < 8 || at + size > bytes.length) return undefined
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const whole = bytes.subarray(at, at + size)
    const content = whole.subarray(8)
    const children = containers.has(type) ? readBoxes(content) : []
    if (!children) return undefined
    boxes.push({ type, bytes: whole, content, children })
    at += size
  }
  return boxes
}

/** Every box of a type, at any depth, in the order of the file. */
export function findBoxes(boxes: readonly ReadBox[], type: string): readonly ReadBox[] {
  return boxes.flatMap((one) => [...(one.type === type ? [one] : []), ...findBoxes(one.children, type)])
}

const typesOf = (bytes: Uint8Array): string | undefined =>
  readBoxes(bytes)
    ?.map(({ type }) => type)
    .join()

/** Whether bytes are a CMAF chunk and nothing else (ISO/IEC 23000-19, 7.3.2.3). */
export const isChunk = (bytes: Uint8Array): boolean => typesOf(bytes) === 'moof,mdat'

/** Whether bytes are an initialization segment, in which there is no media (ISO/IEC 23000-19, 7.3.1). */
export const isInit = (bytes: Uint8Array): boolean => typesOf(bytes) === 'ftyp,moov'
