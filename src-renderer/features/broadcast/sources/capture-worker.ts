import type { FromCapture, ToCapture } from '../capture-contract.ts'

/** The worker that composes and encodes, as the window speaks to it. */
export class CaptureWorker {
  readonly #worker: Worker

  constructor(onMessage: (message: FromCapture) => void) {
    this.#worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'broadcast' })
    this.#worker.onmessage = ({ data }: MessageEvent<FromCapture>) => onMessage(data)
    this.#worker.onerror = ({ message }) => onMessage({ tell: 'failed', message })
  }

  tell(message: ToCapture, moved: Transferable[] = []): void {
    this.#worker.postMessage(message, moved)
  }

  end(): void {
    this.#worker.terminate()
  }
}
