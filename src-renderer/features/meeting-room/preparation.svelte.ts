import type { Constitution } from '../../../shared/council/events/constitution.ts'
import { isRunning } from '../../../shared/oparl/membership.ts'
import type { Organization } from '../../../shared/oparl/index.ts'
import { defaultRuleSet } from '../../../shared/rules/law/index.ts'
import type { RuleSet } from '../../../shared/rules/law/rule-set.ts'
import { constitutionOf, type ConstitutionDraft } from '../../../shared/rules/meeting/constitution/index.ts'
import type { Data, LiveQuery } from '../../data/contract.ts'
import { recordsOf, Related, stateOf } from '../../data/related.svelte.ts'
import { dayOf } from '../../ui/format/dates.ts'
import type { MeetingRoom } from './meeting-room.svelte.ts'

/** What the registers say of a meeting that is to be prepared. */
export class Preparation {
  readonly #room: MeetingRoom
  readonly #organizations: LiveQuery<'organization'>
  readonly #memberships: readonly LiveQuery<'membership'>[]
  readonly #persons: Related<'person'>

  constructor(data: Pick<Data, 'select'>, room: MeetingRoom) {
    this.#room = room
    this.#organizations = data.select({ type: 'organization' })
    // Of the bodies that meet, and of the factions: who belongs to which.
    const asked = $derived(
      [...(room.meeting?.organization ?? []), ...this.#factions.map(({ _id }) => _id)].sort().join(' '),
    )
    this.#memberships = $derived(
      asked === ''
        ? []
        : asked.split(' ').map((organization) => data.select({ type: 'membership', where: { organization } })),
    )
    this.#persons = new Related(data, 'person', () => this.#running.map(({ person }) => person))
  }

  get state(): LiveQuery<'meeting'>['state'] {
    if (this.#room.phase !== 'ready') return this.#room.phase
    return stateOf(this.#organizations, ...this.#memberships, this.#persons)
  }

  /** Day of the meeting by the town's clock. */
  get day(): string {
    return dayOf(this.#room.meeting?.start ?? new Date())
  }

  /** The constitution that the registers suggest under a rule set. */
  suggest(rules: RuleSet = defaultRuleSet): ConstitutionDraft {
    return constitutionOf({
      meeting: { organization: this.#room.meeting?.organization ?? [] },
      day: this.day,
      items: this.#room.items,
      organizations: recordsOf(this.#organizations),
      memberships: this.#running,
      persons: recordsOf(this.#persons),
      rules,
    })
  }

  /** Frozen last, where the meeting was prepared before. */
  get frozen(): Constitution | undefined {
    return this.#room.state.constitution
  }

  get #factions(): Organization[] {
    return recordsOf(this.#organizations).filter(({ organizationType }) => organizationType === 'faction')
  }

  get #running() {
    return this.#memberships.flatMap((query) => recordsOf(query)).filter((entry) => isRunning(entry, this.day))
  }
}
