/** Bytes named by their SHA-512 digest (lower-case hexadecimal): what a digest names never changes. */
export interface BlobStore {
  has(sha512: string): Promise<{ size: number } | undefined>
  /** Bytes from `start` to `end`, both counted in; undefined when there are none of that name. */
  read(sha512: string, range?: { start: number; end: number }): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Stores bytes whose digest the caller has checked, durably, before it settles. */
  put(sha512: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** As `has`, for whoever is about to name the bytes in a record: they count as put just now. */
  claim(sha512: string): Promise<{ size: number } | undefined>
  /**
   * Removes bytes unless they were put or claimed at or after an instant (milliseconds since 1970), in one step that no
   * claim comes between. Says whether they are gone.
   */
  removeUnclaimed(sha512: string, since: number): Promise<boolean>
  digests(): AsyncIterable<string>
}
