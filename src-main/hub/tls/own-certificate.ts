// @peculiar/x509 needs this polyfill before it loads.
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  webcrypto,
  X509Certificate,
} from 'node:crypto'
import { isIP } from 'node:net'

const dayMs = 86_400_000
/** Apple's platforms refuse server certificates that hold longer. */
const validDays = 825
const renewDaysBeforeEnd = 60
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A private key for a hub's own certificate, as PEM (PKCS #8). */
export const makePrivateKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** A certificate for host names and addresses, signed by its own key; PEM. */
export async function makeCertificate(privateKeyPem: string, hosts: readonly string[], now: Date): Promise<string> {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: 'CN=Ratssaal',
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(now.getTime() + (validDays - 1) * dayMs),
    keys: await keysOf(privateKeyPem),
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
    ],
  })
  return `${certificate.toString('pem')}\n`
}

/** Whether a certificate does no longer do: another key's, near its end, or without one of the hosts. */
export function isStale(certificatePem: string, privateKeyPem: string, hosts: readonly string[], now: Date): boolean {
  const certificate = new X509Certificate(certificatePem)
  if (!certificate.checkPrivateKey(createPrivateKey(privateKeyPem))) return true
  if (certificate.validToDate.getTime() - now.getTime() < renewDaysBeforeEnd * dayMs) return true
  return !hosts.every((host) => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)))
}

async function keysOf(privateKeyPem: string): Promise<webcrypto.CryptoKeyPair> {
  const { subtle } = webcrypto
  const privateKey = createPrivateKey(privateKeyPem)
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' })
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return {
    privateKey: await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
    publicKey: await subtle.importKey('spki', spki, algorithm, true, ['verify']),
  }
}
