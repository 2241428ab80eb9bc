import { randomUUID } from 'node:crypto'
import { Dicer } from '@fastify/busboy'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { badRequest, type CouchFailure } from './answers.ts'
import { parseJson } from './queries.ts'

interface Part {
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>
  readonly bytes: Buffer
}

const boundaryPattern = /^multipart\/related\s*;.*?boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i
export const isMultipartRelated = (header: string | undefined): boolean => /^multipart\/related\b/i.test(header ?? '')

/**
 * Reads a document with its attachments from `multipart/related` (RFC 2387) as CouchDB's replicator sends it: first
 * the JSON, then the bytes of each attachment that "follows", by file name or else in the order of the JSON.
 */
export async function readRelated(
  header: string,
  body: Buffer,
): Promise<Result<Record<string, unknown>, CouchFailure>> {
  const boundary = boundaryPattern.exec(header)
  if (!boundary) return failed(badRequest('The multipart body has no boundary.'))
  const parts = await splitParts(body, boundary[1] ?? boundary[2] ?? '')
  const [first, ...rest] = parts ?? []
  if (!first) return failed(badRequest('The multipart body ends too early.'))
  const parsed = parseJson(first.bytes.toString('utf8'))
  if (!parsed.ok) return parsed
  const document = parsed.value
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return failed(badRequest('A document must be an object.'))
  return withFollowing(document as Record<string, unknown>, rest)
}

function splitParts(body: Buffer, boundary: string): Promise<Part[] | undefined> {
  return new Promise((resolve) => {
    const parts: Part[] = []
    const dicer = new Dicer({ boundary })
    dicer.on('part', (part) => {
      const chunks: Buffer[] = []
      let headers: Part['headers'] = {}
      part.on('header', (header) => (headers = header as Part['headers']))
      part.on('data', (chunk) => chunks.push(chunk as Buffer))
      part.on('end', () => parts.push({ headers, bytes: Buffer.concat(chunks) }))
      part.on('error', () => resolve(undefined))
    })
    dicer.on('error', () => resolve(undefined))
    dicer.on('finish', () => resolve(parts))
    dicer.end(body)
  })
}

function withFollowing(
  document: Record<string, unknown>,
  parts: readonly Part[],
): Result<Record<string, unknown>, CouchFailure> {
  const attachments = document['_attachments']
  if (typeof attachments !== 'object' || attachments === null) return success(document)
  const named = new Map(parts.map((part) => [fileNameOf(part), part.bytes]))
  const unnamed = parts.filter((part) => fileNameOf(part) === undefined).map(({ bytes }) => bytes)
  const filled: [string, unknown][] = []
  for (const [name, value] of Object.entries(attachments as Record<string, unknown>)) {
    const entry = value as { follows?: unknown; encoding?: unknown } | null
    if (!entry?.follows) {
      filled.push([name, value])
      continue
    }
    if (entry.encoding !== undefined) return failed(badRequest('Attachments must arrive without an encoding.'))
    const bytes = named.get(name) ?? unnamed.shift()
    if (!bytes) return failed(badRequest('An attachment that should follow is missing.'))
    const { follows: _follows, ...rest } = entry
    filled.push([name, { ...rest, data: bytes.toString('base64') }])
  }
  return success({ ...document, _attachments: Object.fromEntries(filled) })
}

function fileNameOf({ headers }: Part): string | undefined {
  const disposition = headers['content-disposition']?.[0] ?? ''
  return /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replace(/\\(.)/g, '$1')
}

/** Revisions as `multipart/mixed` (RFC 2046), the form in which CouchDB's replicator prefers `open_revs`. */
export function writeMixed(
  found: readonly StoredDocument[],
  missing: readonly string[],
): { header: string; body: Buffer } {
  const boundary = randomUUID()
  const parts = [
    ...found.map(documentPart),
    ...missing.map((rev) => jsonPart({ missing: rev }, 'application/json; error="true"')),
  ]
  return { header: `multipart/mixed; boundary="${boundary}"`, body: join(parts, boundary) }
}

function documentPart(document: StoredDocument): Buffer {
  const withData = Object.entries(document._attachments ?? {}).filter(([, entry]) => entry.data !== undefined)
  if (withData.length === 0) return jsonPart(document, 'application/json')
  const boundary = randomUUID()
  const stubs = Object.entries(document._attachments ?? {}).map(([name, { data, ...entry }]) => [
    name,
    data === undefined ? entry : { ...entry, follows: true },
  ])
  const bytes = withData.map(([name, entry]) => {
    const quoted = name.replace(/["\\]/g, '\\$&').replace(/[\r\n]/g, ' ')
    const head = `Content-Disposition: attachment; filename="${quoted}"\r\nContent-Type: ${entry.content_type}\r\nContent-Length: ${entry.length}\r\n\r\n`
    return Buffer.concat([Buffer.from(head), Buffer.from(entry.data ?? '', 'base64')])
  })
  const json = jsonPart({ ...document, _attachments: Object.fromEntries(stubs) as object }, 'application/json')
  const head = Buffer.from(`Content-Type: multipart/related; boundary="${boundary}"\r\n\r\n`)
  return Buffer.concat([head, join([json, ...bytes], boundary)])
}

const jsonPart = (value: object, type: string): Buffer =>
  Buffer.from(`Content-Type: ${type}\r\n\r\n${JSON.stringify(value)}`)

const join = (parts: readonly Buffer[], boundary: string): Buffer =>
  Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--`),
  ])
