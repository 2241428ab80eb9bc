import { readRecord, type AnyRecord, type RecordType } from '../../../shared/council/records/index.ts'
import type { AudienceStore, Seq } from '../../../shared/ports/document-store.ts'
import { organizationAudience, partsOf, type Audience } from '../../../shared/rules/audience.ts'

/** Which audiences the events of a meeting belong into, as the administration has it. */
export class MeetingPlaces {
  readonly #office: AudienceStore
  /** Records as they were read since the office was last written to: every event of a meeting asks for the same ones. */
  readonly #known = new Map<string, AnyRecord>()
  #seq: Seq | undefined

  constructor(office: AudienceStore) {
    this.#office = office
  }

  /** The bodies that meet; none for a meeting that there is not. */
  async organizationsOf(meeting: string): Promise<readonly string[]> {
    return (await this.#read(meeting, 'meeting'))?.organization ?? []
  }

  /** Whether events of a meeting belong into an audience: that of one of its bodies, or the circle of one of its items. */
  async belongs(meeting: string, audience: Audience): Promise<boolean> {
    const { kind, key } = partsOf(audience)
    if (kind === 'org') return (await this.organizationsOf(meeting)).some((id) => organizationAudience(id) === audience)
    if (kind !== 'circle') return false
    return (await this.#read(`agenda-item:${key}`, 'agenda-item'))?.meeting === meeting
  }

  async #read<Type extends RecordType>(
    id: string,
    type: Type,
  ): Promise<Extract<AnyRecord, { type: Type }> | undefined> {
    const record = await this.#record(id)
    if (record?.type !== type || record.deleted) return undefined
    return record as Extract<AnyRecord, { type: Type }>
  }

  async #record(id: string): Promise<AnyRecord | undefined> {
    const { updateSeq } = await this.#office.info()
    if (updateSeq !== this.#seq) this.#known.clear()
    this.#seq = updateSeq
    const known = this.#known.get(id)
    if (known) return known
    const document = await this.#office.get(id)
    const record = document && readRecord(document)
    if (!record?.ok) return undefined
    // Where somebody wrote in between, the next question reads again.
    if (this.#seq === updateSeq) this.#known.set(id, record.value)
    return record.value
  }
}
