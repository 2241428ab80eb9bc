/** Messages for people, one function each; `m.name(inputs, { locale })` asks for a language other than the current. */
export { m } from './compiled/messages.js'
export { getLocale, isLocale, locales, overwriteGetLocale, type Locale } from './compiled/runtime.js'
