import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ObjectStore } from '../../../../shared/ports/object-store.ts'
import type { HubConfigInput } from '../../config.ts'
import { FolderObjectStore } from '../../objects/folder-object-store.ts'
import { S3ObjectStore } from '../../objects/s3-object-store.ts'
import { startFront, type Front } from '../../objects/testing/front.suite.ts'
import { hasS3Server, startS3Server } from '../../objects/testing/s3-server.suite.ts'
import { makeFolder } from '../../testing/hub.ts'

/** Somewhere that recordings are moved to. */
export interface DepotPlace {
  readonly recordings: HubConfigInput['recordings']
  /** What lies there, by a way of its own. */
  readonly store: ObjectStore
  /** Cuts it off, or brings it back. */
  readonly setAway: (isAway: boolean) => Promise<void>
  /** What stands before it. */
  readonly front?: Front
}

async function folderPlace(): Promise<DepotPlace> {
  const root = await makeFolder()
  const [share, away] = [join(root, 'share'), join(root, 'away')]
  await mkdir(share)
  const setAway = (isAway: boolean) => (isAway ? rename(share, away) : rename(away, share))
  return { recordings: { at: share }, store: new FolderObjectStore(share), setAway }
}

async function s3Place(): Promise<DepotPlace> {
  const bucket = await startS3Server(onTestFinished)
  const front = await startFront(bucket.endpoint, onTestFinished)
  const secretFile = join(await makeFolder(), 'secret')
  await writeFile(secretFile, bucket.secret)
  return {
    recordings: { at: front.origin, bucket: bucket.bucket, accessKey: bucket.accessKey, secretFile },
    store: new S3ObjectStore({ ...bucket, prefix: 'recordings/' }),
    setAway: async (isAway) => void (front.judge = () => (isAway ? 'cut' : undefined)),
    front,
  }
}

/** Every place that can be tried here. */
export const depotPlaces: readonly (readonly [name: string, make: () => Promise<DepotPlace>])[] = [
  ['a folder', folderPlace],
  ...(hasS3Server ? [['an S3 server', s3Place] as const] : []),
]

/** Everything that lies in a place, as one text. */
export async function storedIn({ store }: DepotPlace): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const name of store.names('')) {
    const end = ((await store.size(name)) ?? 0) - 1
    for await (const chunk of await store.read(name, { start: 0, end })) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('latin1')
}
