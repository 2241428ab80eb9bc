import { ClockOffset } from '../../../../shared/media/clock-offset.ts'
import { machineTime } from '../capture-contract.ts'

/**
 * Reads the room's sound as one channel. Its timestamps count from somewhere; the quickest of the last deliveries tells
 * where that lies in machine time.
 *
 * @param onSamples gets the machine time of the first sample with them
 */
export async function readSound(
  reader: ReadableStreamDefaultReader<AudioData>,
  onSamples: (samples: Float32Array, capturedAt: number) => void,
): Promise<void> {
  const offset = new ClockOffset()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const began = value.timestamp / 1000
    const length = (value.numberOfFrames * 1000) / value.sampleRate
    const capturedAt = began + offset.note(machineTime() - length, began)
    const samples = new Float32Array(value.numberOfFrames)
    value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
    value.close()
    onSamples(samples, capturedAt)
  }
}
