import { macInput } from '../../shared/council/broadcast-part.ts'
import { leaseMs } from '../../shared/council/broadcast.ts'
import { broadcastPaths, partHeaders, partType, type PartRefusal } from '../../shared/hub-api/broadcast.ts'
import { failed, success } from '../../shared/result.ts'
import type { BroadcastLink, PartFailure } from './contract.ts'
import { readFailure, type HubClient } from './hub/index.ts'

const hmac = { name: 'HMAC', hash: 'SHA-256' }
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

/**
 * Speaks of one transmission to the hub, from the window that captures: between the gate's close and the network lies no
 * other thread.
 */
export function broadcastLink(hub: HubClient, meeting: string): BroadcastLink {
  const keys = new Map<string, Promise<CryptoKey>>()
  const keyOf = (text: string): Promise<CryptoKey> => {
    const key = keys.get(text) ?? crypto.subtle.importKey('raw', fromBase64(text), hmac, false, ['sign'])
    keys.clear()
    keys.set(text, key)
    return key
  }
  return {
    announce: (announcement) => hub.ask('POST', broadcastPaths.streams(meeting), announcement, leaseMs),
    renewLease: (stream) => hub.ask('POST', broadcastPaths.lease(meeting), { stream }, leaseMs),
    setGate: (request) => hub.ask('PUT', broadcastPaths.gate(meeting), request, leaseMs),
    status: () => hub.ask('GET', broadcastPaths.broadcast(meeting), undefined, leaseMs),
    end: () => hub.ask('DELETE', broadcastPaths.broadcast(meeting), undefined, leaseMs),
    async sendPart({ head, media, key }, signal) {
      const text = JSON.stringify(head)
      const mac = new Uint8Array(await crypto.subtle.sign(hmac, await keyOf(key), macInput(text, media)))
      signal.throwIfAborted()
      const response = await hub.request(broadcastPaths.parts(meeting), {
        method: 'PUT',
        headers: { 'content-type': partType, [partHeaders.head]: text, [partHeaders.mac]: toBase64(mac) },
        body: media,
        signal,
      })
      if (!response) return failed('unreachable')
      return response.ok ? success(undefined) : failed(await whyRefused(response))
    },
  }
}

/** A hub or proxy that is busy or restarts may take the part later. */
async function whyRefused(response: Response): Promise<PartFailure> {
  const failure = await readFailure(response)
  if ('reason' in failure) return (failure as PartRefusal).reason
  return response.status === 429 || response.status >= 500 ? 'unreachable' : 'malformed'
}
