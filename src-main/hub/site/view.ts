import { dayIn } from '../../../shared/calendar-day.ts'
import type { Locale } from '../../../shared/i18n/index.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import type { PublicCatalogue } from '../public-catalogue.ts'
import type { TransmissionOf } from '../public-transmissions.ts'
import { html, type Html } from './html.ts'

/** What a page is made from, and for whom. */
export interface View {
  readonly catalogue: PublicCatalogue
  readonly locale: Locale
  /** `/de`, `/en`, or nothing when the language is the browser's choice; every link keeps it. */
  readonly prefix: string
  /** Path and query of the page, without the prefix. */
  readonly path: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** IANA name of the town's time zone. */
  readonly timeZone: string
  readonly transmissionOf: TransmissionOf
}

export interface Page {
  readonly title: string
  readonly main: Html
  readonly status?: number
  /** It keeps itself current by the one script of the site. */
  readonly isLive?: boolean
  /** It asks this site for something. */
  readonly hasForm?: boolean
}

export const inLocale = ({ locale }: View): { locale: Locale } => ({ locale })

/** The page of a record. */
export const pathOf = (id: string): string => `/${typeOfId(id)}/${id.slice(id.indexOf(':') + 1)}`
export const hrefOf = (view: View, path: string): string => `${view.prefix}${path}`

/** What the town wrote is German, whatever language the page speaks. */
export const written = (view: View, text: string | undefined): Html | undefined =>
  text === undefined ? undefined : view.locale === 'de' ? html`${text}` : html`<span lang="de">${text}</span>`

export const linkTo = (view: View, record: { _id: string; name: string }): Html =>
  html`<a href="${hrefOf(view, pathOf(record._id))}">${written(view, record.name)}</a>`

export const townName = (view: View): string | undefined => view.catalogue.all('body')[0]?.name

const languageTag: Readonly<Record<Locale, string>> = { de: 'de-DE', en: 'en-GB' }
const formatters = new Map<string, Intl.DateTimeFormat>()

/** Formats an instant in the town's time zone and the page's language. */
export function formatInstant(view: View, instant: string | number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([view.locale, view.timeZone, options])
  let formatter = formatters.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(languageTag[view.locale], { timeZone: view.timeZone, ...options })
    formatters.set(key, formatter)
  }
  return formatter.format(new Date(instant))
}

/** A calendar day, `yyyy-mm-dd`, as people write it. */
export const formatDay = (view: View, day: string): string =>
  formatInstant({ ...view, timeZone: 'UTC' }, `${day}T12:00:00Z`, { day: 'numeric', month: 'long', year: 'numeric' })

/** The day of an instant in the town's time zone, `yyyy-mm-dd`. */
export const dayOf = ({ timeZone }: View, instant: string | number): string => dayIn(timeZone, instant)
