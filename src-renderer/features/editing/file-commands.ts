import type { Meeting, OparlFile, Paper } from '../../../shared/oparl/index.ts'
import { success, type Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { Data, FileFailure } from '../../data/contract.ts'
import { changeRecord, type Saved } from './record-commands.ts'

/** What carries files: one that leads (the main file of a paper, the invitation to a meeting), and annexes. */
export type FileHolder = Meeting | Paper

/** The files of a paper or meeting: which one leads, and the annexes in order. */
export const filesOf = (holder: FileHolder): { lead: string | undefined; annexes: readonly string[] } => ({
  lead: holder.type === 'paper' ? holder.mainFile : holder.invitation,
  annexes: holder.auxiliaryFile ?? [],
})

function saveFiles<Holder extends FileHolder>(
  data: Data,
  holder: Holder,
  lead: string | undefined,
  annexes: readonly string[],
): Saved<Holder> {
  const change = {
    [holder.type === 'paper' ? 'mainFile' : 'invitation']: lead,
    auxiliaryFile: annexes.length > 0 ? annexes : undefined,
  }
  return changeRecord(data, holder, change as Parameters<typeof changeRecord<Holder>>[2])
}

/**
 * Uploads a document and adds it. The first file of a paper is its main file; everything else is an annex.
 * @returns the file, and the holder as it is now: the next file belongs to that state
 */
export async function addFileTo<Holder extends FileHolder>(
  data: Data,
  holder: Holder,
  bytes: File,
  name: string,
): Promise<Result<{ file: OparlFile; holder: Holder }, FileFailure | Refusal>> {
  const file = await data.addFile(bytes, name, holder.term)
  if (!file.ok) return file
  const { lead, annexes } = filesOf(holder)
  const leads = holder.type === 'paper' && lead === undefined
  const id = file.value._id
  const named = await saveFiles(data, holder, leads ? id : lead, leads ? annexes : [...annexes, id])
  return named.ok ? success({ file: file.value, holder: named.value }) : named
}

/** Takes a file off; the first annex of a paper that lost its main file becomes it. */
export function removeFileFrom<Holder extends FileHolder>(data: Data, holder: Holder, id: string): Saved<Holder> {
  const { lead, annexes } = filesOf(holder)
  const remaining = annexes.filter((annex) => annex !== id)
  if (lead !== id) return saveFiles(data, holder, lead, remaining)
  return holder.type === 'paper'
    ? saveFiles(data, holder, remaining[0], remaining.slice(1))
    : saveFiles(data, holder, undefined, remaining)
}

/** Lets an annex lead; what led before becomes the first annex. */
export function leadWithFile<Holder extends FileHolder>(data: Data, holder: Holder, id: string): Saved<Holder> {
  const { lead, annexes } = filesOf(holder)
  const others = annexes.filter((annex) => annex !== id)
  return saveFiles(data, holder, id, lead === undefined ? others : [lead, ...others])
}
