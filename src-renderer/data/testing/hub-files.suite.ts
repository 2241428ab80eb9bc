import { paths } from '../../../shared/hub-api/contract.ts'
import type { Hub } from '../../../src-main/hub/start-hub.ts'
import type { Caller } from '../../../src-main/hub/testing/hub.ts'

/** Uploads bytes as a clerk's device would. */
export async function upload(hub: Hub, who: Caller, sha512: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(`${hub.origin}${paths.upload(sha512)}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${who.session?.token}`,
      'content-type': 'application/partial-upload',
      'upload-offset': '0',
      'upload-complete': '?1',
    },
    body: bytes,
  })
  if (response.status !== 201) throw new Error(`upload: ${response.status} ${await response.text()}`)
}
