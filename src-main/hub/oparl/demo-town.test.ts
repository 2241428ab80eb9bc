import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { makeTown, profiles } from '../../../scripts/demo/index.ts'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { DocumentStore } from '../../../shared/ports/document-store.ts'
import { startCatalogue } from '../catalogue/catalogue.ts'
import { auditPublication } from '../publisher/audit.ts'
import { startPublisher } from '../publisher/publisher.ts'
import { openSqliteStore } from '../store/index.ts'
import { oparlRoutes } from './oparl.ts'
import { walkOparl } from './walk.suite.ts'

const publicUrl = 'https://rat.example.org'

async function openStore(): Promise<DocumentStore> {
  const folder = await mkdtemp(join(tmpdir(), 'oparl-demo-'))
  const store = await openSqliteStore({ folder })
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })
  return store
}

/** Every record of the demo town; its files are described without making their bytes. */
function demoRecords(): AnyRecord[] {
  const { records, prints } = makeTown(profiles.small, '2026-05-04')
  const stamps = { schema: 1, created: '2026-05-01T08:00:00Z', modified: '2026-05-01T08:00:00Z' } as const
  const files = prints.map(({ id, term, name, fileName, day }, index): AnyRecord => {
    const sha512 = index.toString(16).padStart(128, '0')
    const bytes = { mimeType: 'application/pdf', size: 1, sha512, date: day }
    return { _id: id, type: 'file', ...stamps, term, name, fileName, ...bytes }
  })
  return [...files, ...records]
}

it(
  'the demo town can be walked from System, and nothing of its closed matters is there',
  { timeout: 180_000 },
  async () => {
    const records = demoRecords()
    const store = await openStore()
    await (await store.open('office')).write(records.map((record) => ({ ...record })))
    const quiet = () => undefined
    const publisher = await startPublisher({ store, clock: Date.now, log: { info: quiet, warn: quiet, error: quiet } })
    const running = await startCatalogue({ store })
    const app = fastify()
    await app.register(oparlRoutes, { catalogue: running.catalogue, publicUrl })
    onTestFinished(async () => {
      await app.close()
      await publisher.stop()
      await running.stop()
    })
    const answers = await walkOparl(app, publicUrl)
    expect(answers.size).toBeGreaterThan(1000)
    const everything = [...answers.values()].join('\n')
    const closed = records.flatMap((record) =>
      record.type === 'agenda-item' && !record.public
        ? [record.name, record.closedReason, record.resolutionText]
        : (record.type === 'paper' || record.type === 'meeting') && !record.public
          ? [record.name]
          : [],
    )
    const open = new Set(
      records.flatMap((record) => ('public' in record && 'name' in record && record.public ? [record.name] : [])),
    )
    const neutral = new Set(
      records.flatMap((record) => (record.type === 'agenda-item' ? (record.publicTitle ?? []) : [])),
    )
    const secrets = closed.filter((text) => text !== undefined && !open.has(text) && !neutral.has(text))
    expect(secrets.length).toBeGreaterThan(20)
    expect(secrets.filter((secret) => everything.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([])
    expect(await auditPublication(store)).toEqual([])
  },
)
