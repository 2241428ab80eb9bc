import { readRecord, type AnyRecord, type RecordType } from '../../../shared/oparl/index.ts'
import type { AudienceStore } from '../../../shared/ports/document-store.ts'
import { organizationAudience, partsOf, type Audience } from '../../../shared/rules/audience.ts'

/** Which audiences the events of a meeting belong into, as the administration has it. */
export class MeetingPlaces {
  readonly #office: AudienceStore

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
    const document = await this.#office.get(id)
    const record = document && readRecord(document)
    if (!record?.ok || record.value.type !== type || record.value.deleted) return undefined
    return record.value as Extract<AnyRecord, { type: Type }>
  }
}
