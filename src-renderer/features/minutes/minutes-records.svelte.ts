import type { MinutesDocument } from '../../../shared/council/minutes.ts'
import type { Minutes, Objection, Resolution } from '../../../shared/council/records/index.ts'
import { minutesId } from '../../../shared/council/records/minutes.ts'
import { readableMinutes } from '../../../shared/rules/minutes/index.ts'
import { withClosedSections } from '../../../shared/rules/remains/reading.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf } from '../../data/related.svelte.ts'
import { timeZone } from '../../ui/format/time-zone.ts'

/** What remains of a meeting, as far as this device may know: its minutes, what was objected to and decided. */
export class MinutesRecords {
  readonly #minutes: LiveQuery<'minutes'>
  readonly #sections: LiveQuery<'minutes-section'>
  readonly #objections: LiveQuery<'objection'>
  readonly #resolutions: LiveQuery<'resolution'>

  readonly #data: Pick<Data, 'select' | 'presentedMinutes'>
  readonly #meeting: string
  #presented = $state.raw<Minutes>()

  constructor(data: Pick<Data, 'select' | 'presentedMinutes'>, meeting: string) {
    this.#data = data
    this.#meeting = meeting
    this.#minutes = data.select({ type: 'minutes', ids: [minutesId(meeting)] })
    this.#sections = data.select({ type: 'minutes-section', where: { meeting } })
    this.#objections = data.select({ type: 'objection', where: { meeting } })
    this.#resolutions = data.select({ type: 'resolution', where: { meeting } })
  }

  get state(): LiveQuery<'minutes'>['state'] {
    return this.#minutes.state
  }

  /** Undefined as long as the hub has made none. */
  get minutes(): Minutes | undefined {
    return recordsOf(this.#minutes)[0] ?? this.#presented
  }

  /** Asks the hub for what is presented, which only those who presided get, and nobody by sync. */
  async readPresented(): Promise<void> {
    const answer = await this.#data.presentedMinutes(this.#meeting)
    this.#presented = answer.ok ? answer.value : undefined
  }

  /** As it was presented and signed, with all that this reader may read. */
  get document(): MinutesDocument | undefined {
    const { minutes } = this
    if (!minutes?.document) return undefined
    const whole = withClosedSections(minutes.document, recordsOf(this.#sections))
    return readableMinutes({ ...minutes, document: whole }, timeZone())
  }

  get objections(): Objection[] {
    return recordsOf(this.#objections).sort((a, b) => (a._id < b._id ? -1 : 1))
  }

  get resolutions(): Resolution[] {
    return recordsOf(this.#resolutions).sort((a, b) => (a.decided < b.decided ? -1 : 1))
  }
}
