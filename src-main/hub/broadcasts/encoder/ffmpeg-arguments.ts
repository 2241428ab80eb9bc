import { join } from 'node:path'
import { frameRate, sampleRate } from '../../../../shared/council/broadcast.ts'
import { framesPerSegment } from '../../../../shared/media/cadence.ts'
import type { EncoderAddress, EncoderScheme } from '../../../../shared/rules/broadcast/encoder-address.ts'

/** What is made of a source, on outputs of the same order; sound alone comes last, and once for all of them. */
export const pictures = [
  { rendition: 'main', width: 1280, height: 720, bitrate: 2_500_000 },
  { rendition: 'small', width: 640, height: 360, bitrate: 600_000 },
] as const
export const soundRendition = 'sound'
export const soundBitrate = 64_000
/** The file descriptor of the first output. */
export const firstOutput = 3

/** All that ffmpeg may open for a scheme: protocols, and formats in them. Lists of other addresses are none of these. */
const allowed: Readonly<Record<EncoderScheme, { protocols: string; formats: string }>> = {
  rtsp: { protocols: 'rtsp,rtp,tcp,udp', formats: 'rtsp,sdp,rtp' },
  rtsps: { protocols: 'rtsps,rtsp,rtp,tls,tcp', formats: 'rtsp,sdp,rtp' },
  rtmp: { protocols: 'rtmp,tcp', formats: 'flv,live_flv' },
  rtmps: { protocols: 'rtmps,rtmp,tls,tcp', formats: 'flv,live_flv' },
  srt: { protocols: 'srt,udp', formats: 'mpegts' },
  file: { protocols: 'file', formats: 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,flv,live_flv,mp4' },
}

/** Where a source is read from; `films` is the folder of files that may be. */
export interface Input {
  readonly address: EncoderAddress
  readonly films: string
  /** Seconds from a file's beginning. */
  readonly from: number
}

/** The arguments for a source: each is one, no shell reads them. */
export const sourceArguments = (input: Input): string[] => [
  ...quiet,
  ...inputArguments(input),
  ...['-filter_complex', filters('0:v:0', '0:a:0')],
  ...outputs(),
]

/** The arguments for a moment of nothing, by which is found what the encoders write. */
export const trialArguments = (): string[] => [
  ...quiet,
  ...['-f', 'lavfi', '-i', `color=c=black:s=64x36:r=${frameRate}`],
  ...['-f', 'lavfi', '-i', `anullsrc=r=${sampleRate}:cl=mono`],
  ...['-filter_complex', filters('0:v:0', '1:a:0')],
  ...outputs(['-t', '0.4']),
]

const quiet = ['-nostdin', '-hide_banner', '-loglevel', 'error']

function inputArguments({ address: { scheme, secret, label }, films, from }: Input): string[] {
  const { protocols, formats } = allowed[scheme]
  const limits = ['-protocol_whitelist', protocols, '-format_whitelist', formats]
  if (scheme === 'file') return [...limits, '-re', '-ss', String(from), '-i', `file:${join(films, label)}`]
  const atOnce = ['-fflags', 'nobuffer', '-analyzeduration', '1000000']
  const overTcp = scheme.startsWith('rtsp') ? ['-rtsp_transport', 'tcp'] : []
  return [...limits, ...atOnce, ...overTcp, '-i', secret]
}

/** Pictures at a fixed pace and of fixed sizes, sound without gaps; both begin at 0. */
function filters(picture: string, sound: string): string {
  const fitted = pictures.map(({ rendition, width: w, height: h }) =>
    [
      `[raw-${rendition}]scale=${w}:${h}:force_original_aspect_ratio=decrease`,
      `pad=${w}:${h}:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p[${rendition}]`,
    ].join(),
  )
  const raw = pictures.map(({ rendition }) => `[raw-${rendition}]`).join('')
  const mono = `aresample=${sampleRate}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=mono`
  return [
    `[${picture}]fps=${frameRate}:start_time=0,split=${pictures.length}${raw}`,
    ...fitted,
    `[${sound}]${mono}[${soundRendition}]`,
  ].join(';')
}

/** One fragment for each frame, written as soon as it is encoded. */
function outputs(length: readonly string[] = []): string[] {
  const flags = 'empty_moov+default_base_moof+frag_every_frame+skip_trailer+skip_sidx'
  const end = (output: number): string[] => [
    ...[...length, '-map_metadata', '-1', '-flush_packets', '1', '-movflags', flags],
    ...['-f', 'mp4', `pipe:${firstOutput + output}`],
  ]
  const ofPictures = pictures.flatMap(({ rendition, bitrate }, output) => [
    ...['-map', `[${rendition}]`, '-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency'],
    ...['-profile:v', 'baseline', '-level', '3.1', '-b:v', String(bitrate), '-maxrate', String(bitrate)],
    ...['-bufsize', String(bitrate), '-g', String(framesPerSegment), '-keyint_min', String(framesPerSegment)],
    ...['-sc_threshold', '0', '-bf', '0', '-fps_mode', 'passthrough', ...end(output)],
  ])
  return [
    ...ofPictures,
    ...['-map', `[${soundRendition}]`, '-c:a', 'aac', '-b:a', String(soundBitrate), ...end(pictures.length)],
  ]
}
