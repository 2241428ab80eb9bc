/** The cameras and microphones of this computer. */
export class Devices {
  #list = $state.raw<readonly MediaDeviceInfo[]>([])
  #isDenied = $state(false)

  get cameras(): readonly MediaDeviceInfo[] {
    return this.#of('videoinput')
  }
  get microphones(): readonly MediaDeviceInfo[] {
    return this.#of('audioinput')
  }
  get isDenied(): boolean {
    return this.#isDenied
  }
  /** Browsers name devices only to whom one was allowed. */
  get areNamed(): boolean {
    return this.#list.some(({ label }) => label !== '')
  }

  async read(): Promise<void> {
    this.#list = await navigator.mediaDevices.enumerateDevices()
  }

  /** Asks the person, once for each kind, and gives the devices back at once. */
  async ask(): Promise<void> {
    const asked = await Promise.allSettled(
      [{ video: true }, { audio: true }].map((kind) => navigator.mediaDevices.getUserMedia(kind)),
    )
    for (const one of asked) if (one.status === 'fulfilled') one.value.getTracks().forEach((track) => track.stop())
    this.#isDenied = asked.every(({ status }) => status === 'rejected')
    await this.read()
  }

  #of(kind: MediaDeviceKind): readonly MediaDeviceInfo[] {
    return this.#list.filter((device) => device.kind === kind && device.deviceId !== '')
  }
}
