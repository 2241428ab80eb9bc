import { isLocale, type Locale } from '../../../shared/i18n/index.ts'

/** What the page of a second display is told by its address. */
export interface ScreenAddress {
  /** Where the hub answers. */
  readonly origin: string
  /** Key of the meeting. */
  readonly meeting: string
  readonly locale: Locale
  /** Which of the room's projectors it is, such as `1`; without one it shows what is chosen for any. */
  readonly projector?: string | undefined
  /** Lets it show boards, see `shared/hub-api/screens.ts`. It is in no request but those for them. */
  readonly pass?: string | undefined
}

/** The page, its query and, as its fragment, the pass; nothing of who is signed in goes along. */
export function addressOfScreen({ origin, meeting, locale, projector, pass }: ScreenAddress): string {
  const query = new URLSearchParams({ hub: origin, meeting, locale, ...(projector === undefined ? {} : { projector }) })
  return `screen.html?${query.toString()}${pass === undefined ? '' : `#${pass}`}`
}

/** Reads an address; undefined when it names no meeting or no hub. */
export function readScreenAddress({
  search,
  hash = '',
}: {
  readonly search: string
  readonly hash?: string
}): ScreenAddress | undefined {
  const query = new URLSearchParams(search)
  const [hub, meeting, locale] = [query.get('hub') ?? '', query.get('meeting') ?? '', query.get('locale') ?? undefined]
  if (!/^https?:/.test(hub) || !URL.canParse(hub) || !/^[\w-]{1,64}$/.test(meeting)) return undefined
  const [projector] = /^[1-9]\d?$/.exec(query.get('projector') ?? '') ?? []
  return {
    ...{ origin: new URL(hub).origin, meeting, locale: isLocale(locale) ? locale : 'de' },
    ...(projector === undefined ? {} : { projector }),
    ...(hash.length > 1 ? { pass: hash.slice(1) } : {}),
  }
}
