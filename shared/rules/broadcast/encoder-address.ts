import { failed, success, type Result } from '../../result.ts'

/** Ways in which an external encoder is reached; `file` is one in the hub's own folder. */
export type EncoderScheme = 'rtsp' | 'rtsps' | 'rtmp' | 'rtmps' | 'srt' | 'file'

export interface EncoderAddress {
  readonly scheme: EncoderScheme
  /** The address as it is read, with everything in it: told to nobody. */
  readonly secret: string
  /** What may be told to whoever transmits: scheme and host, or the file's name. */
  readonly label: string
}

/** Why an address is none: no known scheme; no host or characters that no address has; no plain name of a file. */
export type AddressFault = 'scheme' | 'host' | 'file'

export const largestAddress = 2048

const live = /^(rtsps?|rtmps?|srt):\/\/(?:[^\s/?#@]*@)?([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(?:[/?#]\S*)?$/
/** A name without folders: it can lead nowhere else. */
const file = /^file:([^/\\\p{Cc}:]{1,200})$/u

/**
 * Reads the address of an external encoder: `rtsp:`, `rtsps:`, `rtmp:`, `rtmps:` or `srt:` with a host, or
 * `file:name.mp4`. User, password, path and query may hold keys, and are in no label.
 */
export function readEncoderAddress(text: string): Result<EncoderAddress, AddressFault> {
  const secret = text.trim()
  const scheme = /^([a-z]+):/.exec(secret)?.[1]
  if (scheme === 'file') {
    const name = file.exec(secret)?.[1]
    return name === undefined || name.startsWith('.') ? failed('file') : success({ scheme, secret, label: name })
  }
  if (!/^(rtsps?|rtmps?|srt)$/.test(scheme ?? '')) return failed('scheme')
  const [, known, host, port = ''] = live.exec(secret) ?? []
  if (known === undefined || secret.length > largestAddress || Number(port.slice(1)) > 65_535) return failed('host')
  return success({ scheme: known as EncoderScheme, secret, label: `${known}://${host}${port}` })
}
