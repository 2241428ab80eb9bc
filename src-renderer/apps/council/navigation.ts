import BookUser from '@lucide/svelte/icons/book-user'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import ClipboardList from '@lucide/svelte/icons/clipboard-list'
import Files from '@lucide/svelte/icons/files'
import House from '@lucide/svelte/icons/house'
import KeyRound from '@lucide/svelte/icons/key-round'
import MonitorSmartphone from '@lucide/svelte/icons/monitor-smartphone'
import Search from '@lucide/svelte/icons/search'
import Settings from '@lucide/svelte/icons/settings'
import UsersRound from '@lucide/svelte/icons/users-round'
import { m } from '../../../shared/i18n/index.ts'
import { isAdministration, isAdministrator, preparesMeetings, type Principal } from '../../../shared/rules/access.ts'
import type { IconGlyph } from '../../ui/icon/glyph.ts'
import type { NavigationEntry } from '../../ui/page/navigation-entry.ts'

interface Place {
  readonly path: string
  readonly label: () => string
  /** For narrow screens, where the label is too long. */
  readonly short?: () => string
  readonly glyph: IconGlyph
  /** Paths that belong to the place as well. */
  readonly covers?: readonly string[]
  /** Who finds it in the navigation; everybody when it does not say. */
  readonly for?: (principal: Principal) => boolean
}

export interface PlaceGroup {
  /** Heading of the group; the first has none. */
  readonly title?: () => string
  readonly places: readonly Place[]
}

/** The navigation from top to bottom; a group without a visible place is not shown. */
export const placeGroups: readonly PlaceGroup[] = [
  {
    places: [
      { path: '/', label: m.common_nav_home, glyph: House },
      { path: '/calendar', label: m.common_nav_calendar, glyph: CalendarDays, covers: ['/meetings'] },
      { path: '/papers', label: m.common_nav_papers, glyph: Files, covers: ['/read'] },
      {
        path: '/people',
        label: m.common_nav_people,
        short: m.common_nav_people_short,
        glyph: UsersRound,
        covers: ['/organizations'],
      },
      { path: '/search', label: m.common_nav_search, glyph: Search },
      { path: '/settings', label: m.common_nav_settings, glyph: Settings },
    ],
  },
  {
    title: m.desk_title,
    places: [
      {
        path: '/desk',
        label: m.desk_nav_meetings,
        glyph: ClipboardList,
        covers: ['/desk/meetings', '/desk/papers'],
        for: isAdministration,
      },
      { path: '/room-devices', label: m.roomdevice_title, glyph: MonitorSmartphone, for: preparesMeetings },
      { path: '/desk/people', label: m.desk_people, glyph: BookUser, for: isAdministration },
    ],
  },
  {
    title: m.accounts_group,
    places: [{ path: '/accounts', label: m.accounts_title, glyph: KeyRound, for: isAdministrator }],
  },
]

const lies = (path: string, under: string): boolean => path === under || (under !== '/' && path.startsWith(`${under}/`))

/** The place that a path belongs to: of several that cover it the most particular one. */
function placeOf(path: string, groups: readonly PlaceGroup[]): Place | undefined {
  const covering = groups
    .flatMap(({ places }) => places)
    .flatMap((place) => [place.path, ...(place.covers ?? [])].map((under) => ({ place, under })))
    .filter(({ under }) => lies(path, under))
  return covering.sort((a, b) => b.under.length - a.under.length)[0]?.place
}

/** What a principal finds in the navigation, with the place that a path belongs to marked. */
export function navigationFor(
  principal: Principal,
  path: string,
  groups: readonly PlaceGroup[] = placeGroups,
): { title: string | undefined; entries: NavigationEntry[] }[] {
  const current = placeOf(path, groups)
  return groups
    .map((group) => ({
      title: group.title?.(),
      entries: group.places
        .filter((place) => place.for?.(principal) ?? true)
        .map((place) => ({
          href: `#${place.path}`,
          label: place.label(),
          short: place.short?.(),
          glyph: place.glyph,
          current: place === current,
        })),
    }))
    .filter((group) => group.entries.length > 0)
}
