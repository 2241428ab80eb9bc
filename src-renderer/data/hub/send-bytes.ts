import { paths, type ApiFailureCode, type UploadedFile } from '../../../shared/hub-api/contract.ts'
import { readFailure, type HubClient } from './hub-client.ts'

/** Bytes of one request: little is lost when the network goes. */
const partBytes = 4 * 1024 * 1024

/** What became of bytes on their way: the type that the hub found, why it does not take them, or nobody answered. */
export type Sent = { readonly mimeType: string } | { readonly refused: ApiFailureCode } | 'unreachable'

/**
 * Sends bytes to the hub under their digest, and goes on where an earlier try ended.
 *
 * @param onSent hears how many of them the hub has
 */
export async function sendBytes(
  hub: HubClient,
  sha512: string,
  bytes: ArrayBuffer,
  onSent: (count: number) => void = () => undefined,
): Promise<Sent> {
  let offset = await offsetOf(hub, sha512)
  while (offset !== undefined) {
    onSent(offset)
    const end = Math.min(offset + partBytes, bytes.byteLength)
    const response = await hub.request(paths.upload(sha512), {
      method: 'PATCH',
      headers: {
        'content-type': 'application/partial-upload',
        'upload-offset': String(offset),
        'upload-complete': end === bytes.byteLength ? '?1' : '?0',
      },
      body: bytes.slice(offset, end),
    })
    if (!response) return 'unreachable'
    if (response.status === 201) return (await response.json()) as UploadedFile
    if (response.status === 204) offset = end
    else {
      const { error } = await readFailure(response)
      if (error === 'internal' || error === 'not-ready' || error === 'too-many-requests') return 'unreachable'
      if (error !== 'conflict') return { refused: error }
      offset = await offsetOf(hub, sha512)
    }
  }
  return 'unreachable'
}

/** Bytes that the hub has of it. */
async function offsetOf(hub: HubClient, sha512: string): Promise<number | undefined> {
  const response = await hub.request(paths.upload(sha512), { method: 'HEAD' })
  return response?.ok ? Number(response.headers.get('upload-offset')) : undefined
}
