import { canonical } from '../../../shared/canonical.ts'
import { readRecord } from '../../../shared/council/records/index.ts'
import type { AgendaItem } from '../../../shared/oparl/index.ts'
import type { AudienceStore } from '../../../shared/ports/document-store.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import type { Chores } from './chores.ts'
import type { MeetingRecord } from './record/meeting-record.ts'
import type { MeetingRecords } from './record/meeting-records.ts'

/**
 * Tells the administration's agenda who is kept out of a closed item, as the log has it: by that the publisher moves
 * the item into its circle (GemO RLP §22).
 */
export class Exclusions {
  readonly #parts: {
    readonly office: AudienceStore
    readonly records: MeetingRecords
    readonly turns: AudienceTurns
    readonly chores: Chores
    readonly now: () => number
  }
  /** What was last written, so that not every event asks the store. */
  readonly #written = new Map<string, string>()

  constructor(parts: {
    office: AudienceStore
    records: MeetingRecords
    turns: AudienceTurns
    chores: Chores
    now: () => number
  }) {
    this.#parts = parts
  }

  follow(record: MeetingRecord): void {
    for (const item of record.conflicts)
      if (this.#written.get(item) !== canonical(excludedFrom(record, item)))
        this.#parts.chores.run(`exclude ${item}`, () => this.#write(record.meeting, item))
  }

  async #write(meeting: string, item: string): Promise<void> {
    const { office, records, turns, now } = this.#parts
    await turns.run(office, async () => {
      const excluded = excludedFrom(await records.current(meeting), item)
      const stored = await office.get(item)
      const read = stored && readRecord(stored)
      if (stored && read?.ok && read.value.type === 'agenda-item' && read.value.meeting === meeting) {
        const changed = withExcluded(read.value, excluded)
        if (canonical(changed) !== canonical(read.value)) {
          const modified = new Date(now()).toISOString()
          const [outcome] = await office.write([{ ...changed, modified, _rev: stored._rev }])
          if (!outcome?.ok) throw new Error(`an exclusion was not stored: ${outcome?.error}`)
        }
      }
      this.#written.set(item, canonical(excluded))
    })
  }
}

const excludedFrom = ({ state }: MeetingRecord, item: string): string[] =>
  (state.agenda.find((entry) => entry.item === item)?.conflicts ?? []).map(({ person }) => person).sort()

/**
 * Of a public item nobody is kept out: everybody reads it. An empty list says that somebody was: what the circle holds of
 * then is for the whole body now, and would else be for nobody.
 */
const withExcluded = (item: AgendaItem, persons: readonly string[]): AgendaItem =>
  item.excluded === undefined && (item.public || persons.length === 0) ? item : { ...item, excluded: [...persons] }
