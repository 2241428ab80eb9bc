import { createContext } from 'svelte'
import { isLocale, type Locale } from '../../../shared/i18n/index.ts'
import type { Data } from '../../data/contract.ts'

export const schemes = ['auto', 'light', 'dark'] as const
export type Scheme = (typeof schemes)[number]
export const densities = ['auto', 'compact', 'touch'] as const
export type Density = (typeof densities)[number]

const oneOf = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined =>
  values.find((candidate) => candidate === value)

/** The first language of the browser that we speak, else German. */
export const preferredLocale = (languages: readonly string[]): Locale =>
  languages.map((language) => language.slice(0, 2).toLowerCase()).find((language) => isLocale(language)) ?? 'de'

/** How this device shows the app: language, light or dark, size of targets. Remembered as preferences. */
export class Appearance {
  readonly #data: Pick<Data, 'preference' | 'setPreference'>
  /** What was chosen in this window, ahead of what is remembered. */
  #chosen = $state.raw<{ locale?: Locale; scheme?: Scheme; density?: Density }>({})
  // Every text on screen reads the locale: derived, so that it changes with the language and with nothing else.
  readonly #locale = $derived.by(() => {
    const remembered = this.#data.preference<string>('locale')
    return this.#chosen.locale ?? (isLocale(remembered) ? remembered : preferredLocale(navigator.languages))
  })

  constructor(data: Pick<Data, 'preference' | 'setPreference'>) {
    this.#data = data
  }

  get locale(): Locale {
    return this.#locale
  }

  get scheme(): Scheme {
    return this.#chosen.scheme ?? oneOf(schemes, this.#data.preference('scheme')) ?? 'auto'
  }

  get density(): Density {
    return this.#chosen.density ?? oneOf(densities, this.#data.preference('density')) ?? 'auto'
  }

  choose(choice: { locale?: Locale; scheme?: Scheme; density?: Density }): Promise<unknown> {
    this.#chosen = { ...this.#chosen, ...choice }
    return Promise.all(Object.entries(choice).map(([key, value]) => this.#data.setPreference(key, value)))
  }

  /** Puts the choice on the document's root element. */
  apply(root: HTMLElement): void {
    root.lang = this.locale
    root.dataset['scheme'] = this.scheme
    root.dataset['density'] = this.density
  }
}

export const [useAppearance, provideAppearance] = createContext<Appearance>()
