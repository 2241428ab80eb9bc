import type { FastifyInstance } from 'fastify'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import { downloadRoutes, type DownloadRoutesOptions } from './download-routes.ts'
import { PartialUploads } from './partial-uploads.ts'
import { uploadRoutes } from './upload-routes.ts'

export { FolderBlobStore } from './folder-blob-store.ts'
export { startRemovingUnnamed } from './unnamed-bytes.ts'
export { ReadableFiles, type ReadableFile } from './readable-files.ts'

export interface FilesOptions extends DownloadRoutesOptions {
  readonly blobs: BlobStore
  /** Where unfinished uploads lie. */
  readonly uploadFolder: string
  /** Bytes that a file may have. */
  readonly maxSize: number
  /** Hours after its last byte at which an unfinished upload is removed; a week unless given. */
  readonly uploadHours?: number
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

const hour = 3_600_000

/** Files by digest: resumable upload and download with permission, as a Fastify plugin. Reads `request.principal`. */
export async function filesRoutes(app: FastifyInstance, options: FilesOptions): Promise<void> {
  const { blobs, findReadable, maxSize, uploadFolder: folder, uploadHours = 7 * 24, now = Date.now } = options
  const uploads = await PartialUploads.open({ folder, blobs, maxSize, expiry: uploadHours * hour, now })
  const expire = (): void => {
    uploads.expire().then(
      (removed) => removed > 0 && app.log.info({ removed }, 'abandoned uploads removed'),
      (fault: unknown) => app.log.error(fault, 'abandoned uploads not removed'),
    )
  }
  expire()
  const timer = setInterval(expire, hour)
  timer.unref()
  app.addHook('onClose', () => clearInterval(timer))

  await app.register(async (scope) => {
    // Bytes are passed on as they come, never collected.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    uploadRoutes(scope, { blobs, uploads, maxSize })
  })
  downloadRoutes(app, { blobs, findReadable })
}
