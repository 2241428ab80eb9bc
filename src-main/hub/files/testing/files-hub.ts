import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import compress from '@fastify/compress'
import { fastify, type FastifyInstance } from 'fastify'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import { nobody, type Principal } from '../../../../shared/rules/access.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { filesRoutes, FolderBlobStore, ReadableFiles, type FilesOptions } from '../index.ts'

/** Everybody who can ask, with the memberships that tell them apart. */
export const principals = {
  nobody,
  guest: { ...nobody, account: 'g', roles: ['guest'] },
  member: { ...nobody, account: 'm', roles: ['member'], organizations: ['organization:main'] },
  outsider: {
    ...nobody,
    account: 'o',
    roles: ['member'],
    organizations: ['organization:other'],
    factions: ['organization:f'],
  },
  chair: { ...nobody, account: 'c', roles: ['chair', 'member'], organizations: ['organization:main'] },
  staff: { ...nobody, account: 's', roles: ['staff'] },
  clerk: { ...nobody, account: 'k', roles: ['clerk'] },
  administrator: { ...nobody, account: 'a', roles: ['administrator'] },
} satisfies Record<string, Principal>
export type PrincipalName = keyof typeof principals

export const sha512Of = (bytes: Uint8Array | string): string => createHash('sha512').update(bytes).digest('hex')

/** The files service on a real socket with a real store; who asks stands in the header `x-as`. */
export interface FilesHub {
  readonly store: DocumentStore
  readonly blobs: FolderBlobStore
  readonly uploadFolder: string
  origin: string
  /** Milliseconds that the hub's clock is ahead. */
  ahead: number
  ask(as: PrincipalName, path: string, init?: RequestInit): Promise<Response>
  /** Puts bytes into the blob store and a record that names them into the given audiences. */
  addFile(id: string, bytes: string, audiences: readonly Audience[], fields?: object): Promise<string>
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface FilesHubOptions {
  /** Opens a store in a folder; services meet in tests and in `main.ts` alone. */
  readonly openStore: (place: { folder: string }) => Promise<DocumentStore>
  readonly maxSize?: number
}

export async function startFilesHub({ openStore, maxSize = 1_000_000 }: FilesHubOptions): Promise<FilesHub> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-files-'))
  const store = await openStore({ folder })
  const blobs = await FolderBlobStore.open(join(folder, 'files'))
  const readable = new ReadableFiles(store)
  const uploadFolder = join(folder, 'uploads')
  const serve = () =>
    serveFiles({
      blobs,
      uploadFolder,
      maxSize,
      findReadable: (principal, sha512) => readable.find(principal, sha512),
      now: () => Date.now() + hub.ahead,
    })
  let app = await serve()
  const hub: FilesHub = {
    store,
    blobs,
    uploadFolder,
    origin: originOf(app),
    ahead: 0,
    ask: (as, path, init = {}) =>
      fetch(hub.origin + path, { ...init, headers: { ...(init.headers as Record<string, string>), 'x-as': as } }),
    async addFile(id, bytes, audiences, fields = {}) {
      const sha512 = sha512Of(bytes)
      await blobs.put(sha512, chunksOf(bytes))
      const record = { _id: id, fileName: 'datei.txt', mimeType: 'text/plain', sha512, ...fields }
      for (const audience of audiences) await (await store.open(audience)).write([record])
      return sha512
    },
    async restart() {
      await app.close()
      app = await serve()
      hub.origin = originOf(app)
    },
    async stop() {
      await app.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return hub
}

async function serveFiles(options: FilesOptions): Promise<FastifyInstance> {
  const app = fastify({ routerOptions: { maxParamLength: 2048 }, forceCloseConnections: true })
  await app.register(compress, { threshold: 0 })
  app.decorateRequest('principal')
  app.addHook('onRequest', async (request) => {
    request.principal = principals[request.headers['x-as'] as PrincipalName]
  })
  await app.register(filesRoutes, options)
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app
}

const originOf = (app: FastifyInstance): string => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
