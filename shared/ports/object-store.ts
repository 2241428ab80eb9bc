/**
 * Why an object store did not do what was asked of it: nobody answered, or not now (`unreachable`); it said no, so that
 * its key, its rights or its settings have to be mended (`refused`); or there is no such object (`missing`).
 */
export type ObjectStoreFaultKind = 'unreachable' | 'refused' | 'missing'

/** The message says what was asked, where, and how to mend it; it holds neither keys nor contents. */
export class ObjectStoreFault extends Error {
  override readonly name = 'ObjectStoreFault'
  readonly kind: ObjectStoreFaultKind
  /** The word of whoever refused or was not reached, such as `AccessDenied` or `ECONNREFUSED`. */
  readonly code: string

  constructor(kind: ObjectStoreFaultKind, code: string, message: string) {
    super(message)
    this.kind = kind
    this.code = code
  }
}

/**
 * Bytes under names, each written and replaced whole, which nobody but the holder of the key reads. Names are letters,
 * digits, `.`, `_` and `-`, in folders by `/`. Everything throws `ObjectStoreFault`.
 */
export interface ObjectStore {
  /** Proves that objects can be written, read by the key alone, and removed so that nothing of them is kept. */
  check(): Promise<void>
  /** Stores an object durably, over what is there under its name. */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** The bytes from `start` to `end`, both counted in; settles once they begin to come. */
  read(name: string, range: { readonly start: number; readonly end: number }): Promise<AsyncIterable<Uint8Array>>
  /** The number of bytes of an object; undefined when there is none. */
  size(name: string): Promise<number | undefined>
  /** Removes an object; one that is not there is removed already. */
  remove(name: string): Promise<void>
  /** The names that begin with a prefix. */
  names(prefix: string): AsyncIterable<string>
  /** Breaks off what is under way. */
  close(): void
}

const namePattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/

/** The name of an object, which may become part of a path or an address. Throws `TypeError` where it must not. */
export function checkedName(name: string): string {
  if (!namePattern.test(name)) throw new TypeError('a name of an object is letters, digits, ".", "_" and "-"')
  return name
}
