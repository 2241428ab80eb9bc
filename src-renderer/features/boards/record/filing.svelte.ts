import { ulid } from 'ulid'
import { mostAuthors, type FileToAdd, type FilingPlan } from '../../../../shared/hub-api/board-files.ts'
import type { ApiFailureCode } from '../../../../shared/hub-api/contract.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { OparlFile } from '../../../../shared/oparl/index.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import type { FilingHindrance, ItemReach } from '../../../../shared/rules/board.ts'
import type { BoardFilingLink } from '../../../data/contract.ts'
import { makeFiles, type About, type MadeFile } from './made-files.ts'
import type { Snapshot } from './snapshot.ts'

type Failure = ApiFailureCode | 'unreachable'

const hindrances: Readonly<Record<FilingHindrance | 'empty', () => string>> = {
  'no-item': m.boards_record_no_item,
  unpublished: m.boards_record_unpublished,
  paper: m.boards_record_paper,
  doors: m.boards_record_doors,
  empty: m.boards_record_empty,
}
const faults: Readonly<Partial<Record<Failure, () => string>>> = {
  unreachable: m.boards_record_offline,
  'at-rest': m.boards_at_rest,
  conflict: m.boards_record_changed,
  'not-found': m.boards_missing,
  forbidden: m.boards_record_forbidden,
  'too-large': m.boards_record_too_large,
}
const sentenceFor = (failure: Failure): string => (faults[failure] ?? m.boards_record_failed)()

/** How far it is: the board is read, or cannot be added, or is looked at; files are made and sent; it is done. */
export type FilingStand =
  | { readonly phase: 'reading' }
  | { readonly phase: 'hindered'; readonly because: string }
  | { readonly phase: 'ready'; readonly snapshot: Snapshot; readonly reach: ItemReach }
  /** `done` counts files that are made, and bytes that are sent. */
  | { readonly phase: 'making' | 'sending'; readonly done: number; readonly of: number }
  | { readonly phase: 'done'; readonly files: readonly OparlFile[] }

/** A file and the id that it keeps through every try. */
type Prepared = MadeFile & Pick<FileToAdd, 'id'>

/** Adding one state of a board to the record of its item. */
export class Filing {
  stand: FilingStand = $state.raw({ phase: 'reading' })
  /** What went wrong last, in a sentence. */
  fault: string | undefined = $state()
  /** Of those who drew. */
  names: readonly string[] = $state.raw([])
  /** How many more drew, of whom no account is known. */
  unknown = $state(0)
  readonly #link: BoardFilingLink
  readonly #take: () => Promise<Snapshot>
  #snapshot: Snapshot | undefined
  #prepared: { readonly name: string; readonly files: readonly Prepared[] } | undefined
  #isClosed = false

  /** @param take reads the board as it is */
  constructor(link: BoardFilingLink, take: () => Promise<Snapshot>) {
    this.#link = link
    this.#take = take
  }

  /** Reads the board anew, and asks the hub what adding it would do. */
  async look(): Promise<void> {
    this.stand = { phase: 'reading' }
    this.#snapshot?.close()
    this.#snapshot = this.#prepared = undefined
    try {
      const snapshot = await this.#take()
      if (this.#isClosed) return snapshot.close()
      this.#snapshot = snapshot
      if (snapshot.drawn.length === 0) return this.#hinder(hindrances.empty())
      const plan = await this.#link.plan(namable(snapshot))
      if (plan.ok) this.#learn(snapshot, plan.value)
      else this.#hinder(sentenceFor(plan.failure === 'unreachable' ? plan.failure : plan.failure.error))
    } catch (thrown) {
      this.#hinder(m.boards_record_failed())
      throw thrown
    }
  }

  #learn(snapshot: Snapshot, { outlook, names }: FilingPlan): void {
    if ('hindrance' in outlook) return this.#hinder(hindrances[outlook.hindrance]())
    this.names = names.map(({ name }) => name).sort((a, b) => a.localeCompare(b))
    this.unknown = snapshot.authors.length - names.length
    this.stand = { phase: 'ready', snapshot, reach: outlook.reach }
  }

  #hinder(because: string): void {
    this.stand = { phase: 'hindered', because }
  }

  /** Makes the files, sends them and adds them. Afterwards it is done, or ready for another try with a `fault`. */
  async add(about: Pick<About, 'name' | 'item'>): Promise<void> {
    const ready = this.stand
    if (ready.phase !== 'ready') return
    this.fault = undefined
    try {
      const files = await this.#prepare(ready.snapshot, about)
      const outcome = await this.#bring(files, ready)
      if (!outcome || this.#isClosed) return
      if (outcome.ok) this.stand = { phase: 'done', files: outcome.value }
      else await this.#fail(ready, outcome.failure)
    } catch (thrown) {
      this.stand = ready
      this.fault = m.boards_record_failed()
      throw thrown
    }
  }

  async #fail(ready: FilingStand, failure: Failure): Promise<void> {
    // Who would read it by now is told before the person decides again.
    if (failure === 'conflict') await this.look()
    else this.stand = ready
    this.fault = failure === 'unreachable' ? m.boards_record_lost() : sentenceFor(failure)
  }

  /** What was made for a try that failed is what the next one sends. */
  async #prepare(snapshot: Snapshot, about: Pick<About, 'name' | 'item'>): Promise<readonly Prepared[]> {
    if (this.#prepared?.name === about.name) return this.#prepared.files
    const of = snapshot.drawn.length + 1
    this.stand = { phase: 'making', done: 0, of }
    const whole = { ...about, names: this.names, unknown: this.unknown }
    const made = await makeFiles(snapshot, whole, (done) => (this.stand = { phase: 'making', done, of }))
    const files = made.map((file) => ({ ...file, id: `file:${ulid()}` as const }))
    this.#prepared = { name: about.name, files }
    return files
  }

  /** Undefined when nobody wants it any more. */
  async #bring(
    files: readonly Prepared[],
    { reach, snapshot }: FilingStand & { phase: 'ready' },
  ): Promise<Result<readonly OparlFile[], Failure> | undefined> {
    const of = files.reduce((sum, { bytes }) => sum + bytes.size, 0)
    const named: FileToAdd[] = []
    let before = 0
    for (const { bytes, ...file } of files) {
      if (this.#isClosed) return undefined
      const sent = await this.#link.send(bytes, (count) => {
        this.stand = { phase: 'sending', done: before + count, of }
      })
      if (!sent.ok) return sent
      before += bytes.size
      named.push({ ...file, sha512: sent.value })
    }
    if (this.#isClosed) return undefined
    const added = await this.#link.add({ reach, authors: namable(snapshot), files: named })
    if (added.ok) return success(added.value)
    return failed(added.failure === 'unreachable' ? added.failure : added.failure.error)
  }

  /** Ends; what was not added yet is not added. */
  close(): void {
    this.#isClosed = true
    this.#snapshot?.close()
  }
}

const namable = ({ authors }: Snapshot): string[] => authors.slice(0, mostAuthors)
