import type { IncomingDocument, WriteOutcome } from '../../../../shared/ports/document-store.ts'
import { ancestryIn, readIncoming } from '../incoming.ts'
import { newestOf } from '../revision-tree.ts'
import { StoreError } from '../store-error.ts'
import type { CouchHttp } from './couch-http.ts'

interface BulkRow {
  readonly id: string
  readonly rev?: string
  readonly error?: string
  readonly reason?: string
}

/** Writes batches into one CouchDB database. */
export class CouchWriter {
  readonly #http: CouchHttp
  readonly #path: string

  constructor(http: CouchHttp, path: string) {
    this.#http = http
    this.#path = path
  }

  /** An outcome for each document; malformed ones are sorted out before, as CouchDB refuses a whole batch for one. */
  async write(documents: readonly IncomingDocument[], newEdits: boolean): Promise<WriteOutcome[]> {
    const checked = documents.map((document) => checkDocument(document, newEdits))
    const sound = checked.flatMap((check) => (check.ok ? [check.document] : []))
    const written = (await this.#send(sound, newEdits)).values()
    return checked.map((check) => (check.ok ? (written.next().value as WriteOutcome) : check.outcome))
  }

  /** Asks CouchDB to remove the contents of superseded revisions, which it does in the background. */
  async compact(): Promise<void> {
    await this.#http.ask('POST', `${this.#path}/_compact`, {}, [409])
  }

  async #send(documents: readonly IncomingDocument[], newEdits: boolean): Promise<WriteOutcome[]> {
    if (documents.length === 0) return []
    const content = { docs: documents, new_edits: newEdits }
    const { status, body } = await this.#http.ask('POST', `${this.#path}/_bulk_docs`, content, [412])
    if (status !== 412) return newEdits ? (body as BulkRow[]).map(outcomeOf) : replicatedOutcomes(documents, body)
    // A stub of an unknown attachment fails the whole batch: one by one shows whose it was.
    const [only] = documents
    if (only && documents.length === 1)
      return [badRequest(only._id, 'an attachment is a stub of bytes that the document does not have')]
    const outcomes: WriteOutcome[] = []
    for (const document of documents) outcomes.push(...(await this.#send([document], newEdits)))
    return outcomes
  }
}

const badRequest = (id: string, reason: string): WriteOutcome => ({ ok: false, id, error: 'bad_request', reason })

function checkDocument(
  document: IncomingDocument,
  newEdits: boolean,
): { ok: true; document: IncomingDocument } | { ok: false; outcome: WriteOutcome } {
  const id = String(document._id)
  const incoming = readIncoming(document)
  if (!incoming.ok) return { ok: false, outcome: badRequest(id, incoming.failure) }
  if (newEdits) return { ok: true, document }
  const revisions = ancestryIn(incoming.value)
  if (!revisions.ok) return { ok: false, outcome: badRequest(id, revisions.failure) }
  return { ok: true, document: { ...document, _rev: newestOf(revisions.value), _revisions: revisions.value } }
}

function outcomeOf({ id, rev, error, reason = '' }: BulkRow): WriteOutcome {
  if (error === undefined && rev !== undefined) return { ok: true, id, rev }
  if (error === 'conflict' || error === 'bad_request') return { ok: false, id, error, reason }
  throw new StoreError('unreachable', 'CouchDB', `CouchDB refuses a document with ${error}. Look into its log.`)
}

/** To replicated documents CouchDB answers with the failed ones alone. */
function replicatedOutcomes(documents: readonly IncomingDocument[], body: unknown): WriteOutcome[] {
  const failures = new Map((body as BulkRow[]).filter((row) => row.error).map((row) => [`${row.id} ${row.rev}`, row]))
  return documents.map(({ _id: id, _rev: rev = '' }) => {
    const failure = failures.get(`${id} ${rev}`)
    return failure ? outcomeOf(failure) : { ok: true, id, rev }
  })
}
