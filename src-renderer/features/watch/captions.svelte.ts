import { captionPaths, type PublicCaption } from '../../../shared/hub-api/captions.ts'
import { captionsAt } from '../../../shared/rules/broadcast/captions.ts'

/** Milliseconds by which captions of what is live stand longer: they come once they are typed. */
const liveLag = 5000
/** Milliseconds before a stream is asked for again that the hub refused. */
const againAfter = 3000

export const captionSizes = ['normal', 'large', 'huge'] as const

/** The captions of a transmission; what is chosen holds for as long as the page is open, and is stored nowhere. */
export class WatchedCaptions {
  isOn = $state(false)
  size = $state<(typeof captionSizes)[number]>('normal')
  /** Screen readers hear of each: only when asked for, as they would speak into what is said. */
  isSpoken = $state(false)
  isLost = $state(false)
  #shown = $state.raw<ReadonlyMap<string, PublicCaption>>(new Map())
  readonly #sorted = $derived([...this.#shown.values()].sort((a, b) => a.time.from - b.time.from))
  readonly #key: string

  /** @param key of the meeting */
  constructor(key: string) {
    this.#key = key
  }

  /** Whether there are any at all. */
  get areThere(): boolean {
    return this.#shown.size > 0
  }

  /** What stands in the picture of a moment. */
  at(moment: Date | undefined, isLive: boolean): readonly PublicCaption[] {
    return moment ? captionsAt(this.#sorted, moment.getTime(), isLive ? liveLag : 0) : []
  }

  /** Follows what may be shown until the returned function is called. */
  follow(): () => void {
    let stream: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const begin = (): void => {
      stream = this.#listen(() => (timer = setTimeout(begin, againAfter)))
    }
    begin()
    return () => {
      clearTimeout(timer)
      stream?.close()
      this.#shown = new Map()
    }
  }

  #listen(onRefused: () => void): EventSource {
    const stream = new EventSource(captionPaths.live(this.#key))
    /** What was told while the list was on its way; undefined once it is here. */
    let meanwhile: (() => void)[] | undefined
    const hear = (change: () => void): void => {
      meanwhile?.push(change)
      change()
    }
    stream.addEventListener('open', () => {
      meanwhile = []
      void this.#readList().then((isThere) => {
        for (const change of meanwhile ?? []) change()
        meanwhile = undefined
        this.isLost = !isThere
      })
    })
    stream.addEventListener('caption', ({ data }: MessageEvent<string>) => {
      const caption = JSON.parse(data) as PublicCaption
      hear(() => (this.#shown = new Map(this.#shown).set(caption.caption, caption)))
    })
    stream.addEventListener('gone', ({ data }: MessageEvent<string>) => {
      const gone = JSON.parse(data) as string
      hear(() => (this.#shown = new Map([...this.#shown].filter(([caption]) => caption !== gone))))
    })
    stream.addEventListener('error', () => {
      this.isLost = true
      // Refused, and not cut off: the browser does not try again by itself.
      if (stream.readyState === EventSource.CLOSED) onRefused()
    })
    return stream
  }

  /** Everything that may be shown by now, in place of what was known before. */
  async #readList(): Promise<boolean> {
    try {
      const answer = await fetch(captionPaths.list(this.#key))
      if (!answer.ok) return false
      const list = (await answer.json()) as readonly PublicCaption[]
      this.#shown = new Map(list.map((each) => [each.caption, each]))
      return true
    } catch {
      return false
    }
  }
}
