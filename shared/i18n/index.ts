import { isLocale, type Locale } from './compiled/runtime.js'

/** Messages for people, one function each; `m.name(inputs, { locale })` asks for a language other than the current. */
export { m } from './compiled/messages.js'
export { getLocale, isLocale, locales, overwriteGetLocale, type Locale } from './compiled/runtime.js'

/** The messages' language for a text in a language (BCP 47), German for those that have none. */
export function localeOf(language: string): Locale {
  const [primary] = language.split('-')
  return isLocale(primary) ? primary : 'de'
}
