import type { AudienceStore, ChangeRow, ChangesQuery, Seq } from '../../../../shared/ports/document-store.ts'

/** Rows that are read from the store at a time. */
const pageSize = 500

export interface FeedRequest {
  readonly since: Seq
  readonly limit: number
  /** Rows as CouchDB writes them. */
  readonly query: Omit<ChangesQuery, 'since' | 'limit'>
  readonly rowToJson: (row: ChangeRow) => Promise<string>
}

export interface Waiting {
  /** Milliseconds between the empty lines that keep a connection open; 0: none. */
  readonly heartbeat: number
  /** Milliseconds after which a feed without news ends; 0: never. */
  readonly timeout: number
  /** Ends the feed: the client left or the hub closes. */
  readonly signal: AbortSignal
}

/** Everything up to now, as one JSON object. */
export async function* normalFeed(store: AudienceStore, feed: FeedRequest): AsyncGenerator<string> {
  yield '{"results":['
  let separator = '\n'
  const end = { seq: feed.since, pending: 0 }
  for await (const rows of pages(store, feed, end)) {
    yield separator + rows.join(',\n')
    separator = ',\n'
  }
  yield `\n],"last_seq":${JSON.stringify(end.seq)},"pending":${end.pending}}`
}

/** As `normalFeed`, but waits for a first change where there is none yet. */
export async function* longpollFeed(store: AudienceStore, feed: FeedRequest, waiting: Waiting): AsyncGenerator<string> {
  const news = new News(store)
  try {
    yield '{"results":['
    const end = { seq: feed.since, pending: 0 }
    let separator = '\n'
    for (;;) {
      for await (const rows of pages(store, { ...feed, since: end.seq }, end)) {
        yield separator + rows.join(',\n')
        separator = ',\n'
      }
      if (separator === ',\n') break
      const beats = news.wait(waiting)
      let beat = await beats.next()
      for (; !beat.done; beat = await beats.next()) yield beat.value
      if (beat.value === 'ended') return
      if (beat.value === 'timeout') break
    }
    yield `\n],"last_seq":${JSON.stringify(end.seq)},"pending":${end.pending}}`
  } finally {
    news.close()
  }
}

/** One line for each change, for as long as the client listens. */
export async function* continuousFeed(
  store: AudienceStore,
  feed: FeedRequest,
  waiting: Waiting,
): AsyncGenerator<string> {
  const news = new News(store)
  try {
    const end = { seq: feed.since, pending: 0 }
    let left = feed.limit
    for (;;) {
      for await (const rows of pages(store, { ...feed, since: end.seq, limit: left }, end)) {
        yield `${rows.join('\n')}\n`
        left -= rows.length
      }
      if (left <= 0) break
      const beats = news.wait(waiting)
      let beat = await beats.next()
      for (; !beat.done; beat = await beats.next()) yield beat.value
      if (beat.value === 'ended') return
      if (beat.value === 'timeout') break
    }
    yield `{"last_seq":${JSON.stringify(end.seq)},"pending":${end.pending}}\n`
  } finally {
    news.close()
  }
}

/** Reads on from `feed.since` page by page and leaves the place reached in `end`. Never yields an empty page. */
async function* pages(
  store: AudienceStore,
  feed: FeedRequest,
  end: { seq: Seq; pending: number },
): AsyncGenerator<string[]> {
  let left = feed.limit
  for (;;) {
    const limit = Math.min(left, pageSize)
    const { rows, lastSeq, pending } = await store.changes({ ...feed.query, since: end.seq, limit })
    end.seq = lastSeq
    end.pending = pending
    if (rows.length > 0) yield await Promise.all(rows.map(feed.rowToJson))
    left -= rows.length
    // A feed that runs backwards has no place to read on from.
    if (left <= 0 || rows.length < limit || feed.query.descending) return
  }
}

/** Remembers writes that happen while a feed is busy, so that none is slept through. */
class News {
  #fresh = false
  #wake: (() => void) | undefined
  readonly #stop: () => void

  constructor(store: AudienceStore) {
    this.#stop = store.onChange(() => {
      this.#fresh = true
      this.#wake?.()
    })
  }

  /** Yields heartbeats until something was written, the time is over, or the feed has to end. */
  async *wait(waiting: Waiting): AsyncGenerator<string, 'news' | 'timeout' | 'ended'> {
    const deadline = waiting.timeout > 0 ? performance.now() + waiting.timeout : Number.POSITIVE_INFINITY
    while (!this.#fresh) {
      const left = deadline - performance.now()
      if (left <= 0) return 'timeout'
      if (waiting.signal.aborted) return 'ended'
      const rest = Math.min(left, waiting.heartbeat > 0 ? waiting.heartbeat : Number.POSITIVE_INFINITY)
      await this.#sleep(rest, waiting.signal)
      if (waiting.signal.aborted) return 'ended'
      if (!this.#fresh && waiting.heartbeat > 0) yield '\n'
    }
    this.#fresh = false
    return 'news'
  }

  close(): void {
    this.#stop()
  }

  #sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(milliseconds) ? setTimeout(() => this.#wake?.(), milliseconds) : undefined
      this.#wake = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wakeUp)
        this.#wake = undefined
        resolve()
      }
      const wakeUp = () => this.#wake?.()
      signal.addEventListener('abort', wakeUp)
    })
  }
}
