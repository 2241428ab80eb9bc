import { ObjectStoreFault } from '../../../shared/ports/object-store.ts'

interface Place {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
}

const refused = (code: string, message: string): ObjectStoreFault => new ObjectStoreFault('refused', code, message)

/** What a server that said no may have meant, by the codes of the protocol. */
const meanings: Readonly<Record<string, (place: Place) => string>> = {
  NoSuchBucket: ({ endpoint, bucket }) =>
    `There is no bucket "${bucket}" at ${endpoint}. Make it, or name another one under "recordings.bucket".`,
  InvalidAccessKeyId: ({ endpoint }) => `${endpoint} does not know the access key. Mend "recordings.accessKey".`,
  SignatureDoesNotMatch: ({ endpoint }) =>
    `${endpoint} says that the secret does not belong to the access key. Look at "recordings.accessKey" and "recordings.region", and at the file that "recordings.secretFile" names or at RATSSAAL_RECORDINGS_SECRET.`,
  AuthorizationHeaderMalformed: ({ endpoint, region }) =>
    `${endpoint} is not in the region "${region}". Name the right one under "recordings.region".`,
  RequestTimeTooSkewed: ({ endpoint }) => `The clocks of the hub and of ${endpoint} differ. Set the wrong one.`,
  PermanentRedirect: ({ endpoint, bucket }) =>
    `The bucket "${bucket}" is not at ${endpoint}. Mend "recordings.at" and "recordings.region".`,
}

/** Statuses by which a server says that it may be able to later. */
const isLater = (status: number): boolean => status >= 500 || status === 429 || status === 408

/** Why a server said no. */
export async function faultOfAnswer(action: string, answer: Response, place: Place): Promise<ObjectStoreFault> {
  const text = await answer.text().catch(() => '')
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? String(answer.status)
  const { endpoint, bucket } = place
  if (isLater(answer.status))
    return new ObjectStoreFault(
      'unreachable',
      code,
      `${endpoint} cannot ${action} objects at the moment (${answer.status} ${code}). The hub tries again.`,
    )
  if (code === 'NoSuchKey' || (answer.status === 404 && code === '404'))
    return new ObjectStoreFault('missing', code, `There is no such object in "${bucket}" at ${endpoint}.`)
  const meaning = meanings[code]
  if (meaning) return refused(code, meaning(place))
  return refused(
    code,
    `${endpoint} does not let the hub ${action} objects of "${bucket}" (${answer.status} ${code}). Give the access key the rights to write, read, list and remove them.`,
  )
}

/** Why nobody answered. */
export function faultOfSilence(fault: unknown, { endpoint }: Place): ObjectStoreFault {
  const { name, cause } = fault as Error
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? (name === 'AbortError' ? 'timeout' : name)
  return new ObjectStoreFault(
    'unreachable',
    code,
    `${endpoint} does not answer (${code}). Look at "recordings.at", at the network and at that server.`,
  )
}

export const openBucket = ({ endpoint, bucket }: Place): ObjectStoreFault =>
  refused(
    'public',
    `Everybody may read the bucket "${bucket}" at ${endpoint} without a key. Close it: what is cut out of a recording lies there too.`,
  )

export const versionedBucket = ({ endpoint, bucket }: Place): ObjectStoreFault =>
  refused(
    'versioned',
    `The bucket "${bucket}" at ${endpoint} keeps versions of what is overwritten and removed. Name one without versioning and object lock.`,
  )
