import Hls from 'hls.js'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { furthestShown, placeOfMoment, stepTowards, type Piece } from './in-step.ts'
import type { Player } from '../player.svelte.ts'

/** Milliseconds between two looks at whether it is in step, and before a lost connection is tried again. */
const lookEvery = 100
const tryAgainAfter = 3000

/** Its place is given by the main picture alone: it never hurries after the newest part by itself. */
const settings = { lowLatencyMode: true, maxLiveSyncPlaybackRate: 1, liveSyncDuration: 1, enableWorker: false }

export const secondPlaces = ['beside', 'top-left', 'top-right', 'bottom-left', 'bottom-right'] as const
export const secondSizes = ['small', 'medium', 'large'] as const

/**
 * The second picture, in step with the main one by the time that is written in both; what is chosen holds for as long as
 * the page is open, and is stored nowhere.
 */
export class SecondPicture {
  isOn = $state(false)
  place = $state<(typeof secondPlaces)[number]>('beside')
  size = $state<(typeof secondSizes)[number]>('medium')
  /** `absent`: at this moment there is no second picture. */
  state = $state<'loading' | 'shown' | 'absent' | 'lost'>('loading')
  readonly #player: Player
  readonly #key: string

  /** @param key of the meeting */
  constructor(key: string, player: Player) {
    this.#key = key
    this.#player = player
  }

  /** Whether this browser lets a page hold two pictures in step. */
  static get isPossible(): boolean {
    return Hls.isSupported()
  }

  moveOn(): void {
    this.place = secondPlaces[(secondPlaces.indexOf(this.place) + 1) % secondPlaces.length] ?? 'beside'
  }

  /** One step larger (1) or smaller (-1), as far as there are any. */
  resize(step: 1 | -1): void {
    this.size = secondSizes[secondSizes.indexOf(this.size) + step] ?? this.size
  }

  /** Plays a rendition in an element until the returned function is called. */
  attach(video: HTMLVideoElement, rendition: string, mode: Player['mode']): () => void {
    const url = broadcastPaths.rendition(this.#key, rendition, mode)
    let hls: Hls | undefined
    let trying: ReturnType<typeof setTimeout> | undefined
    const load = (): void => {
      hls = new Hls(settings)
      hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
        if (!fatal) return
        if (type === Hls.ErrorTypes.MEDIA_ERROR) return hls?.recoverMediaError()
        this.state = 'lost'
        hls?.destroy()
        trying = setTimeout(load, tryAgainAfter)
      })
      hls.loadSource(url)
      hls.attachMedia(video)
    }
    this.state = 'loading'
    load()
    const timer = setInterval(() => hls && this.#look(video, hls), lookEvery)
    return () => {
      clearInterval(timer)
      clearTimeout(trying)
      hls?.destroy()
    }
  }

  #look(video: HTMLVideoElement, hls: Hls): void {
    const main = this.#player.playing
    const details = hls.levels[0]?.details
    if (!main || !details) return
    const { fragments, fragmentHint } = details
    const pieces: readonly Piece[] = fragmentHint ? [...fragments, fragmentHint] : fragments
    const place = placeOfMoment(pieces, main.at)
    if (!place || place.isSlate) this.state = 'absent'
    if (!place) return video.pause()
    const behind = place.time - video.currentTime
    if (!place.isSlate && video.readyState >= video.HAVE_CURRENT_DATA)
      this.state = Math.abs(behind) <= furthestShown && !video.seeking ? 'shown' : 'loading'
    const { jump, rate } = stepTowards(behind, main.pace)
    if (jump && !video.seeking) video.currentTime = place.time
    if (rate === 0) return video.pause()
    video.playbackRate = rate
    if (video.paused) void video.play().catch(() => undefined)
  }
}
