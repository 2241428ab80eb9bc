import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { chromium, type Browser } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import type { DocumentStore } from '../../../shared/ports/document-store.ts'
import { startCatalogue } from '../catalogue/catalogue.ts'
import { startPublisher } from '../publisher/publisher.ts'
import { openSqliteStore } from '../store/index.ts'
import { siteRoutes } from './site.ts'

export const publicUrl = 'https://rat.example.org'
const clock = (): number => Date.parse('2026-05-04T09:00:00Z')

/** A site over a real store: what it shows was published from `office` and from the logs of meetings. */
export interface ServedSite {
  readonly app: FastifyInstance
  /** Writes more records over what is there, and waits until the site shows them. */
  save(records: readonly AnyRecord[]): Promise<void>
  /** Adds documents to an audience, such as events, and waits until the site shows what follows from them. */
  add(audience: Audience, documents: readonly { readonly _id: string }[]): Promise<void>
  /** Listens on a port of its own; returns its origin. */
  listen(): Promise<string>
  close(): Promise<void>
}

/** Publishes records and serves the site from what became public, until the test is over or `close` is called. */
export async function serveSite(records: readonly AnyRecord[]): Promise<ServedSite> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'))
  const store = await openSqliteStore({ folder })
  const quiet = () => undefined
  const publisher = await startPublisher({ store, clock, log: { info: quiet, warn: quiet, error: quiet } })
  const running = await startCatalogue({ store })
  const app = fastify()
  await app.register(siteRoutes, { catalogue: running.catalogue, publicUrl, timeZone: 'Europe/Berlin', clock })
  let ending: Promise<void> | undefined
  const close = (): Promise<void> =>
    (ending ??= (async () => {
      await app.close()
      await running.stop()
      await publisher.stop()
      await store.close()
      await rm(folder, { recursive: true })
    })())
  onTestFinished(close)
  const shown = async (): Promise<void> => {
    await publisher.caughtUp()
    await running.caughtUp()
  }
  const save = async (changed: readonly AnyRecord[]): Promise<void> => {
    await overwrite(store, changed)
    await shown()
  }
  await save(records)
  return {
    ...{ app, save, close },
    async add(audience, documents) {
      await (await store.open(audience)).write(documents)
      await shown()
    },
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
  }
}

async function overwrite(store: DocumentStore, records: readonly AnyRecord[]): Promise<void> {
  const office = await store.open('office')
  const documents = records.map(async (record) => ({ ...record, _rev: (await office.get(record._id))?._rev }))
  await office.write(await Promise.all(documents))
}

/** A browser that is gone when the test is over. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: sandboxArguments() })
  onTestFinished(() => browser.close())
  return browser
}
