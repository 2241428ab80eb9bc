/** A short tone at the end of a speaking time: two soft beats, no file, no network. */
export class EndSignal {
  #context: AudioContext | undefined
  /** Whether the browser lets it sound: most do not before somebody touched the page or pressed a key. */
  ready = $state(false)

  /** Makes it sound as soon as the browser lets it; from a touch or key that is at once. */
  prepare(): void {
    this.#context ??= this.#open()
    void this.#context.resume()
  }

  /** Prepares it now, and with every touch and key until told to stop. */
  arm(): () => void {
    const prepare = (): void => this.prepare()
    const gestures = ['pointerup', 'keydown'] as const
    prepare()
    for (const gesture of gestures) addEventListener(gesture, prepare, { capture: true })
    return () => {
      for (const gesture of gestures) removeEventListener(gesture, prepare, { capture: true })
    }
  }

  ring(): void {
    const context = this.#context
    if (!context || context.state !== 'running') return
    for (const start of [0, 0.28]) this.#beat(context, context.currentTime + start)
  }

  close(): void {
    void this.#context?.close()
    this.#context = undefined
  }

  #open(): AudioContext {
    const context = new AudioContext()
    context.addEventListener('statechange', () => (this.ready = context.state === 'running'))
    return context
  }

  #beat(context: AudioContext, at: number): void {
    const tone = new OscillatorNode(context, { type: 'sine', frequency: 660 })
    const volume = new GainNode(context, { gain: 0 })
    volume.gain.linearRampToValueAtTime(0.25, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.24)
    tone.connect(volume).connect(context.destination)
    tone.start(at)
    tone.stop(at + 0.26)
  }
}
