import { MessageChannel, Worker } from 'node:worker_threads'
import { failed, success, type Result } from '../../../shared/result.ts'

/** What is to be set: the template's data as JSON, and the standard that the PDF keeps. */
export interface TypesetJob {
  readonly data: string
  readonly standard: 'ua-1' | 'a-2a'
}

/** Characters that no shipped font has, or that the standard forbids; each as it stands in the text. */
export interface MissingLetters {
  readonly letters: readonly string[]
}

export type TypesetAnswer = { readonly pdf: Uint8Array } | MissingLetters | { readonly fault: true }

/** A thread of its own, so that the hub answers others while it sets. */
interface Typesetter {
  readonly worker: Worker
  /** Rejects when the thread ends, with what ended it. */
  readonly ended: Promise<never>
}

let current: Typesetter | undefined

const hasEnded = (): Error => new Error('The thread that sets documents has ended.')

function start(): Typesetter {
  const worker = new Worker(new URL('./typesetter-thread.ts', import.meta.url))
  // An answer that is waited for keeps the process alive; the idle thread does not.
  worker.unref()
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => {
      current = undefined
      reject(hasEnded())
    })
  })
  ended.catch(() => undefined)
  return { worker, ended }
}

/** Sets minutes as PDF, one job after the other. Faults never quote the text. */
export async function typeset(job: TypesetJob): Promise<Result<Uint8Array, MissingLetters>> {
  current ??= start()
  const { worker, ended } = current
  const { port1: answers, port2: port } = new MessageChannel()
  const answered = new Promise<TypesetAnswer>((resolve, reject) => {
    answers.once('message', resolve)
    answers.once('close', () => reject(hasEnded()))
  })
  worker.postMessage({ job, port }, [port])
  try {
    const answer = await Promise.race([answered, ended])
    if ('fault' in answer) throw new Error('The document could not be set.')
    return 'pdf' in answer ? success(answer.pdf) : failed(answer)
  } finally {
    answers.close()
  }
}
