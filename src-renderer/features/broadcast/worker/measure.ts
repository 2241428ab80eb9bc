import { secondRendition } from '../../../../shared/council/broadcast.ts'
import { frameRate, sampleRate } from '../../../../shared/media/cadence.ts'
import type { AudioTrack, VideoTrack } from '../../../../shared/media/track.ts'
import type { Measurement, RenditionPlan, SoundFormat } from '../capture-contract.ts'
import { frameOf, PictureEncoder, type Picture } from './picture-encoder.ts'
import { initOf } from './run.ts'
import { openSoundEncoder } from './sound-encoder.ts'

/** Pictures to choose from, the largest first; bits per second as a room with people in it needs them. */
const large: readonly Picture[] = [
  { width: 1920, height: 1080, bitrate: 4_500_000 },
  { width: 1280, height: 720, bitrate: 2_500_000 },
  { width: 960, height: 540, bitrate: 1_400_000 },
]
const small: Picture = { width: 640, height: 360, bitrate: 600_000 }
/** Of an interpreter hands and face have to be seen well, and little besides. */
const second: Picture = { width: 480, height: 360, bitrate: 600_000 }
/** Of the time of a frame: what is left must do for the sound, the upload, the meeting's screens and a busy moment. */
const bearableLoad = 0.5
const framesOfTrial = 24

export type Unable = 'no-h264' | 'no-sound'

/** Finds out what this machine can encode in time, by doing it. Sound: the system's AAC, our own, else Opus. */
export async function measure(): Promise<Measurement | Unable> {
  const sound = await trySound()
  if (!sound) return 'no-sound'
  for (const picture of large) {
    const trial = await tryPictures([picture, small])
    if (!trial) continue
    if (trial.load > bearableLoad && picture !== large.at(-1)) continue
    const [main, second] = trial.tracks
    const lines: { plan: RenditionPlan; video?: VideoTrack | undefined }[] = [
      { plan: { rendition: 'main', picture }, video: main },
      { plan: { rendition: 'small', picture: small }, video: second },
      { plan: { rendition: 'sound' } },
    ]
    const shown = trial.load > bearableLoad ? lines.filter(({ plan }) => plan.rendition !== 'main') : lines
    return {
      plan: { renditions: shown.map(({ plan }) => plan), sound: sound.format },
      inits: shown.map(({ plan, video }) => initOf(plan, video ? [video, sound.track] : [sound.track])),
      load: trial.load,
    }
  }
  return 'no-h264'
}

/** Finds out whether this machine can encode the second picture, by doing it. */
export async function measureSecond(): Promise<Measurement | Unable> {
  const trial = await tryPictures([second])
  const [track] = trial?.tracks ?? []
  if (!trial || !track) return 'no-h264'
  const plan: RenditionPlan = { rendition: secondRendition, picture: second }
  return { plan: { renditions: [plan], sound: null }, inits: [initOf(plan, [track])], load: trial.load }
}

/** Encodes a moving picture in all sizes at once, the largest first, as fast as it goes. */
async function tryPictures(
  pictures: readonly [Picture, ...Picture[]],
): Promise<{ load: number; tracks: readonly (VideoTrack | undefined)[] } | undefined> {
  const tracks = pictures.map((): VideoTrack | undefined => undefined)
  let failure: DOMException | undefined
  const encoders = pictures.map(
    (picture, index) =>
      new PictureEncoder(
        picture,
        (_, track) => (tracks[index] ??= track),
        (fault) => (failure = fault),
      ),
  )
  const [{ width, height }] = pictures
  const canvas = new OffscreenCanvas(width, height)
  const begun = performance.now()
  try {
    for (let slot = 0; slot < framesOfTrial; slot += 1) {
      drawTrial(canvas, slot)
      const frame = frameOf(canvas, slot)
      for (const encoder of encoders) encoder.encode(frame, slot)
      frame.close()
      if (slot % 4 === 3) await Promise.all(encoders.map((encoder) => encoder.flush()))
    }
  } catch {
    return undefined
  } finally {
    for (const encoder of encoders) encoder.close()
  }
  if (failure || tracks.includes(undefined)) return undefined
  const msPerFrame = (performance.now() - begun) / framesOfTrial
  return { load: (msPerFrame * frameRate) / 1000, tracks }
}

/** About as much that moves as people in a room do. */
function drawTrial(canvas: OffscreenCanvas, slot: number): void {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return
  const step = canvas.height / 12
  for (let index = 0; index < 24; index += 1) {
    context.fillStyle = `hsl(${(index * 37 + slot * 3) % 360} 40% 45%)`
    context.fillRect((index % 6) * step * 3 + slot * 2, Math.floor(index / 6) * step * 3, step * 2.8, step * 2.8)
  }
}

const preference: readonly SoundFormat[] = ['os-aac', 'wasm-aac', 'opus']

async function trySound(): Promise<{ format: SoundFormat; track: AudioTrack } | undefined> {
  for (const format of preference) {
    const track = await encodeTone(format).catch(() => undefined)
    if (track) return { format, track }
  }
  return undefined
}

/** An encoder may promise what it does not do: it has to give frames of a tone. */
async function encodeTone(format: SoundFormat): Promise<AudioTrack | undefined> {
  const heard = Promise.withResolvers<AudioTrack | undefined>()
  let [track, frames] = [undefined as AudioTrack | undefined, 0]
  const encoder = await openSoundEncoder(
    format,
    (_, described) => {
      track ??= described
      frames += 1
      if (track && frames >= 5) heard.resolve(track)
    },
    () => heard.resolve(undefined),
  )
  for (let at = 0; at < sampleRate / 2; at += 480)
    encoder.encode(Float32Array.from({ length: 480 }, (_, index) => 0.3 * Math.sin((at + index) / 17)))
  const timer = setTimeout(() => heard.resolve(undefined), 8000)
  const found = await heard.promise
  clearTimeout(timer)
  encoder.close()
  return found
}
