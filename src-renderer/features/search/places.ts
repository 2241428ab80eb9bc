import Building2 from '@lucide/svelte/icons/building-2'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import File from '@lucide/svelte/icons/file'
import FileText from '@lucide/svelte/icons/file-text'
import ListOrdered from '@lucide/svelte/icons/list-ordered'
import UserRound from '@lucide/svelte/icons/user-round'
import { typeOfId } from '../../../shared/oparl/record.ts'
import { m } from '../../../shared/i18n/index.ts'
import type { RecordType } from '../../../shared/council/records/index.ts'
import type { IconGlyph } from '../../ui/icon/glyph.ts'

interface Kind {
  readonly path: string
  readonly title: () => string
  readonly glyph: IconGlyph
}

/** Kinds of records that have a page of their own, in the order in which results show them. */
export const kinds: Readonly<Partial<Record<RecordType, Kind>>> = {
  meeting: { path: '/meetings/', title: m.common_kind_meetings, glyph: CalendarDays },
  'agenda-item': { path: '/agenda-items/', title: m.common_kind_agenda_items, glyph: ListOrdered },
  paper: { path: '/papers/', title: m.common_kind_papers, glyph: FileText },
  file: { path: '/read/', title: m.common_kind_files, glyph: File },
  organization: { path: '/organizations/', title: m.common_kind_organizations, glyph: Building2 },
  person: { path: '/people/', title: m.common_kind_people, glyph: UserRound },
}

/** The page of a record; undefined for records that are only shown as part of others. */
export function placeOf(id: string): string | undefined {
  const kind = kinds[typeOfId(id) as RecordType]
  return kind && `#${kind.path}${id}`
}
