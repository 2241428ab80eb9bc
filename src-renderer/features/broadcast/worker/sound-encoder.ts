import { sampleRate } from '../../../../shared/media/cadence.ts'
import type { SoundFormat } from '../capture-contract.ts'
import { audioTrack, soundBitrate, type OnSound, type SoundEncoder } from './sound-format.ts'
import { wasmAacEncoder } from './wasm-aac.ts'

/** An encoder of the named kind; rejects where there is none. */
export async function openSoundEncoder(
  format: SoundFormat,
  onSound: OnSound,
  onFailure: (fault: unknown) => void,
): Promise<SoundEncoder> {
  return format === 'wasm-aac' ? wasmAacEncoder(onSound, onFailure) : webCodecsEncoder(format, onSound, onFailure)
}

async function webCodecsEncoder(
  format: SoundFormat,
  onSound: OnSound,
  onFailure: (fault: unknown) => void,
): Promise<SoundEncoder> {
  const codec = format === 'opus' ? 'opus' : 'aac'
  const config: AudioEncoderConfig = {
    codec: codec === 'opus' ? 'opus' : 'mp4a.40.2',
    ...{ sampleRate, numberOfChannels: 1, bitrate: soundBitrate },
    ...(codec === 'opus' ? { opus: { frameDuration: 20_000 } } : {}),
  }
  if (!(await AudioEncoder.isConfigSupported(config)).supported) throw new Error(`no encoder for ${config.codec}`)
  const encoder = new AudioEncoder({
    output: (chunk, metadata) => {
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      onSound(bytes, audioTrack(codec, metadata))
    },
    error: onFailure,
  })
  encoder.configure(config)
  let written = 0
  return {
    encode(samples: Float32Array) {
      const data = new AudioData({
        ...{ format: 'f32-planar' as const, sampleRate, numberOfChannels: 1, numberOfFrames: samples.length },
        timestamp: Math.round((written * 1_000_000) / sampleRate),
        data: samples.slice(),
      })
      written += samples.length
      encoder.encode(data)
      data.close()
    },
    close() {
      if (encoder.state !== 'closed') encoder.close()
    },
  }
}
