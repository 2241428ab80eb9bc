import { writeSync } from 'node:fs'
import type { AudienceStore, IncomingDocument } from '../../../../shared/ports/document-store.ts'
import { openSqliteStore } from '../index.ts'
import type { Acknowledgement } from './kill-rounds.ts'

/**
 * Writes into the store of a folder for ever and acknowledges every batch on its standard output, until it is killed.
 * In `public` each batch also replaces the document before, which removes its body and empties the log.
 */
const [folder = '', round = ''] = process.argv.slice(2)
const store = await openSqliteStore({ folder })

async function* batches(audience: AudienceStore): AsyncGenerator<Acknowledgement, never> {
  let last: { id: string; rev: string } | undefined
  for (let batch = 0; ; batch += 1) {
    const documents: IncomingDocument[] = Array.from({ length: 1 + ((batch * 7) % 20) }, (_, index) => ({
      _id: `record:${round}-${batch}-${index}`,
      text: 'Beschlussvorlage '.repeat(40),
    }))
    if (last) documents.push({ _id: last.id, _rev: last.rev, batch })
    const outcomes = await audience.write(documents)
    const revs = outcomes.flatMap((outcome) => (outcome.ok ? [{ id: outcome.id, rev: outcome.rev }] : []))
    if (revs.length !== documents.length) throw new Error(`refused: ${JSON.stringify(outcomes)}`)
    last = revs[0]
    yield { audience: audience.audience, revs }
  }
}

const sources = [batches(await store.open('office')), batches(await store.open('public'))]
for (;;)
  for (const source of sources) {
    const { value } = await source.next()
    writeSync(1, `${JSON.stringify(value)}\n`)
  }
