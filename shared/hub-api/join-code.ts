import { failed, success, type Result } from '../result.ts'

/** Where a hub is and, when no authority vouches for its certificate, how to know it. */
export interface JoinCode {
  /** Scheme, host and port, without a path. */
  readonly origin: string
  /**
   * SHA-256 of the certificate's public key (SubjectPublicKeyInfo in DER; the pin of RFC 7469 section 2.4), base64url
   * without padding. A renewed certificate of the same key keeps it.
   */
  readonly fingerprint?: string
}

const scheme = 'ratssaal://join'
const originPattern = /^https?:\/\/(?:\[[0-9a-fA-F:.]+\]|[^\s/?#@:[\]]+)(?::\d{1,5})?$/
const loopbackPattern = /^http:\/\/(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/
const fingerprintPattern = /^[\w-]{43}$/

/** The link that a desktop app opens to join a hub; it fits into a QR code. */
export function joinCodeToLink({ origin, fingerprint }: JoinCode): string {
  const hub = `hub=${encodeURIComponent(origin)}`
  return `${scheme}?${fingerprint === undefined ? hub : `${hub}&key=${fingerprint}`}`
}

export type JoinCodeFault =
  | 'no-join-link'
  | 'no-origin'
  /** Plain HTTP leads only to this very machine. */
  | 'insecure-origin'
  | 'bad-fingerprint'

/** Reads a join link, as it was scanned or pasted. */
export function linkToJoinCode(link: string): Result<JoinCode, JoinCodeFault> {
  const [, query] = /^ratssaal:\/\/join\/?\?([^#\s]*)$/i.exec(link.trim()) ?? []
  if (query === undefined) return failed('no-join-link')
  const fields = new Map<string, string>()
  for (const pair of query.split('&')) {
    const [key = '', value = ''] = pair.split('=', 2)
    try {
      fields.set(key, decodeURIComponent(value))
    } catch {
      return failed('no-join-link')
    }
  }
  const origin = fields.get('hub')
  if (origin === undefined || !originPattern.test(origin)) return failed('no-origin')
  if (origin.startsWith('http:') && !loopbackPattern.test(origin)) return failed('insecure-origin')
  const fingerprint = fields.get('key')
  if (fingerprint === undefined) return success({ origin })
  return fingerprintPattern.test(fingerprint) ? success({ origin, fingerprint }) : failed('bad-fingerprint')
}
