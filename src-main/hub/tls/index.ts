import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Server as TlsServer } from 'node:tls'
import type { HubConfig } from '../config.ts'
import { StartFault } from '../start-fault.ts'
import { isStale, makeCertificate, makePrivateKey } from './own-certificate.ts'

/** Certificate chain and private key, PEM. */
export interface TlsPair {
  readonly cert: string
  readonly key: string
  /** Made by this hub: only whoever has the join code can know it. */
  readonly own: boolean
}

const checkEveryMs = 86_400_000

/** Whether nobody but this machine reaches an address to listen on. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

/**
 * What the hub proves itself with: the configured certificate; none on loopback, where it speaks plain HTTP; else one
 * of its own, which it makes, keeps in the data folder and renews by the same key.
 * Throws `StartFault` when configured files do not do.
 */
export async function loadTls(config: HubConfig, now = new Date()): Promise<TlsPair | undefined> {
  if (config.tls) return readPair(config.tls)
  if (isLoopback(config.listen.host)) return undefined
  return ownPair(join(config.data, 'tls'), hostsOf(config), now)
}

/** Looks every day whether the certificate is another one now, and shows it to new connections. Returns the end of it. */
export function keepFresh(server: TlsServer, config: HubConfig, onFault: (fault: unknown) => void): () => void {
  const refresh = async (): Promise<void> => {
    const pair = await loadTls(config)
    if (pair) server.setSecureContext(pair)
  }
  const timer = setInterval(() => void refresh().catch(onFault), checkEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** SHA-256 of a certificate's public key (RFC 7469 section 2.4), base64url without padding. */
export function fingerprintOf(certificatePem: string): string {
  const spki = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64url')
}

function readPair(paths: { certificate: string; key: string }): TlsPair {
  const cert = readPem('tls.certificate', paths.certificate)
  const key = readPem('tls.key', paths.key)
  let fits: boolean
  try {
    fits = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    throw new StartFault(
      `tls: ${paths.certificate} and ${paths.key} have to be a certificate and its private key (without a passphrase), both as PEM.`,
    )
  }
  if (!fits)
    throw new StartFault(
      `tls: the key ${paths.key} is not that of the certificate ${paths.certificate}. Name the two files that belong together.`,
    )
  return { cert, key, own: false }
}

function readPem(key: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code ?? 'unknown'
    throw new StartFault(`${key}: ${path} cannot be read (${code}). Check the path and who may read the file.`)
  }
}

async function ownPair(folder: string, hosts: readonly string[], now: Date): Promise<TlsPair> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const key = keptOrMade(join(folder, 'key.pem'), makePrivateKey)
  const path = join(folder, 'certificate.pem')
  const kept = readIfThere(path)
  if (kept !== undefined && !isStale(kept, key, hosts, now)) return { cert: kept, key, own: true }
  const cert = await makeCertificate(key, hosts, now)
  writeSafely(path, cert)
  return { cert, key, own: true }
}

function keptOrMade(path: string, make: () => string): string {
  const kept = readIfThere(path)
  if (kept !== undefined) return kept
  const made = make()
  writeSafely(path, made)
  return made
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
}

/** Whole or not at all, and for the owner alone. */
function writeSafely(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}

/** Every name and address under which this hub may be called. */
function hostsOf({ listen, publicUrl }: HubConfig): string[] {
  const everywhere = listen.host === '0.0.0.0' || listen.host === '::'
  const addresses = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address }) => !address.startsWith('fe80:'))
    .map(({ address }) => address)
  const hosts = everywhere ? [...addresses, hostname(), 'localhost'] : [listen.host]
  return [...new Set([...hosts, ...(publicUrl ? [new URL(publicUrl).hostname] : [])])]
}
