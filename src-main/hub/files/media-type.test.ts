import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import PDFDocument from 'pdfkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { detectMediaType } from './media-type.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratssaal-types-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function typeOf(content: string | Uint8Array): Promise<string | undefined> {
  const path = join(folder, 'file')
  await writeFile(path, content)
  return detectMediaType(path)
}

/** A ZIP archive of uncompressed entries (APPNOTE 4.3). */
function zip(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(entries)) {
    const [nameBytes, data] = [Buffer.from(name), Buffer.from(content)]
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt32LE(crc32(data), 10)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(data.length, 18)
    fields.writeUInt16LE(nameBytes.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, nameBytes, data])
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, nameBytes]))
    locals.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(
    directory.reduce((sum, entry) => sum + entry.length, 0),
    8,
  )
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end])
}

const openXml = (part: string): Buffer =>
  zip({
    '[Content_Types].xml': `<Types><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${part}.main+xml"/></Types>`,
  })
const oasis = (kind: string): Buffer =>
  zip({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': '<x/>' })

it('accepts a real PDF', async () => {
  const pdf = new PDFDocument()
  const bytes = buffer(pdf)
  pdf.text('Haushaltsplan')
  pdf.end()
  await once(pdf, 'end')
  expect(await typeOf(await bytes)).toBe('application/pdf')
})

it.each([
  [
    'PNG',
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
    'image/png',
  ],
  ['JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'image/jpeg'],
  ['WebP', Buffer.from('524946461a000000574542505650384c0d0000002f000000100711118888fe0700', 'hex'), 'image/webp'],
  ['GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'), 'image/gif'],
  ['ODT', oasis('text'), 'application/vnd.oasis.opendocument.text'],
  ['ODS', oasis('spreadsheet'), 'application/vnd.oasis.opendocument.spreadsheet'],
  [
    'DOCX',
    openXml('wordprocessingml.document'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['XLSX', openXml('spreadsheetml.sheet'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['text', 'Grüße aus dem Rathaus\r\n\tzweite Zeile', 'text/plain'],
  ['CSV', 'Name;Ort\nMüller;Worms\n', 'text/plain'],
])('accepts %s', async (_, content, type) => {
  expect(await typeOf(content)).toBe(type)
})

const drawing = (inside: string, more = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10" role="img"${more}>${inside}</svg>`
const pixel = 'data:image/png;base64,iVBORw0KGgo='

it.each([
  [
    'lines and areas',
    drawing('<g transform="translate(1 -2.5e-3) rotate(90) scale(2)"><path d="M0 0L1,1Z" fill="#c22f2a"/></g>'),
  ],
  [
    'words',
    drawing('<title>Plan</title><text font-family="Inter, sans-serif" fill="#000">&lt;script&gt; &#228;</text>'),
  ],
  [
    'a picture',
    drawing(`<image width="1" height="1" preserveAspectRatio="none" aria-label="Plan: a (b)" href="${pixel}"/>`),
  ],
  ['a large picture', drawing(`<image href="data:image/jpeg;base64,${'QUJD'.repeat(100_000)}"/>`)],
])('accepts SVG that is a drawing: %s', async (_, content) => {
  expect(await typeOf(content)).toBe('image/svg+xml')
})

it.each([
  ['scripts', drawing('<script>alert(1)</script>')],
  ['handlers', drawing('', ' onload="alert(1)"')],
  ['styles', drawing('<style>@import "https://example.org/x.css"</style>')],
  ['a style', drawing('<g style="fill: url(https://example.org/x)"/>')],
  ['pages', drawing('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>')],
  ['links', drawing('<a href="javascript:alert(1)"><text>x</text></a>')],
  ['pictures from elsewhere', drawing('<image href="https://example.org/x.png"/>')],
  ['other SVG', drawing('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>')],
  ['references', drawing('<path fill="url(#a)" d="M0 0"/>')],
  ['names of another space', drawing('<image xlink:href="x"/>', ' xmlns:xlink="http://www.w3.org/1999/xlink"')],
  ['movement', drawing('<path d="M0 0"><animate attributeName="d"/></path>')],
  ['a document type', `<!DOCTYPE svg [<!ENTITY a "b">]>${drawing('&a;')}`],
  ['unknown entities', drawing('&a;')],
  ['no end', drawing('').slice(0, -6)],
  ['two roots', drawing('') + drawing('')],
  ['another space', drawing('').replace('2000/svg', '1999/xhtml')],
  ['control characters', drawing('<text>\u0008</text>')],
  ['properties of objects', drawing('<path constructor="x" __proto__="y"/>')],
])('refuses SVG with %s', async (_, content) => {
  expect(await typeOf(content)).toBeUndefined()
})

it.each([
  ['nothing', ''],
  ['a page', '  <!doctype html><script>alert(1)</script>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['SVG with a declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a page after a byte order mark', '\ufeff<html></html>'],
  ['a program', Buffer.from('7f454c4602010100000000000000000002003e00', 'hex')],
  ['a Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
  ['an archive', zip({ 'a.txt': 'text' })],
  [
    'a document with macros',
    zip({
      '[Content_Types].xml':
        '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
    }),
  ],
  ['Latin-1', Buffer.from('Gr\xfc\xdfe aus dem Rathaus', 'latin1')],
  ['bytes', Buffer.from([65, 66, 0, 67])],
])('refuses %s', async (_, content) => {
  expect(await typeOf(content)).toBeUndefined()
})
