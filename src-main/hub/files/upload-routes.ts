import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { paths, type ApiFailure } from '../../../shared/hub-api/contract.ts'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import { isAdministration } from '../../../shared/rules/access.ts'
import { sendFailure } from '../failure.ts'
import { isSha512 } from './folder-blob-store.ts'
import type { PartialUploads, UploadFailure } from './partial-uploads.ts'

export interface UploadRoutesOptions {
  readonly blobs: BlobStore
  readonly uploads: PartialUploads
  /** Bytes that a file may have. */
  readonly maxSize: number
}

type DigestRequest = FastifyRequest<{ Params: { sha512: string } }>
type PartRequest = FastifyRequest<{ Params: { sha512: string }; Body: Readable }>

const failures: Readonly<Record<UploadFailure, ApiFailure>> = {
  'wrong-offset': {
    error: 'conflict',
    message: 'Upload-Offset is not what the hub has. Ask for it and go on from there.',
  },
  interrupted: { error: 'conflict', message: 'Another request took over this upload.' },
  'too-large': { error: 'too-large', message: 'The file is larger than this hub accepts.' },
  'wrong-digest': {
    error: 'wrong-digest',
    message: 'The bytes do not have this digest. Send them again from the start.',
  },
  'unsupported-type': {
    error: 'unsupported-type',
    message:
      'Accepted are PDF, PNG, JPEG, WebP, GIF, ODT, ODS, DOCX, XLSX, plain text and SVG that is a mere drawing, by content.',
  },
}

/**
 * Resumable uploads, named by the SHA-512 of the whole file, for the administration alone. The headers are those of
 * the IETF's resumable uploads (draft-ietf-httpbis-resumable-upload): `HEAD` answers `Upload-Offset`, `PATCH` with
 * `Upload-Offset` appends, and the last part says `Upload-Complete: ?1`. There is nothing to create: the digest is the
 * name of the upload.
 */
export function uploadRoutes(app: FastifyInstance, options: UploadRoutesOptions): void {
  const { blobs, uploads, maxSize } = options
  const url = paths.upload(':sha512')

  app.addHook('onRequest', async (request, reply) => {
    const refused = refuse(request as DigestRequest, reply)
    if (refused) return refused
    return void reply.headers({ 'cache-control': 'no-store', 'upload-limit': `max-size=${maxSize}` })
  })

  app.head(url, async (request: DigestRequest, reply) => {
    const { sha512 } = request.params
    // Whoever hears that the bytes are there goes on to name them.
    const stored = await blobs.claim(sha512)
    const offset = stored?.size ?? (await uploads.offset(sha512))
    return reply
      .code(204)
      .headers({ 'upload-offset': offset, 'upload-complete': stored ? '?1' : '?0' })
      .send()
  })

  app.patch(url, (request: PartRequest, reply) => receivePart(request, reply, options))

  app.delete(url, async (request: DigestRequest, reply) => {
    await uploads.discard(request.params.sha512)
    return reply.code(204).send()
  })
}

function refuse(request: DigestRequest, reply: FastifyReply): FastifyReply | undefined {
  if (request.principal.account === null)
    return sendFailure(reply, { error: 'not-signed-in', message: 'Sign in to upload files.' })
  if (!isAdministration(request.principal))
    return sendFailure(reply, { error: 'forbidden', message: 'Only the administration uploads files.' })
  if (isSha512(request.params.sha512)) return undefined
  return sendFailure(reply, { error: 'bad-request', message: 'The address must end in a SHA-512 digest.' })
}

async function receivePart(
  request: PartRequest,
  reply: FastifyReply,
  { uploads, maxSize }: UploadRoutesOptions,
): Promise<FastifyReply> {
  const { sha512 } = request.params
  const offset = readOffset(request.headers['upload-offset'])
  const complete = request.headers['upload-complete']
  if (offset === undefined || (complete !== '?0' && complete !== '?1'))
    return sendFailure(reply, {
      error: 'bad-request',
      message: 'Upload-Offset (a whole number) and Upload-Complete (?0 or ?1) are needed.',
    })
  if (offset + Number(request.headers['content-length'] ?? 0) > maxSize) {
    await uploads.discard(sha512)
    return sendFailure(reply, failures['too-large'])
  }
  const appended = await uploads.append(sha512, offset, request.body)
  if (!appended.ok) {
    // Whoever took over is at work on it and knows the offset; asking here would interrupt it in turn.
    if (appended.failure !== 'interrupted') void reply.header('upload-offset', await uploads.offset(sha512))
    return sendFailure(reply, failures[appended.failure])
  }
  if (complete === '?0')
    return reply.code(204).headers({ 'upload-offset': appended.value, 'upload-complete': '?0' }).send()
  const finished = await uploads.finish(sha512)
  if (!finished.ok) return sendFailure(reply.header('upload-offset', 0), failures[finished.failure])
  return reply
    .code(201)
    .headers({ 'upload-offset': appended.value, 'upload-complete': '?1', location: paths.file(sha512) })
    .send(finished.value)
}

function readOffset(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}
