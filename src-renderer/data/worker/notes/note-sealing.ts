import {
  noteContentSchema,
  readAs,
  type Notebook,
  type NoteContent,
  type SealedNote,
} from '../../../../shared/council/own-note.ts'
import { base64ToBytes, bytesToBase64 } from '../base64.ts'
import { seal, sealText, unseal, unsealText } from '../store/sealing.ts'

/** OWASP Password Storage Cheat Sheet: PBKDF2 with HMAC-SHA-256. */
const iterations = 600_000
const bits = 256
const algorithm = { name: 'AES-GCM', length: bits }

/**
 * Bits that only a password makes, for one account. The account's id is the salt: it is as unique as one of chance, and
 * known before anything of the account was fetched.
 */
export async function bitsFromPassword(account: string, password: string): Promise<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder()
  const given = await crypto.subtle.importKey('raw', utf8.encode(password.normalize('NFKC')), 'PBKDF2', false, [
    'deriveBits',
  ])
  const salt = utf8.encode(`ratssaal notes ${account}`)
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, given, bits),
  )
}

const importKey = (raw: BufferSource): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, algorithm, false, ['encrypt', 'decrypt'])

/** A new notebook, and the key that seals its notes. */
export async function makeNotebook(
  id: string,
  passwordKey: CryptoKey,
): Promise<{ notebook: Notebook; key: CryptoKey }> {
  const raw = crypto.getRandomValues(new Uint8Array(bits / 8))
  const notebook = await sealNotebook(id, passwordKey, raw)
  return { notebook, key: await importKey(raw) }
}

/** The key of a notebook; undefined when it was sealed under another password. */
export async function openNotebook(
  { _id, key }: Notebook,
  passwordKey: CryptoKey,
): Promise<{ key: CryptoKey; reseal: (under: CryptoKey) => Promise<Notebook> } | undefined> {
  const raw = await unseal(passwordKey, _id, base64ToBytes(key)).catch(() => undefined)
  if (!raw) return undefined
  return { key: await importKey(raw), reseal: (under) => sealNotebook(_id, under, raw) }
}

async function sealNotebook(id: string, passwordKey: CryptoKey, raw: BufferSource): Promise<Notebook> {
  const key = bytesToBase64(await seal(passwordKey, id, raw))
  return { _id: id, type: 'notebook', schema: 1, key }
}

/** Bound to its note and notebook, so that no content can be passed off as another's. */
const nameOf = (id: string, notebook: string): string => `${notebook}/${id}`

export async function sealNote(
  id: string,
  notebook: { readonly id: string; readonly key: CryptoKey },
  content: NoteContent,
): Promise<SealedNote> {
  const bytes = await sealText(notebook.key, nameOf(id, notebook.id), JSON.stringify(content))
  return { _id: id, type: 'note', schema: 1, notebook: notebook.id, content: bytesToBase64(bytes) }
}

/** Undefined for what this key does not open. */
export async function openNote(note: SealedNote, key: CryptoKey): Promise<NoteContent | undefined> {
  const text = await unsealText(key, nameOf(note._id, note.notebook), base64ToBytes(note.content)).catch(
    () => undefined,
  )
  const content = text === undefined ? undefined : readAs(noteContentSchema, JSON.parse(text))
  return content?.ok ? content.value : undefined
}
