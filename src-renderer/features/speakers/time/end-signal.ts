/** A short tone at the end of a speaking time: two soft beats, no file, no network. */
export class EndSignal {
  #context: AudioContext | undefined

  /** Browsers allow sound only after a touch or key: to be called from one. */
  prepare(): void {
    this.#context ??= new AudioContext()
    void this.#context.resume()
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
