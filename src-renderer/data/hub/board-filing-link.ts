import type { FilingPlan } from '../../../shared/hub-api/board-files.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import type { OparlFile } from '../../../shared/oparl/index.ts'
import { failed, success } from '../../../shared/result.ts'
import type { BoardFilingLink } from '../contract.ts'
import { sha512Of } from './digest.ts'
import type { HubClient } from './hub-client.ts'
import { sendBytes } from './send-bytes.ts'

/** Speaks of adding a board to the record to the hub. Nothing of it waits on the device. */
export const boardFilingLink = (hub: HubClient, board: string): BoardFilingLink => ({
  plan: (authors) => hub.ask<FilingPlan>('GET', `${paths.boardFiles(board)}?authors=${authors.join(',')}`),
  async send(bytes, onSent) {
    const content = await bytes.arrayBuffer()
    const sha512 = await sha512Of(content)
    const sent = await sendBytes(hub, sha512, content, onSent)
    if (sent === 'unreachable') return failed(sent)
    return 'refused' in sent ? failed(sent.refused) : success(sha512)
  },
  add: (filing) => hub.ask<OparlFile[]>('POST', paths.boardFiles(board), filing),
})
