import type { PartHead } from '../../../../shared/council/broadcast-part.ts'
import type { Announcement, Lease } from '../../../../shared/hub-api/broadcast.ts'
import { failed, success } from '../../../../shared/result.ts'
import type { BroadcastLink, EncoderLink } from '../../../data/contract.ts'
import { Broadcast } from '../broadcast.svelte.ts'
import { machineTime, type Scene } from '../capture-contract.ts'

/** What a test asks of the page that transmits. */
export interface CapturePage {
  readonly broadcast: Broadcast
  /** The other end of the wire: what it says of its gate, and all that ever came out of this one. */
  readonly hub: { epoch: number; open: boolean }
  readonly announced: Announcement[]
  readonly sent: { readonly head: PartHead; readonly media: string; readonly at: number }[]
  film(camera: string | undefined): Promise<void>
  onAir(): string
}

const hub = { epoch: 1, open: true }
const announced: Announcement[] = []
const sent: CapturePage['sent'] = []

const lease = (): Lease => ({
  ...{ stream: 'stream:01JQZ3N4V5W6X7Y8Z9ABCDEFGH', epoch: hub.epoch, forMs: 2500, now: Date.now(), watchers: 0 },
  ...(hub.open ? { key: btoa('k'.repeat(32)) } : {}),
})
const status = { open: true, because: [], epoch: 1, watchers: 0, delay: 0, held: 0, now: 0 }

async function toBase64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const url = await new Promise<string>((done) => {
    const reader = new FileReader()
    reader.onload = () => done(reader.result as string)
    reader.readAsDataURL(new Blob([bytes]))
  })
  return url.slice(url.indexOf(',') + 1)
}

/** The wire itself, which keeps what goes over it. */
const link: BroadcastLink = {
  announce: async (announcement) => (announced.push(announcement), success(lease())),
  renewLease: async () => success(lease()),
  sendPart: async ({ head, media }, signal) => {
    const at = machineTime()
    const bytes = await toBase64(media)
    signal.throwIfAborted()
    sent.push({ head, media: bytes, at })
    return success(undefined)
  },
  setGate: async ({ state }) => {
    if (state === 'closed' && hub.open) hub.epoch += 1
    hub.open = state === 'open'
    return success({ ...status, ...hub })
  },
  status: async () => success({ ...status, ...hub }),
  end: async () => success(undefined),
}

const encoder: EncoderLink = {
  start: async () => failed('unreachable'),
  status: async () => success({ state: 'off' }),
  stop: async () => success(undefined),
}
const broadcast = new Broadcast(link, encoder, 'Projector')
const scene: Omit<Scene, 'main'> = {
  ...{ layout: 'one', side: null, lowerThird: { title: 'TOP 1 · Haushalt', detail: 'Eva Öztürk' } },
  fallback: { strip: 'Rat', heading: 'Gleich geht es weiter', detail: '' },
}
const [stage, secondStage] = document.querySelectorAll('canvas')
broadcast.setStage(stage!)
broadcast.second.setStage(secondStage!)
broadcast.show({ ...scene, main: null })

const page: CapturePage = {
  ...{ broadcast, hub, announced, sent },
  async film(camera) {
    const devices = await navigator.mediaDevices.enumerateDevices()
    const microphone = devices.find(({ kind }) => kind === 'audioinput')
    const id = await broadcast.pictures.addCamera(camera ?? 'any', 'Camera')
    await broadcast.sound.resume()
    if (microphone) await broadcast.sound.add(microphone.deviceId, 'Microphone')
    broadcast.show({ ...scene, main: id })
  },
  onAir: () => broadcast.onAir(machineTime()),
}
Object.assign(globalThis, { capture: page })
