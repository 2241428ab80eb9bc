import type { AudienceStore, StoredDocument } from '../../../shared/ports/document-store.ts'

interface Circle {
  readonly excluded: ReadonlySet<string>
  readonly meeting: string
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []

/**
 * Items from which somebody is or was kept out: what was said of them meanwhile lies in their circle. Of concurrent revisions the one that keeps most people out holds, as it
 * does for the publisher.
 */
export class Circles {
  readonly #office: AudienceStore
  readonly #circles = new Map<string, Circle>()
  /** Bodies of the meetings of these items. */
  readonly #bodies = new Map<string, readonly string[]>()

  constructor(office: AudienceStore) {
    this.#office = office
  }

  async load(): Promise<void> {
    const { rows } = await this.#office.list({
      ...{ startKey: 'agenda-item:', endKey: 'agenda-item:\ufff0' },
      ...{ includeDocs: true, conflicts: true },
    })
    for (const { id, doc } of rows) if (doc?._conflicts || doc?.['excluded']) await this.note(id)
  }

  /** Reads an item or a meeting that changed; true when it may decide about a circle. */
  async note(id: string): Promise<boolean> {
    if (id.startsWith('meeting:') && this.#bodies.has(id)) {
      await this.#noteMeeting(id)
      return true
    }
    if (!id.startsWith('agenda-item:')) return false
    const leaves = await this.#leavesOf(id)
    const excluded = new Set(leaves.flatMap((leaf) => textsIn(leaf['excluded'])))
    const meeting = leaves[0]?.['meeting']
    const hasCircle = leaves.some((leaf) => Array.isArray(leaf['excluded']))
    if (!hasCircle || typeof meeting !== 'string') return this.#circles.delete(id)
    this.#circles.set(id, { excluded, meeting })
    await this.#noteMeeting(meeting)
    return true
  }

  /**
   * Items whose circle a person may read.
   *
   * @param organizations of the person; `all` for who may run any meeting
   */
  of(person: string | null, organizations: readonly string[] | 'all'): string[] {
    const isIn = ({ excluded, meeting }: Circle): boolean =>
      !(person !== null && excluded.has(person)) &&
      (organizations === 'all' || (this.#bodies.get(meeting) ?? []).some((body) => organizations.includes(body)))
    return [...this.#circles].flatMap(([id, circle]) => (isIn(circle) ? [id] : [])).sort()
  }

  async #noteMeeting(id: string): Promise<void> {
    const lists = (await this.#leavesOf(id)).map((leaf) => textsIn(leaf['organization']))
    const [first = [], ...others] = lists
    this.#bodies.set(
      id,
      first.filter((body) => others.every((list) => list.includes(body))),
    )
  }

  async #leavesOf(id: string): Promise<StoredDocument[]> {
    return (await this.#office.openRevisions(id, 'all')).found.filter((leaf) => !leaf._deleted)
  }
}
