const utf8 = new TextEncoder()
const text = new TextDecoder()
/** NIST SP 800-38D: 96 random bits are the recommended initialisation vector. */
const vectorBytes = 12

/** Encrypts bytes by AES-GCM; `name` is bound to them, so that they cannot be passed off as something else's. */
export async function seal(key: CryptoKey, name: string, bytes: BufferSource): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(vectorBytes))
  const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8.encode(name) }, key, bytes)
  const sealed = new Uint8Array(vectorBytes + cipher.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(cipher), vectorBytes)
  return sealed
}

/** Throws an `OperationError` when the key, the name or the bytes are others than at sealing. */
export function unseal(key: CryptoKey, name: string, sealed: Uint8Array): Promise<ArrayBuffer> {
  const bytes = sealed as Uint8Array<ArrayBuffer>
  return crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: bytes.subarray(0, vectorBytes), additionalData: utf8.encode(name) },
    key,
    bytes.subarray(vectorBytes),
  )
}

/** Text under a key; without one it is only encoded, for what everybody may read. */
export const sealText = async (key: CryptoKey | undefined, name: string, plain: string): Promise<Uint8Array> =>
  key ? seal(key, name, utf8.encode(plain)) : utf8.encode(plain)

export const unsealText = async (key: CryptoKey | undefined, name: string, sealed: Uint8Array): Promise<string> =>
  text.decode(key ? await unseal(key, name, sealed) : sealed)

const readable = new Set(['_id', '_rev', '_revisions', '_deleted', '_attachments'])

/** Handlers for transform-pouch: at rest a document shows its id and revisions, nothing else. */
export const sealDocuments = (key: CryptoKey) => ({
  async incoming(document: object): Promise<object> {
    const [kept, hidden] = split(document)
    if (Object.keys(hidden).length === 0) return kept
    return { ...kept, sealed: await sealText(key, String(kept['_id']), JSON.stringify(hidden)) }
  },
  async outgoing(document: object): Promise<object> {
    if (!('sealed' in document)) return document
    const { sealed, ...kept } = document as { _id: string; sealed: Uint8Array }
    return { ...kept, ...(JSON.parse(await unsealText(key, kept._id, sealed)) as object) }
  },
})

function split(document: object): [Record<string, unknown>, Record<string, unknown>] {
  const [kept, hidden]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
  for (const [field, value] of Object.entries(document)) (readable.has(field) ? kept : hidden)[field] = value
  return [kept, hidden]
}
