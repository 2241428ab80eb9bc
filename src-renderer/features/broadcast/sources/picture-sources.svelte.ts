import type { Card } from '../capture-contract.ts'
import type { CaptureWorker } from './capture-worker.ts'
import { pictureFrames } from './track-frames.ts'

export type SourceKind = 'camera' | 'screen' | 'still' | 'projector'
export type SourceState =
  | 'opening'
  | 'live'
  /** The device is gone; it is taken up again when it returns. */
  | 'lost'
  /** Dark, because the part is closed. */
  | 'shut'
  /** Somebody has to share the screen again: no page may do that by itself. */
  | 'ask-again'
  | 'denied'

export interface PictureSource {
  readonly id: string
  readonly kind: SourceKind
  readonly label: string
  readonly device?: string
  readonly state: SourceState
}

/** Pixels that cameras are asked for. */
export interface CameraSize {
  readonly width: number
  readonly height: number
}

export const projectorSource = 'projector'

/** Everything that can be on the picture. `shut` ends every track at once; `reopen` opens what can be opened again. */
export class PictureSources {
  #list = $state.raw<readonly PictureSource[]>([])
  readonly #tracks = new Map<string, MediaStreamTrack>()
  readonly #stills = new Map<string, ImageBitmap>()
  readonly #worker: CaptureWorker
  readonly #size: CameraSize
  #counted = 0
  #isShut = false
  /** Rises with every close: what was asked for before it is not wanted after it. */
  #era = 0

  /** @param projectorLabel name of the projector's view; without one it is no source */
  constructor(worker: CaptureWorker, size: CameraSize, projectorLabel?: string) {
    this.#worker = worker
    this.#size = size
    if (projectorLabel !== undefined)
      this.#list = [{ id: projectorSource, kind: 'projector', label: projectorLabel, state: 'live' }]
  }

  get list(): readonly PictureSource[] {
    return this.#list
  }

  find(id: string | null): PictureSource | undefined {
    return this.#list.find((source) => source.id === id)
  }

  async addCamera(device: string, label: string): Promise<string> {
    const known = this.#list.find((source) => source.device === device)
    if (known) return known.id
    const id = this.#add({ kind: 'camera', label, device })
    await this.#openCamera(id, device)
    return id
  }

  /** Asks which screen or window; undefined when none was chosen. */
  async addScreen(label: string, again?: string): Promise<string | undefined> {
    const options = { video: { frameRate: 25 }, audio: false }
    const stream = await navigator.mediaDevices.getDisplayMedia(options).catch(() => undefined)
    const track = stream?.getVideoTracks()[0]
    if (!track) return undefined
    const id = again ?? this.#add({ kind: 'screen', label: track.label || label })
    this.#follow(id, track)
    return id
  }

  async addStill(file: Blob, label: string): Promise<string> {
    const picture = await createImageBitmap(file)
    const id = this.#add({ kind: 'still', label })
    this.#stills.set(id, picture)
    await this.#showStill(id, picture)
    return id
  }

  /** What the projector shows, in words. */
  showCard(card: Card): void {
    this.#worker.tell({ tell: 'card', source: projectorSource, card })
  }

  remove(id: string): void {
    this.#stop(id)
    this.#stills.delete(id)
    this.#list = this.#list.filter((source) => source.id !== id)
    this.#worker.tell({ tell: 'drop', source: id })
  }

  /** Ends every track before it returns: the light of the camera goes out. */
  shut(): void {
    this.#isShut = true
    this.#era += 1
    for (const id of [...this.#tracks.keys()]) {
      this.#stop(id)
      this.#set(id, 'shut')
    }
  }

  /** Opens again what `shut` ended; what is shown from now on was captured from now on. */
  async reopen(): Promise<void> {
    this.#isShut = false
    for (const { id, kind, device, state } of this.#list) {
      const still = this.#stills.get(id)
      if (still) await this.#showStill(id, still)
      else if (kind === 'screen' && state === 'shut') this.#set(id, 'ask-again')
      else if (device !== undefined && state !== 'live') await this.#openCamera(id, device)
    }
  }

  /** Takes up again what came back; asked when the list of devices changed. */
  async recover(): Promise<void> {
    if (this.#isShut) return
    for (const { id, device, state } of this.#list)
      if (device !== undefined && state === 'lost') await this.#openCamera(id, device)
  }

  /** The worker says that frames come. */
  setShown(id: string): void {
    if (this.#tracks.has(id)) this.#set(id, 'live')
  }

  end(): void {
    for (const id of [...this.#tracks.keys()]) this.#stop(id)
  }

  #add(source: Omit<PictureSource, 'id' | 'state'>): string {
    this.#counted += 1
    const id = `${source.kind}-${this.#counted}`
    this.#list = [...this.#list, { ...source, id, state: 'opening' }]
    return id
  }

  async #openCamera(id: string, device: string): Promise<void> {
    const era = this.#era
    this.#set(id, 'opening')
    const video = {
      deviceId: { exact: device },
      width: { ideal: this.#size.width },
      height: { ideal: this.#size.height },
      frameRate: { ideal: 25 },
    }
    const stream = await navigator.mediaDevices.getUserMedia({ video }).catch((fault: unknown) => fault)
    const track = stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined
    if (!track)
      return this.#set(id, stream instanceof DOMException && stream.name === 'NotAllowedError' ? 'denied' : 'lost')
    if (this.#era !== era || !this.find(id)) return track.stop()
    this.#follow(id, track)
  }

  #follow(id: string, track: MediaStreamTrack): void {
    this.#stop(id)
    this.#tracks.set(id, track)
    track.onended = () => this.#lose(id)
    const readable = pictureFrames(track)
    this.#worker.tell({ tell: 'frames', source: id, readable }, [readable])
  }

  async #showStill(id: string, picture: ImageBitmap): Promise<void> {
    const copy = await createImageBitmap(picture)
    this.#worker.tell({ tell: 'still', source: id, picture: copy }, [copy])
    this.#set(id, 'live')
  }

  #lose(id: string): void {
    this.#stop(id)
    this.#set(id, this.find(id)?.kind === 'screen' ? 'ask-again' : 'lost')
    this.#worker.tell({ tell: 'drop', source: id })
  }

  #stop(id: string): void {
    const track = this.#tracks.get(id)
    if (track) track.onended = null
    track?.stop()
    this.#tracks.delete(id)
  }

  #set(id: string, state: SourceState): void {
    this.#list = this.#list.map((source) => (source.id === id ? { ...source, state } : source))
  }
}
