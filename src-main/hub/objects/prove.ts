import { randomBytes, randomUUID } from 'node:crypto'
import { ObjectStoreFault, type ObjectStore } from '../../../shared/ports/object-store.ts'

/**
 * Writes an object, reads a range of it, and removes it.
 *
 * @param whileThere what has to hold while the object is there
 */
export async function prove(
  store: Omit<ObjectStore, 'check'>,
  whileThere: (name: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const name = `proof-${randomUUID()}`
  const bytes = randomBytes(64)
  try {
    await store.put(name, bytes)
    await whileThere(name)
    const chunks: Uint8Array[] = []
    for await (const chunk of await store.read(name, { start: 8, end: 31 })) chunks.push(chunk)
    if (!Buffer.concat(chunks).equals(bytes.subarray(8, 32))) throw differs('What was stored is read as something else')
  } finally {
    await store.remove(name)
  }
  if ((await store.size(name)) !== undefined) throw differs('What was removed is still there')
}

const differs = (what: string): ObjectStoreFault =>
  new ObjectStoreFault(
    'refused',
    'unfit',
    `${what}. Look what stands between the hub and the store that "recordings.at" names.`,
  )
