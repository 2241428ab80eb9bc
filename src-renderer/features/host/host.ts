import { createContext } from 'svelte'
import type { HubAddress, Shell } from '../../../shared/ipc/contract.ts'

/** The computer's side of a window: in the desktop app its shell, in a browser nothing. */
export interface Host {
  readonly shell: Shell | undefined
  /** The hub that the desktop app belongs to; null before it has joined one, and in a browser, which has no choice. */
  readonly hub: HubAddress | null
  /** Secrets outlive the app: always in a browser, which keeps them itself. */
  readonly keepsSecrets: boolean
  /** Of the desktop app; empty in a browser. */
  readonly version: string
}

/** Asks the shell, when there is one, for what does not change while a window lives. */
export async function readHost(shell: Shell | undefined): Promise<Host> {
  if (!shell) return { shell, hub: null, keepsSecrets: true, version: '' }
  const [hub, info] = await Promise.all([shell.readHub(), shell.appInfo()])
  return { shell, hub, keepsSecrets: info.keyring, version: info.version }
}

/** Where the app asks for a join link, whoever is signed in. */
export const joinPath = '/join'

/** A pin in groups of six that people can compare by eye. */
export const fingerprintToGroups = (fingerprint: string): string => fingerprint.match(/.{1,6}/g)?.join(' ') ?? ''

export const [useHost, provideHost] = createContext<Host>()
