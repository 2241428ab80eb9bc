import { untrack } from 'svelte'
import Hls, { type Level, type LevelDetails } from 'hls.js'
import { broadcastPaths } from '../../../shared/hub-api/broadcast.ts'
import { partHoldBack } from '../../../shared/rules/broadcast/live-playlist.ts'

/** Milliseconds between two looks at the moment that plays, and before a lost connection is tried again. */
const lookEvery = 250
const tryAgainAfter = 2000
/** Milliseconds for which it is said that the connection is found again. */
const foundFor = 8000

/**
 * As near to the end as the hub says that players may be (PART-HOLD-BACK). Tuned against a clock drawn into the picture;
 * `backBufferLength` stays unset, as playback froze with it.
 */
const liveSettings = {
  ...{ lowLatencyMode: true, maxLiveSyncPlaybackRate: 1.08, liveSyncDuration: partHoldBack, liveMaxLatencyDuration: 5 },
  // A worker would have to be made from a blob, which the page's policy forbids.
  enableWorker: false,
}

/** From its beginning while it still grows, too; from there it is moved to where it is wanted. */
const recordingSettings = { startPosition: 0, enableWorker: false }

export interface Quality {
  readonly index: number
  /** Lines of the picture; undefined where there is sound alone. */
  readonly lines: number | undefined
  /** Bits per second. */
  readonly bandwidth: number
}

/** What plays: the live picture, or the recording from any moment on. */
export class Player {
  mode = $state<'live' | 'recording'>('live')
  connection = $state<'loading' | 'playing' | 'lost' | 'found'>('loading')
  /** Seconds between the room and the screen, by the time that is written in the stream. */
  delay = $state<number>()
  qualities = $state.raw<readonly Quality[]>([])
  /** -1: chosen by the player. */
  quality = $state(-1)
  /** When what is on the screen was captured. */
  moment = $state.raw<Date>()
  readonly #key: string
  readonly #now: () => number
  #hls: Hls | undefined
  #video: HTMLVideoElement | undefined
  #wanted: number | undefined
  /** How far the recording was watched: where it goes on after a lost connection. */
  #reached: number | undefined

  /** @param now the hub's clock, milliseconds since 1970 */
  constructor(key: string, now: () => number) {
    this.#key = key
    this.#now = now
  }

  /** Plays in an element until the returned function is called. */
  attach(video: HTMLVideoElement): () => void {
    this.#video = video
    // What plays next is asked for by its verbs, not by whatever is read while it begins.
    untrack(() => this.#load())
    const timer = setInterval(() => this.#look(), lookEvery)
    return () => {
      clearInterval(timer)
      this.#hls?.destroy()
    }
  }

  watchLive(): void {
    this.mode = 'live'
    this.#wanted = undefined
    this.#reached = undefined
    this.#load()
  }

  /** Plays the recording, from its beginning or from a moment; milliseconds since 1970. */
  watchRecording(from?: number): void {
    this.#wanted = from
    this.#reached = undefined
    const details = this.mode === 'recording' ? this.#details() : undefined
    if (details && from !== undefined) return this.#seek(details)
    this.mode = 'recording'
    this.#load()
  }

  /** Says for a while that the connection is back. */
  greet(): void {
    this.connection = 'found'
    setTimeout(() => {
      if (this.connection === 'found') this.connection = 'playing'
    }, foundFor)
  }

  choose(quality: number): void {
    this.quality = quality
    if (this.#hls) this.#hls.currentLevel = quality
  }

  /**
   * Which moment is on the screen now (milliseconds since 1970), and how fast it goes on: 0 while it stands or waits for
   * its media. Undefined while nothing plays.
   */
  get playing(): { readonly at: number; readonly pace: number } | undefined {
    const at = this.#hls?.playingDate?.getTime()
    const video = this.#video
    if (at === undefined || !video) return undefined
    const isStill = video.paused || video.seeking || video.readyState < video.HAVE_FUTURE_DATA
    return { at, pace: isStill ? 0 : video.playbackRate }
  }

  #load(): void {
    this.#hls?.destroy()
    const video = this.#video
    if (!video) return
    const url = this.mode === 'live' ? broadcastPaths.live(this.#key) : broadcastPaths.recording(this.#key)
    if (!Hls.isSupported()) {
      video.src = url
      return
    }
    const hls = new Hls(this.mode === 'live' ? liveSettings : recordingSettings)
    this.#hls = hls
    hls.on(Hls.Events.MANIFEST_PARSED, (_, { levels }) => (this.qualities = levels.map(qualityOf)))
    hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => this.#seek(details))
    hls.on(Hls.Events.FRAG_BUFFERED, () => this.#hear())
    hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
      if (!fatal) return
      if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
      else this.#lose(hls)
    })
    hls.loadSource(url)
    hls.attachMedia(video)
    void video.play().catch(() => undefined)
  }

  #lose(hls: Hls): void {
    this.connection = 'lost'
    setTimeout(() => {
      if (this.#hls !== hls) return
      this.#wanted ??= this.#reached
      this.#load()
    }, tryAgainAfter)
  }

  #hear(): void {
    if (this.connection === 'lost') this.greet()
    else if (this.connection === 'loading') this.connection = 'playing'
  }

  /** Moves to the wanted moment, once the playlist says where it lies. */
  #seek({ fragments }: LevelDetails): void {
    const wanted = this.#wanted
    if (wanted === undefined || !this.#video || this.mode !== 'recording') return
    const fragment =
      fragments.findLast(({ programDateTime }) => (programDateTime ?? Infinity) <= wanted) ?? fragments[0]
    if (!fragment) return
    this.#wanted = undefined
    const within = (wanted - (fragment.programDateTime ?? wanted)) / 1000
    this.#video.currentTime = fragment.start + Math.min(Math.max(0, within), fragment.duration)
  }

  #details(): LevelDetails | undefined {
    return this.#hls?.levels[this.#hls.currentLevel]?.details
  }

  #look(): void {
    const playing = this.#hls?.playingDate ?? undefined
    this.moment = playing
    if (playing && this.mode === 'recording') this.#reached = playing.getTime()
    this.delay = playing && this.mode === 'live' ? Math.max(0, (this.#now() - playing.getTime()) / 1000) : undefined
  }
}

const qualityOf = ({ height, bitrate }: Level, index: number): Quality => ({
  ...{ index, lines: height || undefined, bandwidth: bitrate },
})
