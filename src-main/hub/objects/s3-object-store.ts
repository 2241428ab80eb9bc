import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { checkedName, ObjectStoreFault, type ObjectStore } from '../../../shared/ports/object-store.ts'
import { prove } from './prove.ts'
import { faultOfAnswer, faultOfSilence, openBucket, versionedBucket } from './s3-faults.ts'

/** Milliseconds until an answer has to begin; an object of many bytes has more until it is taken. */
const answerMs = 30_000
const putMs = 300_000

export interface S3Options {
  /** Scheme, host and port. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  /** What the names of all objects begin with; empty, or ends with `/`. */
  readonly prefix: string
  /** Whether the bucket stands in the path of addresses, and not before the host. */
  readonly pathStyle: boolean
  readonly accessKey: string
  readonly secret: string
}

interface Asked {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly headers?: Record<string, string>
  readonly body?: Uint8Array
  readonly query?: Record<string, string>
}

/** Objects of one bucket of a server that speaks the S3 protocol, each request signed with AWS Signature Version 4. */
export class S3ObjectStore implements ObjectStore {
  readonly #options: S3Options
  readonly #client: AwsClient
  readonly #root: string
  readonly #closed = new AbortController()

  constructor(options: S3Options) {
    const { endpoint, bucket, region, pathStyle, accessKey, secret } = options
    this.#options = options
    this.#client = new AwsClient({
      ...{ accessKeyId: accessKey, secretAccessKey: secret, region, service: 's3', retries: 0 },
    })
    const { protocol, host } = new URL(endpoint)
    this.#root = pathStyle ? `${protocol}//${host}/${bucket}` : `${protocol}//${bucket}.${host}`
  }

  /** Besides, that nobody reads without the key, and that the bucket keeps no versions of what is removed. */
  check(): Promise<void> {
    return prove(this, async (name) => {
      const answer = await fetch(this.#addressOf(name), { signal: this.#signal(answerMs), redirect: 'manual' }).catch(
        (fault: unknown) => {
          throw faultOfSilence(fault, this.#options)
        },
      )
      await answer.body?.cancel()
      if (answer.ok) throw openBucket(this.#options)
    })
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const md5 = createHash('md5').update(bytes).digest('base64')
    const headers = { 'content-md5': md5, 'content-type': 'application/octet-stream' }
    const answer = await this.#ask('write', this.#addressOf(name), { method: 'PUT', body: bytes, headers })
    await answer.body?.cancel()
    const version = answer.headers.get('x-amz-version-id') ?? 'null'
    if (version !== 'null') throw versionedBucket(this.#options)
  }

  async read(name: string, { start, end }: { start: number; end: number }): Promise<AsyncIterable<Uint8Array>> {
    const headers = { range: `bytes=${start}-${end}` }
    const answer = await this.#ask('read', this.#addressOf(name), { headers })
    if (answer.status !== 206 || !answer.body) throw await faultOfAnswer('read a range of', answer, this.#options)
    return this.#chunksOf(answer.body)
  }

  async size(name: string): Promise<number | undefined> {
    try {
      const answer = await this.#ask('read', this.#addressOf(name), { method: 'HEAD' })
      return Number(answer.headers.get('content-length'))
    } catch (fault) {
      if (fault instanceof ObjectStoreFault && fault.kind === 'missing') return undefined
      throw fault
    }
  }

  async remove(name: string): Promise<void> {
    try {
      const answer = await this.#ask('remove', this.#addressOf(name), { method: 'DELETE' })
      await answer.body?.cancel()
    } catch (fault) {
      if (!(fault instanceof ObjectStoreFault && fault.kind === 'missing')) throw fault
    }
  }

  async *names(prefix: string): AsyncIterable<string> {
    const whole = this.#options.prefix + prefix
    for (let more: string | undefined = ''; more !== undefined;) {
      const query: Record<string, string> = {
        'list-type': '2',
        prefix: whole,
        ...(more === '' ? {} : { 'continuation-token': more }),
      }
      const answer: string = await (await this.#ask('list', `${this.#root}/`, { query })).text()
      for (const [, key = ''] of answer.matchAll(/<Key>([^<]*)<\/Key>/g))
        if (key.startsWith(whole)) yield key.slice(this.#options.prefix.length)
      more = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(answer)?.[1]
    }
  }

  close(): void {
    this.#closed.abort()
  }

  async *#chunksOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body
    } catch (fault) {
      throw faultOfSilence(fault, this.#options)
    }
  }

  #addressOf(name: string): string {
    return `${this.#root}/${this.#options.prefix}${checkedName(name)}`
  }

  #signal(forMs: number): AbortSignal {
    return AbortSignal.any([this.#closed.signal, AbortSignal.timeout(forMs)])
  }

  /** An answer that says yes. */
  async #ask(action: string, address: string, { query = {}, ...asked }: Asked): Promise<Response> {
    const url = new URL(address)
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
    const digest = createHash('sha256')
      .update(asked.body ?? '')
      .digest('hex')
    const answer = await this.#send(url, {
      ...{ method: 'GET', ...asked, redirect: 'manual' },
      headers: { ...asked.headers, 'x-amz-content-sha256': digest },
    })
    if (!answer.ok) throw await faultOfAnswer(action, answer, this.#options)
    return answer
  }

  /** The answer once it begins; its body has no limit of its own, as whoever reads it may be slow. */
  async #send(url: URL, asked: RequestInit): Promise<Response> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), asked.body ? putMs : answerMs)
    try {
      const request = await this.#client.sign(url.href, asked)
      return await fetch(request, { signal: AbortSignal.any([this.#closed.signal, late.signal]) })
    } catch (fault) {
      throw faultOfSilence(fault, this.#options)
    } finally {
      clearTimeout(timer)
    }
  }
}
