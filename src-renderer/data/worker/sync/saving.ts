import type { AnyRecord } from '../../../../shared/council/records/index.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { judgeWrite, type Principal, type Refusal } from '../../../../shared/rules/access.ts'
import { mergeRecords } from '../../../../shared/sync/merge.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { byWinner } from '../catalogue/reading.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Outbox, OutboxEntry, Pending } from './outbox.ts'
import { contentOf, endBranch, reviseAs, type Revision } from './revision.ts'

/** Accepts what people write: judged as the hub will judge it, then kept for the hub. */
export class Saving {
  #databases: Databases
  #outbox: Outbox
  #catalogue: Catalogue

  constructor(databases: Databases, outbox: Outbox, catalogue: Catalogue) {
    this.#databases = databases
    this.#outbox = outbox
    this.#catalogue = catalogue
  }

  /** Records are edited in `office` alone; the publisher makes everything else from it. */
  save(principal: Principal, record: AnyRecord, now: string): Promise<Result<AnyRecord, Refusal>> {
    return this.#outbox.inTurn(record._id, async () => {
      const open = this.#databases.find('office')
      if (!open) return failed({ reason: 'no-such-audience' })
      const waiting = this.#outbox.get(record._id)
      const leaves = await this.#leaves(open, record._id)
      const current = waiting?.revisions[0] ?? leaves[0]
      const content = contentOf(await this.#onCurrent(open, { ...record, modified: now }, current))
      const verdict = judgeWrite(principal, {
        audience: 'office',
        document: content,
        stored: leaves[0],
        liveLeaves: leaves.length,
      })
      if (!verdict.allowed) {
        const { allowed: _, ...refusal } = verdict
        return failed(refusal)
      }
      const pending = await pendingFor(content, waiting, leaves)
      await this.#outbox.put(open, pending)
      const { _revisions, ...saved } = pending.revisions[0]
      return success(saved as unknown as AnyRecord)
    })
  }

  /** A record of a closed term lies in a pack, which knows its newest revision only. */
  async #leaves(open: OpenCopy, id: string): Promise<Revision[]> {
    const leaves = await leavesOf(open, id)
    if (leaves.length > 0) return leaves
    const packed = await this.#catalogue.packed(open, id)
    const [start, hash] = packed?._rev?.split('-') ?? []
    if (!packed || !start || !hash) return []
    return [{ ...packed, _revisions: { start: Number(start), ids: [hash] } } as unknown as Revision]
  }

  /** An edit of an older state is merged with what came since; both values of a field stay where they collide. */
  async #onCurrent(open: OpenCopy, record: AnyRecord, current: Revision | undefined): Promise<Record<string, unknown>> {
    const mine = record as unknown as Record<string, unknown>
    if (!current || !record._rev || record._rev === current._rev) return mine
    const base = await open.database.get(record._id, { rev: record._rev }).catch(() => undefined)
    return mergeRecords(base, [mine, current])
  }
}

/** Live leaves with their ancestry, the winner first; none when the copy does not hold the document. */
export async function leavesOf(open: OpenCopy, id: string): Promise<Revision[]> {
  const found = await open.database.get(id, { open_revs: 'all', revs: true }).catch((fault: unknown) => {
    if ((fault as { status?: number }).status === 404) return []
    throw fault
  })
  return byWinner(found.flatMap((leaf) => ('ok' in leaf ? leaf.ok : []))) as Revision[]
}

/** What was never sent is replaced; what the hub may have is built upon. */
export async function pendingFor(
  content: { readonly _id: string },
  waiting: OutboxEntry | undefined,
  leaves: readonly Revision[],
): Promise<Pending> {
  if (waiting) {
    const [before, ...ended] = waiting.revisions
    const parent = waiting.row.tried ? before : waiting.base
    return { revisions: [await reviseAs(content, parent, ended), ...ended], base: waiting.base }
  }
  const [base, ...others] = leaves
  const ended = await Promise.all(others.map(endBranch))
  return { revisions: [await reviseAs(content, base, others), ...ended], base }
}
