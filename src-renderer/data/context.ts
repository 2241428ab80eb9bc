import { createContext } from 'svelte'
import { nobody, type Principal } from '../../shared/rules/access.ts'
import type { Data } from './contract.ts'

/** The data of this window; provided once by the app. */
export const [useData, provideData] = createContext<Data>()

/** Whoever is signed in on this device; nobody when no one is. */
export const principalOf = (data: Pick<Data, 'session'>): Principal =>
  data.session.kind === 'signed-in' ? data.session.session.principal : nobody
