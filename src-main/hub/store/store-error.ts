export type StoreErrorCode = 'locked' | 'unwritable' | 'damaged' | 'newer' | 'full' | 'unreachable'

/** The store cannot be used as it is. The message says what, where and how to mend it, and holds no content. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  /** The file, folder or address that is concerned; never with a password. */
  readonly place: string

  constructor(code: StoreErrorCode, place: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
    this.place = place
  }
}
