import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { EncoderTrouble } from '../../../../shared/hub-api/encoder.ts'
import { writeInit } from '../../../../shared/media/init-segment.ts'
import { PartCutter, type CutPart } from '../../../../shared/media/part-cutter.ts'
import { codecString, type AudioTrack, type Track, type VideoTrack } from '../../../../shared/media/track.ts'
import type { AnnouncedRendition } from '../journal.ts'
import { BoxStream, typeOf } from './box-stream.ts'
import { troubleIn } from './causes.ts'
import { firstOutput, pictures, soundBitrate, soundRendition } from './ffmpeg-arguments.ts'
import { isKeyFrame, soundTrackOf, videoTrackOf } from './read-track.ts'

export interface RunListener {
  /** What the encoders write; before any part. */
  onInits?(renditions: readonly AnnouncedRendition[]): void
  onPart(rendition: string, part: CutPart): void
  /** After everything else; undefined: the source came to its end. */
  onEnd(trouble: EncoderTrouble | undefined): void
}

/** Bytes of ffmpeg's words that are looked at. */
const mostWords = 16_384
/** By how much the encoders may go over what they were asked for. */
const headroom = 1.3

/**
 * One run of ffmpeg: a child without a shell, an environment or anything to read from. Its words are looked at and go no
 * further, as they quote addresses.
 */
export class EncoderRun {
  readonly #child: ChildProcess
  readonly #listener: RunListener
  readonly #tracks: (Track | undefined)[] = [...pictures.map(() => undefined), undefined]
  readonly #frames = pictures.map(() => 0)
  readonly #gone: Promise<void>
  #cutters: ReadonlyMap<string, PartCutter> | undefined
  /** What came before all encoders had said how they write. */
  #early: [number, Buffer][] = []
  #isPrimed = false
  #isStopped = false
  #words = ''

  constructor(command: string, args: readonly string[], listener: RunListener) {
    this.#listener = listener
    const outputs = this.#tracks.map(() => 'pipe' as const)
    const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }
    this.#child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', ...outputs], env, windowsHide: true })
    let isMissing = false
    this.#child.on('error', () => (isMissing = true))
    this.#child.stderr?.on('data', (words: Buffer) => {
      if (this.#words.length < mostWords) this.#words += words.toString()
    })
    for (const output of this.#tracks.keys()) this.#read(output)
    this.#gone = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        resolve()
        if (this.#isStopped) return
        listener.onEnd(isMissing ? 'not-installed' : code === 0 ? undefined : troubleIn(this.#words))
      })
    })
  }

  /** From this call on nothing comes of it any more; settles when its process is gone. */
  stop(): Promise<void> {
    this.#isStopped = true
    this.#child.kill('SIGKILL')
    return this.#gone
  }

  #read(output: number): void {
    const boxes = new BoxStream()
    const stream = this.#child.stdio[firstOutput + output] as Readable | undefined
    stream?.on('data', (bytes: Buffer) => {
      if (this.#isStopped) return
      try {
        for (const box of boxes.take(bytes)) this.#hear(output, box)
      } catch {
        this.#words = ''
        this.#child.kill('SIGKILL')
      }
    })
  }

  #hear(output: number, box: Buffer): void {
    const picture = pictures[output]
    if (typeOf(box) === 'moov') {
      this.#tracks[output] = picture ? videoTrackOf(box, picture) : soundTrackOf(box)
      this.#begin()
    } else if (typeOf(box) === 'mdat') {
      if (this.#cutters) this.#cut(output, box.subarray(8))
      else this.#early.push([output, box.subarray(8)])
    }
  }

  #begin(): void {
    const tracks = this.#tracks.filter((track) => track !== undefined)
    if (tracks.length < this.#tracks.length) return
    const videos = tracks.filter((track): track is VideoTrack => track.kind === 'video')
    const sound = tracks.find((track): track is AudioTrack => track.kind === 'audio')!
    const lines = [
      ...pictures.map((picture, at) => ({ ...picture, tracks: [videos[at]!, sound] })),
      { rendition: soundRendition, bitrate: 0, tracks: [sound] },
    ]
    this.#cutters = new Map(lines.map((line) => [line.rendition, new PartCutter(line.tracks)]))
    this.#listener.onInits?.(lines.map((line) => announced(line)))
    for (const [output, frame] of this.#early.splice(0)) this.#cut(output, frame)
  }

  #cut(output: number, frame: Buffer): void {
    const [picture, cutters] = [pictures[output], this.#cutters!]
    if (picture) {
      cutters.get(picture.rendition)!.addPicture(this.#frames[output]!, frame, isKeyFrame(frame))
      this.#frames[output]! += 1
    } else {
      // The first frame of AAC fills the decoder and is not heard.
      if (this.#isPrimed) for (const cutter of cutters.values()) cutter.addSound(frame)
      this.#isPrimed = true
    }
    for (const [rendition, cutter] of cutters)
      for (let part = cutter.take(); part && !this.#isStopped; part = cutter.take())
        this.#listener.onPart(rendition, part)
  }
}

function announced(line: {
  readonly rendition: string
  readonly bitrate: number
  readonly width?: number
  readonly height?: number
  readonly tracks: readonly Track[]
}): AnnouncedRendition {
  const { rendition, bitrate, width, height, tracks } = line
  return {
    ...{ rendition, codecs: tracks.map(codecString).join(), init: Buffer.from(writeInit(tracks)).toString('base64') },
    bandwidth: Math.round((bitrate + soundBitrate) * headroom),
    ...(width && height ? { picture: { width, height } } : {}),
  }
}
