import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { checkedName, ObjectStoreFault, type ObjectStore } from '../../../shared/ports/object-store.ts'
import { prove } from './prove.ts'

/** What a file system says when what it stands on is away for the moment. */
const away = ['ENOENT', 'EIO', 'ESTALE', 'ETIMEDOUT', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENOTCONN', 'ENODEV', 'EBUSY']

/** Objects as files of one folder, such as a mounted share. The folder is never made: where it is missing, no share is. */
export class FolderObjectStore implements ObjectStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  check(): Promise<void> {
    return prove(this)
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(name)
    const unfinished = join(this.#folder, `.${randomUUID()}`)
    await this.#try('write', async () => {
      try {
        const file = await open(unfinished, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await rename(unfinished, path)
      } catch (fault) {
        await rm(unfinished, { force: true }).catch(() => undefined)
        throw fault
      }
    })
  }

  async read(name: string, { start, end }: { start: number; end: number }): Promise<AsyncIterable<Uint8Array>> {
    const path = this.#pathOf(name)
    return this.#try('read', async () => {
      const file = await this.#unlessMissing(open(path, 'r'))
      if (!file) throw new ObjectStoreFault('missing', 'ENOENT', `There is no ${path}.`)
      return this.#chunksOf(file.createReadStream({ start, end }) as AsyncIterable<Buffer>)
    })
  }

  async size(name: string): Promise<number | undefined> {
    const path = this.#pathOf(name)
    return this.#try('read', async () => (await this.#unlessMissing(stat(path)))?.size)
  }

  async remove(name: string): Promise<void> {
    const path = this.#pathOf(name)
    await this.#try('remove', async () => {
      await this.#unlessMissing(rm(path))
    })
  }

  async *names(prefix: string): AsyncIterable<string> {
    const entries = await this.#try('list', () => readdir(this.#folder, { recursive: true, withFileTypes: true }))
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name).slice(this.#folder.length + 1)
      const name = path.split(sep).join('/')
      if (entry.isFile() && !entry.name.startsWith('.') && name.startsWith(prefix)) yield name
    }
  }

  close(): void {
    // Files hold nothing open between two calls.
  }

  #pathOf(name: string): string {
    return join(this.#folder, checkedName(name))
  }

  /** What a promise gives, or undefined when the folder is there and holds no such file. */
  async #unlessMissing<Value>(asked: Promise<Value>): Promise<Value | undefined> {
    try {
      return await asked
    } catch (fault) {
      if (codeOf(fault) !== 'ENOENT') throw fault
      await stat(this.#folder)
      return undefined
    }
  }

  async *#chunksOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes
    } catch (fault) {
      throw this.#faultOf('read', fault)
    }
  }

  async #try<Value>(action: string, work: () => Promise<Value>): Promise<Value> {
    try {
      return await work()
    } catch (fault) {
      throw fault instanceof ObjectStoreFault ? fault : this.#faultOf(action, fault)
    }
  }

  #faultOf(action: string, fault: unknown): ObjectStoreFault {
    const code = codeOf(fault)
    return away.includes(code)
      ? new ObjectStoreFault(
          ...(['unreachable', code] as const),
          `The folder ${this.#folder} is not there (${code}). Mount it, or name another one under "recordings.at".`,
        )
      : new ObjectStoreFault(
          ...(['refused', code] as const),
          `The folder ${this.#folder} does not let the hub ${action} (${code}). Give it to the user that runs the hub, and look whether it is full.`,
        )
  }
}

const codeOf = (fault: unknown): string => (fault as NodeJS.ErrnoException).code ?? 'unknown'
