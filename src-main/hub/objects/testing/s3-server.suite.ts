import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AwsClient } from 'aws4fetch'
import { findSwift } from '../../../../scripts/swift.ts'
import { makeFolder, type OnEnd } from '../../testing/hub.ts'
import type { S3Options } from '../s3-object-store.ts'

const script = fileURLToPath(new URL('./s3_server.py', import.meta.url))
const secret = 'notforanybody'

/** A bucket at a real server, with everything that is needed to use it. */
export type Bucket = Omit<S3Options, 'prefix'>

/** The bucket that RATSSAAL_TEST_S3 names, as http://key:secret@host:port/bucket?region=…; the key may be percent-encoded. */
function namedBucket(): Bucket | undefined {
  const named = URL.parse(process.env['RATSSAAL_TEST_S3'] ?? '')
  if (!named) return undefined
  return {
    ...{ endpoint: named.origin, bucket: named.pathname.slice(1), pathStyle: true },
    ...{ region: named.searchParams.get('region') ?? 'us-east-1' },
    ...{ accessKey: decodeURIComponent(named.username), secret: decodeURIComponent(named.password) },
  }
}

/** Whether tests of the protocol have a server; without one they are skipped. */
export const hasS3Server = findSwift() !== undefined
if (!hasS3Server) console.warn('There is no server that speaks S3: recordings that lie in one are not tested.')

/** Starts Swift with an empty bucket. */
export async function startS3Server(onEnd: OnEnd): Promise<Bucket> {
  const folder = join(await makeFolder(onEnd), 'swift')
  await mkdir(folder)
  const child = spawn(findSwift()!, [script, folder, secret], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  onEnd(async () => {
    child.stdin.end()
    child.kill('SIGKILL')
    await ended
  })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const endpoint = `http://127.0.0.1:${Number(port)}`
  const bucket = { endpoint, bucket: 'recordings', region: 'us-east-1', pathStyle: true, accessKey: 'town:hub', secret }
  await askBucket(bucket, 'PUT')
  return bucket
}

/** Every bucket that can be tested here, by name: how it is made, or found. */
export const buckets: readonly (readonly [name: string, (onEnd: OnEnd) => Promise<Bucket>])[] = [
  ...(hasS3Server ? [['Swift', startS3Server] as const] : []),
  ...[namedBucket()].flatMap((bucket) => (bucket ? [['named', () => Promise.resolve(bucket)] as const] : [])),
]

/** Asks for something of the bucket itself, such as to be made; throws when the server says no. */
export async function askBucket(
  { endpoint, bucket, accessKey, secret: secretAccessKey, region }: Bucket,
  method: string,
  query = '',
  body?: string,
): Promise<string> {
  const client = new AwsClient({ accessKeyId: accessKey, secretAccessKey, region, service: 's3', retries: 0 })
  const answer = await client.fetch(`${endpoint}/${bucket}${query}`, { method, ...(body ? { body } : {}) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${query}: ${answer.status} ${text}`)
  return text
}
