import { success } from '../../../../shared/result.ts'
import type { KnownUpdate, TextChange, TextUpdates } from '../../contract.ts'
import { SharedText } from '../index.ts'

/** What a device has of a text; others hear of it when the test lets them. */
export class TextDevice implements TextUpdates {
  readonly room = 'minutes:one'
  readonly known = new Map<string, Uint8Array>()
  #listener: (change: TextChange) => void = () => {}
  /** What happens instead of storing. */
  instead: (() => ReturnType<TextUpdates['append']>) | undefined
  /** Hears what was stored. */
  onStored: (updates: readonly KnownUpdate[]) => void = () => {}

  follow(listener: (change: TextChange) => void): () => void {
    this.#listener = listener
    return () => (this.#listener = () => {})
  }

  append(id: string, update: Uint8Array): ReturnType<TextUpdates['append']> {
    if (this.instead) return this.instead()
    this.known.set(id, update)
    this.onStored([received([id, update])])
    return Promise.resolve(success(undefined))
  }

  tell(changed: readonly KnownUpdate[], more: Partial<TextChange> = {}): void {
    for (const { id, update } of changed) this.known.set(id, update)
    this.#listener({ state: 'ready', changed, gone: [], ...more })
  }
}

/** A text on a device that is ready. */
export function openText(device = new TextDevice()): { device: TextDevice; text: SharedText } {
  const text = new SharedText(device)
  device.tell([])
  return { device, text }
}

/** An update that the hub has. */
export const received = ([id, update]: readonly [string, Uint8Array]): KnownUpdate => ({ id, update, pending: false })
