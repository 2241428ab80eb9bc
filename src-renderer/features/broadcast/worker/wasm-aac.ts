import { registerAacEncoder } from '@mediabunny/aac-encoder'
import { AudioSample, AudioSampleSource, Mp4OutputFormat, NullTarget, Output } from 'mediabunny'
import { sampleRate } from '../../../../shared/media/cadence.ts'
import { audioTrack, soundBitrate, type OnSound, type SoundEncoder } from './sound-format.ts'

let registered = false

/**
 * AAC by FFmpeg's encoder as WebAssembly, for systems that bring none (Chromium on Linux). Its library encodes only on
 * the way into a file: that one goes nowhere, what is wanted are its frames.
 */
export async function wasmAacEncoder(onSound: OnSound, onFailure: (fault: unknown) => void): Promise<SoundEncoder> {
  if (!registered) registerAacEncoder()
  registered = true
  let isOpen = true
  const source = new AudioSampleSource({
    codec: 'aac',
    bitrate: soundBitrate,
    onEncodedPacket: ({ data }, metadata) => {
      if (isOpen) onSound(data, audioTrack('aac', metadata))
    },
  })
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'fragmented' }), target: new NullTarget() })
  output.addAudioTrack(source)
  await output.start()
  let written = 0
  let queue = Promise.resolve()
  return {
    encode(samples) {
      const sample = new AudioSample({
        ...{ data: samples.slice(), format: 'f32' as const, numberOfChannels: 1, sampleRate },
        timestamp: written / sampleRate,
      })
      written += samples.length
      queue = queue
        .then(() => (isOpen ? source.add(sample) : undefined))
        .catch((fault: unknown) => {
          if (isOpen) onFailure(fault)
        })
        .finally(() => sample.close())
    },
    close() {
      isOpen = false
      void output.cancel().catch(onFailure)
    },
  }
}
