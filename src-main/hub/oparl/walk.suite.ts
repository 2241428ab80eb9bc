import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { expect } from 'vitest'
import { objectSchemas, pageSchema, tombstone } from './schema.suite.ts'

type Json = Readonly<Record<string, unknown>>

/** Checks an object against the specification's schema of its type. */
export function checkObject(object: Json): void {
  if (object['deleted'] === true) return void v.parse(tombstone, object)
  const name = String(object['type']).split('/').at(-1) as keyof typeof objectSchemas
  v.parse(objectSchemas[name], object)
}

/** Every address of the interface that occurs in a value, links back and lists included. */
function addressesIn(value: unknown, system: string): string[] {
  if (typeof value === 'string') return value.startsWith(system) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((entry) => addressesIn(entry, system))
}

/**
 * Follows every link from System. Fails on a link that leads nowhere, an object or page that is not as specified, an
 * address that is not the object's id. Returns everything that was answered, by address.
 */
export async function walkOparl(app: FastifyInstance, publicUrl: string): Promise<Map<string, string>> {
  const system = `${publicUrl}/oparl/v1.1`
  const seen = new Map<string, string>()
  const waiting = [system]
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (seen.has(address)) continue
    const answer = await app.inject({ method: 'GET', url: address.replace(publicUrl, '') })
    expect({ address, status: answer.statusCode }).toEqual({ address, status: 200 })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    seen.set(address, answer.body)
    const body = answer.json<Json>()
    const page = v.safeParse(pageSchema, body)
    if (page.success) {
      const { data, pagination, links } = page.output
      expect(data.length > 0 || pagination.totalElements === 0).toBe(true)
      expect('next' in links).toBe(pagination.currentPage < pagination.totalPages)
      for (const object of data) checkObject(object)
    } else {
      checkObject(body)
      expect(body['id']).toBe(address)
    }
    waiting.push(...addressesIn(body, system))
  }
  return seen
}
