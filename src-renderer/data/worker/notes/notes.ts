import { ulid } from 'ulid'
import {
  joinTexts,
  longestNote,
  notebookSchema,
  readAs,
  sealedNoteSchema,
} from '../../../../shared/council/own-note.ts'
import { typeOfId } from '../../../../shared/oparl/record.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { userAudience } from '../../../../shared/rules/audience.ts'
import type { NoteFailure, OwnNote, OwnNotes } from '../../contract.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Secrets } from '../store/secrets.ts'
import type { Outbox } from '../sync/outbox.ts'
import type { Revision } from '../sync/revision.ts'
import { leavesOf, pendingFor } from '../sync/saving.ts'
import { makeNotebook, openNote, openNotebook, sealNote } from './note-sealing.ts'

export interface NotesNeeds {
  readonly databases: Databases
  readonly outbox: Outbox
  readonly secrets: Secrets
  readonly account: () => string | undefined
}

/** A note as one document says it; two devices may have begun one each about the same. */
interface Written {
  readonly id: string
  readonly about: string
  readonly text: string
}

/** Everything that could be read of the notes. */
interface Reading {
  readonly open: OpenCopy
  readonly keys: ReadonlyMap<string, CryptoKey>
  readonly passwordKeys: readonly CryptoKey[]
  readonly written: readonly Written[]
  readonly sealed: number
}

const nothing: OwnNotes = { phase: 'loading', sealed: 0, texts: new Map() }

/**
 * The person's own notes in `user-*`. They are sealed here, under the key of a notebook that only the person's password
 * opens: the hub stores and sends what it cannot read. What two devices wrote at the same time is shown joined, and
 * becomes one note with the next save.
 */
export class Notes {
  #needs: NotesNeeds
  #turn: Promise<unknown> = Promise.resolve()
  #due = false
  onChange: (notes: OwnNotes) => void = () => {}
  onFault: (fault: unknown) => void = () => {}

  constructor(needs: NotesNeeds) {
    this.#needs = needs
  }

  /** Some documents are others now, here or at the hub. */
  noteWritten(ids: readonly string[]): void {
    if (ids.some((id) => ['note', 'notebook'].includes(typeOfId(id) ?? ''))) this.look()
  }

  /** Reads the notes anew; many calls at once are one. */
  look(): void {
    if (this.#due) return
    this.#due = true
    this.#inTurn(async () => {
      this.#due = false
      await this.#tell()
    }).catch((fault: unknown) => this.onFault(fault))
  }

  /** Keeps a note; `before` is the text that the person began from. */
  save(about: string, text: string, before: string): Promise<Result<void, NoteFailure>> {
    return this.#inTurn(async () => {
      if (text.length > longestNote) return failed('too-long')
      const reading = await this.#read()
      if (!reading) return failed('signed-out')
      const notebook = await this.#notebook(reading)
      if (!notebook) return failed('locked')
      const [first, ...others] = reading.written.filter((note) => note.about === about)
      const current = textOf(reading.written, about)
      const whole = current === before || current === '' ? text : joinTexts([text, current])
      const id = first?.id ?? `note:${ulid()}`
      await this.#put(reading.open, { ...(await sealNote(id, notebook, { about, text: whole })) })
      for (const other of new Set(others.map((note) => note.id)))
        if (other !== id) await this.#put(reading.open, { _id: other, _deleted: true })
      await this.#tell()
      return success(undefined)
    })
  }

  async #tell(): Promise<void> {
    const reading = await this.#read()
    this.onChange(reading ? this.#shown(reading) : nothing)
  }

  #inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(act)
    this.#turn = turn.catch(() => {})
    return turn
  }

  #shown({ open, written, passwordKeys, sealed }: Reading): OwnNotes {
    const texts = new Map<string, OwnNote>()
    for (const about of new Set(written.map((note) => note.about)))
      texts.set(about, {
        text: textOf(written, about),
        ...this.#waitingOf(written.filter((note) => note.about === about)),
      })
    const phase = passwordKeys.length === 0 ? 'locked' : open.copy.seq === undefined ? 'loading' : 'ready'
    return { phase, sealed, texts }
  }

  #waitingOf(written: readonly Written[]): Omit<OwnNote, 'text'> {
    const rows = written.flatMap(({ id }) => this.#needs.outbox.get(id)?.row ?? [])
    const refusal = rows.find((row) => row.refusal)?.refusal
    return refusal ? { pending: false, refusal } : { pending: rows.length > 0 }
  }

  async #read(): Promise<Reading | undefined> {
    const { databases, secrets, account } = this.#needs
    const owner = account()
    const open = owner === undefined ? undefined : databases.find(userAudience(owner))
    if (owner === undefined || !open) return undefined
    const passwordKeys = await secrets.passwordKeys(owner)
    const keys = await this.#openNotebooks(open, passwordKeys)
    const written: Written[] = []
    let sealed = 0
    for (const leaf of await this.#leavesOfType(open, 'note')) {
      const note = readAs(sealedNoteSchema, leaf)
      const key = note.ok ? keys.get(note.value.notebook) : undefined
      const content = note.ok && key ? await openNote(note.value, key) : undefined
      if (content) written.push({ id: leaf._id, ...content })
      else sealed += 1
    }
    return { open, keys, passwordKeys, written, sealed }
  }

  /** A notebook that opens under the password of before is sealed under the present one. */
  async #openNotebooks(open: OpenCopy, passwordKeys: readonly CryptoKey[]): Promise<Map<string, CryptoKey>> {
    const keys = new Map<string, CryptoKey>()
    const [present, before] = passwordKeys
    for (const leaf of await this.#leavesOfType(open, 'notebook')) {
      const notebook = readAs(notebookSchema, leaf)
      if (!notebook.ok || !present || keys.has(leaf._id)) continue
      const opened = await openNotebook(notebook.value, present)
      const old = !opened && before ? await openNotebook(notebook.value, before) : undefined
      if (old) await this.#put(open, { ...(await old.reseal(present)) })
      const key = opened?.key ?? old?.key
      if (key) keys.set(leaf._id, key)
    }
    return keys
  }

  /** Any notebook that is open, else a new one; undefined without a password's key. */
  async #notebook({ open, keys, passwordKeys }: Reading): Promise<{ id: string; key: CryptoKey } | undefined> {
    const [known] = keys
    if (known) return { id: known[0], key: known[1] }
    const [present] = passwordKeys
    if (!present) return undefined
    const id = `notebook:${ulid()}`
    const { notebook, key } = await makeNotebook(id, present)
    await this.#put(open, { ...notebook })
    return { id, key }
  }

  /** Every living leaf of a type, what is saved here in place of what the hub has. */
  async #leavesOfType(open: OpenCopy, type: string): Promise<Revision[]> {
    const { databases, outbox } = this.#needs
    const stored = await databases.readType(open, type)
    const own = outbox.entries.filter((entry) => entry.open === open && typeOfId(entry.row.id) === type)
    const waiting = own.map(({ revisions }) => revisions[0])
    const leaves: Revision[] = [...waiting]
    for (const [id, document] of stored) {
      if (waiting.some(({ _id }) => _id === id)) continue
      leaves.push(...(document._conflicts ? await leavesOf(open, id) : [document as Revision]))
    }
    return leaves.filter((leaf) => !leaf._deleted).sort((a, b) => (a._id < b._id ? -1 : a._id > b._id ? 1 : 0))
  }

  #put(open: OpenCopy, content: { readonly _id: string; readonly [field: string]: unknown }): Promise<void> {
    const { outbox } = this.#needs
    return outbox.inTurn(content._id, async () => {
      const pending = await pendingFor(content, outbox.get(content._id), await leavesOf(open, content._id))
      await outbox.put(open, pending)
    })
  }
}

const textOf = (written: readonly Written[], about: string): string =>
  joinTexts(written.filter((note) => note.about === about).map(({ text }) => text))
