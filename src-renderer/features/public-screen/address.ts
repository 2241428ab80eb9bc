import { isLocale, type Locale } from '../../../shared/i18n/index.ts'

/** What the page of a second display is told by its address. */
export interface ScreenAddress {
  /** Where the hub answers. */
  readonly origin: string
  /** Key of the meeting. */
  readonly meeting: string
  readonly locale: Locale
}

/** The page and its query; nothing of who is signed in goes along. */
export const addressOfScreen = ({ origin, meeting, locale }: ScreenAddress): string =>
  `screen.html?${new URLSearchParams({ hub: origin, meeting, locale }).toString()}`

/** Reads an address; undefined when it names no meeting or no hub. */
export function readScreenAddress({ search }: { readonly search: string }): ScreenAddress | undefined {
  const query = new URLSearchParams(search)
  const [hub, meeting, locale] = [query.get('hub') ?? '', query.get('meeting') ?? '', query.get('locale') ?? undefined]
  if (!/^https?:/.test(hub) || !URL.canParse(hub) || !/^[\w-]{1,64}$/.test(meeting)) return undefined
  return { origin: new URL(hub).origin, meeting, locale: isLocale(locale) ? locale : 'de' }
}
