import { readFileSync } from 'node:fs'
import type { ObjectStore } from '../../../shared/ports/object-store.ts'
import type { HubConfig } from '../config.ts'
import { StartFault } from '../start-fault.ts'
import { FolderObjectStore } from './folder-object-store.ts'
import { S3ObjectStore } from './s3-object-store.ts'

/** Holds the secret where no file does. */
const secretVariable = 'RATSSAAL_RECORDINGS_SECRET'

type RecordingsConfig = NonNullable<HubConfig['recordings']>

/**
 * The store for recordings that the configuration names, not yet proven; undefined where recordings stay with the hub.
 * Throws `StartFault` where the secret cannot be read.
 */
export function openObjectStore({ recordings: config }: Pick<HubConfig, 'recordings'>): ObjectStore | undefined {
  if (!config) return undefined
  const { at, bucket = '', accessKey = '', region, prefix, pathStyle } = config
  if (!isServer(config)) return new FolderObjectStore(at)
  return new S3ObjectStore({
    ...{ endpoint: new URL(at).origin, bucket, region, pathStyle, accessKey },
    ...{ prefix: `${prefix}/`, secret: secretOf(config) },
  })
}

const isServer = ({ at }: Pick<RecordingsConfig, 'at'>): boolean => /^https?:\/\//.test(at)

function secretOf({ secretFile }: RecordingsConfig): string {
  const from = secretFile === undefined ? `the environment variable ${secretVariable}` : `the file ${secretFile}`
  const secret = (secretFile === undefined ? process.env[secretVariable] : readSecret(secretFile))?.trim() ?? ''
  if (secret === '')
    throw new StartFault(
      `"recordings" has no secret: ${from} holds none. Put the secret of the access key there, or name a file that holds it under "recordings.secretFile".`,
    )
  return secret
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (fault) {
    const { code = 'unknown' } = fault as NodeJS.ErrnoException
    throw new StartFault(
      `The file ${path} that "recordings.secretFile" names cannot be read (${code}). Let the user that runs the hub read it, and nobody else.`,
    )
  }
}
