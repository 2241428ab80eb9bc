import { createHash, X509Certificate } from 'node:crypto'
import { connect, type TLSSocket } from 'node:tls'
import type { Session } from 'electron'
import type { HubAddress } from '../../../shared/ipc/contract.ts'

/** The pin of a certificate in PEM or DER: SHA-256 of its public key, base64url (RFC 7469 section 2.4). */
export function pinOf(certificate: string | Buffer): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64url')
}

/** What Chromium expects of a verifier: take the certificate, refuse it, or judge it as usual. */
const verdicts = { accept: 0, refuse: -2, asUsual: -3 } as const

/** Judges the certificate that a host shows, in PEM: the hub's by its pin alone, every other as usual. */
export function judgeCertificate(hub: HubAddress | null, hostname: string, certificate: string): number {
  if (!hub?.fingerprint || new URL(hub.origin).hostname !== hostname) return verdicts.asUsual
  return pinOf(certificate) === hub.fingerprint ? verdicts.accept : verdicts.refuse
}

/**
 * Pins the hub's certificate for every connection of the session. Chromium keeps verdicts until the app ends.
 *
 * @param onRefused another certificate was shown under the hub's name
 */
export function pinHub(session: Session, hub: HubAddress, onRefused: () => void): void {
  if (!hub.fingerprint) return session.setCertificateVerifyProc(null)
  session.setCertificateVerifyProc(({ hostname, certificate }, answer) => {
    const verdict = judgeCertificate(hub, hostname, certificate.data)
    answer(verdict)
    if (verdict === verdicts.refuse) onRefused()
  })
}

/** Connects to a hub and looks at its certificate before a byte is sent. `limit` in milliseconds. */
export function connectPinned(
  hub: HubAddress,
  limit: number,
): Promise<TLSSocket | 'unreachable' | 'other-certificate'> {
  const { hostname, port } = new URL(hub.origin)
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 443),
      // A pinned hub vouches for itself; without a pin an authority has to.
      rejectUnauthorized: hub.fingerprint === undefined,
      ...(/^[\d.]+$|^\[/.test(hostname) ? {} : { servername: hostname }),
      timeout: limit,
    })
    const give = (outcome: TLSSocket | 'unreachable' | 'other-certificate') => {
      if (outcome !== socket) socket.destroy()
      socket.removeAllListeners('timeout')
      resolve(outcome)
    }
    socket.once('timeout', () => give('unreachable'))
    socket.once('error', (error: NodeJS.ErrnoException) =>
      give(isCertificateError(error) ? 'other-certificate' : 'unreachable'),
    )
    socket.once('secureConnect', () => {
      const shown = socket.getPeerCertificate().raw
      give(hub.fingerprint && pinOf(shown) !== hub.fingerprint ? 'other-certificate' : socket)
    })
  })
}

const isCertificateError = (error: NodeJS.ErrnoException): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(error.code ?? '')
