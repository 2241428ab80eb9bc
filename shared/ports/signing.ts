/** Digests and signatures as hosts provide them; all text is UTF-8. */
export interface Signing {
  /** SHA-256, in hexadecimal digits. */
  digest(text: string): Promise<string>
  /** SHA-256 of a raw public key that is given in base 64, in hexadecimal digits; empty for anything malformed. */
  fingerprint(publicKey: string): Promise<string>
  /**
   * Whether an Ed25519 signature (RFC 8032) of the text was made with the key; false for anything malformed.
   *
   * @param publicKey raw, base 64
   * @param signature base 64
   */
  verify(publicKey: string, text: string, signature: string): Promise<boolean>
}
