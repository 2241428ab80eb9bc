import type { IceServer } from '../../../../shared/hub-api/rooms.ts'
import { chunksOf, chunkSize, Reassembly } from './chunks.ts'

/** What two windows say to each other until they are linked. */
export type Signal =
  | { readonly description: RTCSessionDescriptionInit }
  | { readonly candidate: RTCIceCandidateInit }
  | { readonly declined: true }

/** Whether what came from another window can be a signal; the browser judges what it holds. */
export const isSignal = (given: unknown): given is Signal => {
  if (typeof given !== 'object' || given === null) return false
  const { description, candidate, declined } = given as Record<string, unknown>
  return declined === true || [description, candidate].some((part) => typeof part === 'object' && part !== null)
}

export interface LinkEvents {
  /** Sends a signal to the other side. */
  signal(signal: Signal): void
  /** The link carries messages from now on. */
  opened(): void
  heard(message: Uint8Array): void
  /** It is over, however it ended; told once. */
  ended(): void
}

/** Bytes that may lie in a channel before the next chunk waits. */
const fullChannel = 1_048_576
/** Milliseconds for two windows to find each other. */
const linkWithin = 15_000

/**
 * A link between two windows over WebRTC: one channel that loses nothing, in order, in chunks; another for what is gone
 * with the next frame.
 */
export class RtcLink {
  readonly #peer: RTCPeerConnection
  readonly #events: LinkEvents
  readonly #sure: RTCDataChannel
  readonly #quick: RTCDataChannel
  readonly #reassembly = new Reassembly()
  readonly #timer: ReturnType<typeof setTimeout>
  #waiting: Uint8Array<ArrayBuffer>[] = []
  #early: RTCIceCandidateInit[] | undefined = []
  #isOpen = false
  #isOver = false

  /** @param begins whether this side makes the offer */
  constructor(begins: boolean, iceServers: readonly IceServer[], events: LinkEvents) {
    this.#events = events
    this.#peer = new RTCPeerConnection({ iceServers: [...iceServers] })
    this.#sure = this.#channel({ id: 0 })
    this.#quick = this.#channel({ id: 1, ordered: false, maxRetransmits: 0 })
    this.#timer = setTimeout(() => this.close(), linkWithin)
    this.#peer.onicecandidate = ({ candidate }) => candidate && events.signal({ candidate: candidate.toJSON() })
    this.#peer.onconnectionstatechange = () => {
      if (['failed', 'closed', 'disconnected'].includes(this.#peer.connectionState)) this.close()
    }
    this.#sure.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#take(new Uint8Array(data))
    this.#quick.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => events.heard(new Uint8Array(data))
    if (begins) void this.#offer().catch(() => this.close())
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  hear(signal: Signal): void {
    this.#follow(signal).catch(() => this.close())
  }

  /** Sends a message of any size; in order, and nothing is lost while the link lives. */
  send(message: Uint8Array): void {
    this.#waiting.push(...chunksOf(message))
    this.#drain()
  }

  /** Sends what may be lost; a large one takes the sure way. */
  sendQuickly(message: Uint8Array<ArrayBuffer>): void {
    if (message.length > chunkSize) return this.send(message)
    if (this.#quick.readyState === 'open' && this.#quick.bufferedAmount < fullChannel) this.#quick.send(message)
  }

  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#isOpen = false
    clearTimeout(this.#timer)
    this.#peer.close()
    this.#events.ended()
  }

  /** Both sides make the channels by their numbers, so that none has to be announced. */
  #channel(options: RTCDataChannelInit): RTCDataChannel {
    const channel = this.#peer.createDataChannel('', { ...options, negotiated: true })
    channel.binaryType = 'arraybuffer'
    channel.bufferedAmountLowThreshold = fullChannel / 2
    channel.onopen = () => this.#open()
    channel.onbufferedamountlow = () => this.#drain()
    channel.onclose = () => this.close()
    return channel
  }

  #open(): void {
    if (this.#isOpen || this.#isOver || this.#sure.readyState !== 'open' || this.#quick.readyState !== 'open') return
    this.#isOpen = true
    clearTimeout(this.#timer)
    this.#events.opened()
  }

  async #offer(): Promise<void> {
    await this.#peer.setLocalDescription()
    this.#describe()
  }

  async #follow(signal: Signal): Promise<void> {
    if ('declined' in signal) return this.close()
    if ('candidate' in signal) {
      if (this.#early) this.#early.push(signal.candidate)
      else await this.#peer.addIceCandidate(signal.candidate)
      return
    }
    await this.#peer.setRemoteDescription(signal.description)
    const early = this.#early ?? []
    this.#early = undefined
    for (const candidate of early) await this.#peer.addIceCandidate(candidate)
    if (signal.description.type === 'offer') {
      await this.#peer.setLocalDescription()
      this.#describe()
    }
  }

  #describe(): void {
    const description = this.#peer.localDescription
    if (description) this.#events.signal({ description: { type: description.type, sdp: description.sdp } })
  }

  #take(chunk: Uint8Array): void {
    const message = this.#reassembly.take(chunk)
    if (message === null) this.close()
    else if (message) this.#events.heard(message)
  }

  #drain(): void {
    if (this.#sure.readyState !== 'open') return
    let sent = 0
    for (const chunk of this.#waiting) {
      if (this.#sure.bufferedAmount > fullChannel) break
      this.#sure.send(chunk)
      sent += 1
    }
    this.#waiting.splice(0, sent)
  }
}
