const box = (type: string, content: Buffer): Buffer => {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(8 + content.length)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, content])
}

/** Boxes in the form of an initialization segment, for what does not have to be decoded. */
export const plainInit = Buffer.concat([
  box('ftyp', Buffer.from('cmfc')),
  box('moov', box('mvhd', Buffer.from('tracks'))),
])

/** Boxes in the form of a chunk, with a text as its media. */
export const plainPart = (text: string): Buffer =>
  Buffer.concat([box('moof', box('mfhd', Buffer.alloc(8))), box('mdat', Buffer.from(text))])
