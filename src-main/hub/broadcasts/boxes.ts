/** A box of an ISO base media file (ISO/IEC 14496-12, 4.2): its type and its bytes, header included. */
export interface Box {
  readonly type: string
  readonly bytes: Buffer
}

const headerSize = 8

/** The boxes of a sequence; undefined when it does not end where a box ends. Boxes of 4 GiB and more are not read. */
export function boxesOf(bytes: Buffer): Box[] | undefined {
  const boxes: Box[] = []
  for (let offset = 0; offset < bytes.length;) {
    if (bytes.length - offset < headerSize) return undefined
    const size = bytes.readUInt32BE(offset)
    if (size < headerSize || offset + size > bytes.length) return undefined
    boxes.push({ type: bytes.toString('latin1', offset + 4, offset + 8), bytes: bytes.subarray(offset, offset + size) })
    offset += size
  }
  return boxes
}

/** The boxes within a box that holds nothing else. */
export const childrenOf = (box: Box): Box[] => boxesOf(box.bytes.subarray(headerSize)) ?? []

const typesOf = (bytes: Buffer): string | undefined =>
  boxesOf(bytes)
    ?.map(({ type }) => type)
    .join()

/** Whether bytes are a CMAF chunk and nothing else (ISO/IEC 23000-19, 7.3.2.3). */
export const isChunk = (bytes: Buffer): boolean => typesOf(bytes) === 'moof,mdat'

/** Whether bytes are an initialization segment, in which there is no media (ISO/IEC 23000-19, 7.3.1). */
export const isInit = (bytes: Buffer): boolean => typesOf(bytes) === 'ftyp,moov'

/** The `tfdt` boxes of a chunk, one for each of its tracks. */
export const decodeTimesOf = (chunk: Buffer): Buffer[] =>
  (boxesOf(chunk) ?? [])
    .filter(({ type }) => type === 'moof')
    .flatMap(childrenOf)
    .filter(({ type }) => type === 'traf')
    .flatMap(childrenOf)
    .filter(({ type }) => type === 'tfdt')
    .map(({ bytes }) => bytes)
