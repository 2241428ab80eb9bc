import type { AudienceStore, IncomingDocument, StoredDocument } from '../../../../shared/ports/document-store.ts'
import { judgeWrite, type Principal, type Refusal, type Verdict } from '../../../../shared/rules/access.ts'
import type { AudienceTurns } from '../../audience-turns.ts'
import type { WriteDoor } from '../../write-door.ts'
import { contentOf, readIncoming } from '../wire/incoming.ts'

/** What became of one document of a request. */
export type WriteAnswer =
  | { readonly kind: 'stored'; readonly id: string; readonly rev: string }
  | {
      readonly kind: 'failed'
      readonly id: string
      readonly error: 'conflict' | 'bad_request'
      readonly reason: string
    }
  | ({ readonly kind: 'refused'; readonly id: string; readonly rev?: string } & Refusal)

export interface WriteRequest {
  readonly principal: Principal
  readonly documents: readonly unknown[]
  /** False in replication: revisions are stored as they come, each of them judged like an edit. */
  readonly newEdits: boolean
}

interface Pending {
  readonly place: number
  readonly document: IncomingDocument
}

/**
 * Judges and stores documents, the one way in for every endpoint. Judgement and write of an audience are one step:
 * nothing that a verdict rests on can change in between. Answers stand in the order of the documents.
 */
export class JudgedWriter {
  readonly #turns: AudienceTurns
  readonly #door: WriteDoor

  /** The door is asked about what the rules of access allow. */
  constructor(turns: AudienceTurns, door: WriteDoor) {
    this.#turns = turns
    this.#door = door
  }

  write(store: AudienceStore, request: WriteRequest): Promise<WriteAnswer[]> {
    return this.#turns.run(store, () => writeInTurn(store, request, this.#door))
  }
}

async function writeInTurn(store: AudienceStore, request: WriteRequest, door: WriteDoor): Promise<WriteAnswer[]> {
  const answers: WriteAnswer[] = []
  const pending: Pending[] = []
  for (const [place, given] of request.documents.entries()) {
    const read = readIncoming(given, request.newEdits)
    if (read.ok) pending.push({ place, document: read.value })
    else answers[place] = refusedAnswer(namesOf(given), { reason: reasonFor(given), faults: read.failure })
  }
  for (const round of roundsOf(pending)) await writeRound(store, request, round, { answers, door })
  return answers
}

/** Splits documents so that no id occurs twice in a round: a verdict sees what the same request stored before. */
function roundsOf(pending: readonly Pending[]): Pending[][] {
  const rounds: Pending[][] = []
  const seen = new Map<string, number>()
  for (const entry of pending) {
    const round = seen.get(entry.document._id) ?? 0
    seen.set(entry.document._id, round + 1)
    ;(rounds[round] ??= []).push(entry)
  }
  return rounds
}

async function writeRound(
  store: AudienceStore,
  { principal, newEdits }: WriteRequest,
  round: readonly Pending[],
  { answers, door }: { answers: WriteAnswer[]; door: WriteDoor },
): Promise<void> {
  const unknown = newEdits ? round : await withoutKnown(store, round, answers)
  const allowed: Pending[] = []
  for (const entry of unknown) {
    const verdict = await judge(store, principal, entry.document)
    if (verdict.allowed) allowed.push(entry)
    else answers[entry.place] = refusedAnswer(entry.document, verdict)
  }
  const atDoor = await door.judge(
    store,
    allowed.map(({ document }) => document),
  )
  const judged = allowed.filter(({ place, document }, index) => {
    const refusal = atDoor[index]
    if (refusal) answers[place] = refusedAnswer(document, refusal)
    return !refusal
  })
  if (judged.length === 0) return
  const outcomes = await store.write(
    judged.map(({ document }) => document),
    { newEdits },
  )
  const failures = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
  for (const { place, document } of judged) {
    const outcome = failures.get(document._id)
    if (outcome && !outcome.ok)
      answers[place] = { kind: 'failed', id: outcome.id, error: outcome.error, reason: outcome.reason }
    else answers[place] = { kind: 'stored', id: document._id, rev: outcome?.rev ?? document._rev ?? '' }
  }
}

/** A revision that the store holds already is received, whoever sends it again; its content stays what it was. */
async function withoutKnown(
  store: AudienceStore,
  round: readonly Pending[],
  answers: WriteAnswer[],
): Promise<readonly Pending[]> {
  const asked = round.map(({ document }): [string, string[]] => [document._id, [document._rev ?? '']])
  const lacking = await store.revsDiff(Object.fromEntries(asked))
  return round.filter(({ place, document }) => {
    if (Object.hasOwn(lacking, document._id)) return true
    answers[place] = { kind: 'stored', id: document._id, rev: document._rev ?? '' }
    return false
  })
}

async function judge(store: AudienceStore, principal: Principal, document: IncomingDocument): Promise<Verdict> {
  const { found } = await store.openRevisions(document._id, 'all')
  const live = found.filter((leaf) => !leaf._deleted)
  const stored: StoredDocument | undefined = live.length > 1 ? await store.get(document._id) : live[0]
  return judgeWrite(principal, {
    audience: store.audience,
    document: forRules(document),
    stored: stored && forRules(stored),
    liveLeaves: live.length,
  })
}

const forRules = (document: IncomingDocument): Record<string, unknown> => ({
  ...contentOf(document),
  _id: document._id,
  ...(document._deleted ? { _deleted: true } : {}),
})

const refusedAnswer = (names: { _id: string; _rev?: string | undefined }, refusal: Refusal): WriteAnswer => ({
  kind: 'refused',
  id: names._id,
  ...(names._rev === undefined ? {} : { rev: names._rev }),
  reason: refusal.reason,
  ...(refusal.faults ? { faults: refusal.faults } : {}),
})

function namesOf(given: unknown): { _id: string; _rev?: string } {
  const { _id, _rev } = (given ?? {}) as { _id?: unknown; _rev?: unknown }
  return { _id: typeof _id === 'string' ? _id : '', ...(typeof _rev === 'string' ? { _rev } : {}) }
}

const reasonFor = (given: unknown): 'no-code' | 'invalid' =>
  namesOf(given)._id.startsWith('_design/') ? 'no-code' : 'invalid'
