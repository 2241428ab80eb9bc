import { createContext } from 'svelte'
import type { Data } from './contract.ts'

/** The data of this window; provided once by the app. */
export const [useData, provideData] = createContext<Data>()
