import { judgeWrite, type Principal } from '../../../../shared/rules/access.ts'
import { mergeRecords } from '../../../../shared/sync/merge.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Outbox } from './outbox.ts'
import { commonAncestor, contentOf, endBranch, reviseAs, type Revision } from './revision.ts'
import { leavesOf } from './saving.ts'

/**
 * Settles concurrent revisions of records: writes their merge and ends the branches that lost. Every device may do so
 * at the same time, as all write the very same revisions. A device that does not hold the common ancestor writes
 * nothing: another one, at least one of the authors, does.
 */
export class Merging {
  #databases: Databases
  #outbox: Outbox

  constructor(databases: Databases, outbox: Outbox) {
    this.#databases = databases
    this.#outbox = outbox
  }

  /** Looks at records that were written to a copy, and settles those in conflict. */
  async settle(principal: Principal, open: OpenCopy, ids: readonly string[]): Promise<void> {
    if (open.copy.audience !== 'office') return
    const documents = await this.#databases.read(open, ids)
    for (const [id, document] of documents)
      if (document._conflicts) await this.#outbox.inTurn(id, () => this.#merge(principal, open, id))
  }

  async #merge(principal: Principal, open: OpenCopy, id: string): Promise<void> {
    // Settled again once the hub has received what is saved here.
    if (this.#outbox.get(id)) return
    const leaves = await leavesOf(open, id)
    const [winner, ...others] = leaves
    if (!winner || others.length === 0) return
    const base = await readAncestor(open, id, leaves)
    if (!base) return
    const content = contentOf({ ...mergeRecords(base, leaves), _id: id })
    const verdict = judgeWrite(principal, {
      audience: 'office',
      document: content,
      stored: winner,
      liveLeaves: leaves.length,
    })
    if (!verdict.allowed) return
    const ended = await Promise.all(others.map(endBranch))
    await this.#outbox.put(open, { revisions: [await reviseAs(content, winner, others), ...ended], base: winner })
  }
}

async function readAncestor(
  open: OpenCopy,
  id: string,
  leaves: readonly Revision[],
): Promise<Record<string, unknown> | undefined> {
  const rev = commonAncestor(leaves)
  if (!rev) return undefined
  return open.database.get(id, { rev }).catch(() => undefined)
}
