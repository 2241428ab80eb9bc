import { Readable } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import type {} from '@fastify/compress'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { paths } from '../../../shared/hub-api/contract.ts'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import type { Principal } from '../../../shared/rules/access.ts'
import { sendFailure } from '../failure.ts'
import { readByteRange } from '../byte-range.ts'
import { isSha512 } from './folder-blob-store.ts'
import { acceptedTypes, isShownInline } from './media-type.ts'
import type { ReadableFile } from './readable-files.ts'

export interface DownloadRoutesOptions {
  readonly blobs: BlobStore
  /** How a record that the principal may read speaks of the file; undefined: for this one the file does not exist. */
  readonly findReadable: (principal: Principal, sha512: string) => Promise<ReadableFile | undefined>
}

type FileRequest = FastifyRequest<{ Params: { sha512: string } }>

/** Seconds that caches may keep a public file: what is taken back is gone everywhere after that. */
const publicCacheSeconds = 60

/**
 * `GET|HEAD /files/<sha512>` with ranges and strong validators (RFC 9110) for whoever may read the file; `?download`
 * offers it to be kept rather than shown.
 */
export function downloadRoutes(app: FastifyInstance, { blobs, findReadable }: DownloadRoutesOptions): void {
  app.route<{ Params: { sha512: string } }>({
    method: ['GET', 'HEAD'],
    url: paths.file(':sha512'),
    exposeHeadRoute: false,
    // The strong tag names these very bytes.
    compress: false,
    handler: async (request, reply) => {
      const { sha512 } = request.params
      const file = isSha512(sha512) ? await findReadable(request.principal, sha512) : undefined
      const stored = file && (await blobs.has(sha512))
      // One answer for what does not exist and for what is not theirs.
      if (!stored) return sendFailure(reply, { error: 'not-found', message: 'There is no such file.' })
      setHeaders(reply, sha512, file, Object.hasOwn(request.query as object, 'download'))
      if (matchesTag(request.headers['if-none-match'], sha512)) return reply.code(304).send()
      return sendBytes(request, reply, blobs, stored.size)
    },
  })
}

const tagOf = (sha512: string): string => `"${sha512}"`

/** RFC 9110, section 13.1.2: a list of tags, compared weakly. */
function matchesTag(header: string | undefined, sha512: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(tagOf(sha512)) || tags.includes('*')
}

function setHeaders(reply: FastifyReply, sha512: string, file: ReadableFile, isDownload: boolean): void {
  // Records are written by clients: what they call the bytes counts only where it is harmless.
  const type = acceptedTypes.has(file.mimeType) ? file.mimeType : 'application/octet-stream'
  void reply.headers({
    'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'content-disposition': contentDisposition(file.fileName, {
      type: isShownInline(type) && !isDownload ? 'inline' : 'attachment',
    }),
    'cache-control': file.isPublic ? `public, max-age=${publicCacheSeconds}` : 'no-store',
    'accept-ranges': 'bytes',
    etag: tagOf(sha512),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
}

async function sendBytes(
  request: FileRequest,
  reply: FastifyReply,
  blobs: BlobStore,
  size: number,
): Promise<FastifyReply> {
  const { sha512 } = request.params
  const condition = request.headers['if-range']
  const mayBePart = request.method === 'GET' && (condition === undefined || condition === tagOf(sha512))
  const range = mayBePart ? readByteRange(request.headers.range, size) : undefined
  if (range === 'unsatisfiable') return sendUnsatisfiable(reply, size)
  if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
  void reply.header('content-length', range ? range.end - range.start + 1 : size)
  if (request.method === 'HEAD') return reply.send()
  const bytes = await blobs.read(sha512, range)
  if (!bytes) throw new Error('a blob was removed while it was asked for')
  return reply.send(Readable.from(bytes, { objectMode: false }))
}

function sendUnsatisfiable(reply: FastifyReply, size: number): FastifyReply {
  for (const name of ['content-type', 'content-disposition', 'etag']) void reply.removeHeader(name)
  return reply
    .code(416)
    .headers({ 'content-range': `bytes */${size}`, 'cache-control': 'no-store' })
    .send()
}
