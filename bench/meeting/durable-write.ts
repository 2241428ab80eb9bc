import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const writes = 40
/** Bytes of the five pages by which an event makes the log of the store longer. */
const eventOnDisk = 20_480

/** Milliseconds of each of several durable writes as long as an event: what no echo pays, and every event does. */
export async function durableWrites(): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-disk-'))
  const file = openSync(join(folder, 'log'), 'w')
  const measured = Array.from({ length: writes }, (_, index) => {
    const begin = performance.now()
    writeSync(file, Buffer.alloc(eventOnDisk, index))
    fsyncSync(file)
    return performance.now() - begin
  })
  closeSync(file)
  await rm(folder, { recursive: true })
  return measured
}
