import type { DeedKind } from '../../../council/meeting-event.ts'
import type { Happening } from '../telling/happenings.ts'
import type { Telling } from '../telling/telling.ts'
import { tellAdded, tellClosedPart, tellDropped, tellMoved, tellNote, tellPause, tellPresidency } from './course.ts'
import { tellElection, tellElectionCancelled } from './elections.ts'
import { tellMotion, tellMotionWithdrawn } from './motions.ts'
import { tellCall, tellConflict, tellDisturbance, tellExclusion } from './order.ts'
import { Speakers } from './speeches.ts'
import { tellVote } from './votes.ts'

type Prepared = Happening<'conflict-declared' | 'conflict-lifted' | 'motion-put'>
type Tellers = { readonly [Kind in DeedKind]?: (happening: Happening<Kind>) => void }

/** Tells the course of a meeting, happening by happening. */
export class CourseTeller {
  readonly #telling: Telling
  readonly #speakers = new Speakers()
  readonly #calls = new Map<string, number>()
  /** Motions that were put in public. */
  readonly #known = new Set<string>()
  /** Elections for which somebody was proposed in words that not everybody may read. */
  readonly #closedElections = new Set<string>()
  /** What was said of items before they were opened. */
  readonly #prepared = new Map<string, Prepared[]>()

  constructor(telling: Telling) {
    this.#telling = telling
  }

  /** Tells everything that happened, in its order. */
  tell(happenings: readonly Happening[]): void {
    for (const happening of happenings)
      if (happening.deed.kind === 'candidate-nominated' && !(happening.inPublic && this.#isKnown(happening)))
        this.#closedElections.add(happening.deed.election)
    for (const happening of happenings) this.#tellOne(happening)
  }

  #tellOne(happening: Happening): void {
    const tell = this.#tellers[happening.deed.kind] as ((happening: Happening) => void) | undefined
    tell?.(this.#isKnown(happening) ? happening : { ...happening, inPublic: false, before: false })
  }

  #isKnown({ of }: Happening): boolean {
    return of.every((item) => this.#telling.isShown(item))
  }

  /** An election is told as a whole, with everybody who was proposed, or to nobody but the body. */
  #inPublic(happening: Happening<'election-opened' | 'election-cancelled'>): boolean {
    return happening.inPublic && !this.#closedElections.has(happening.deed.election)
  }

  readonly #tellers: Tellers = {
    'meeting-opened': ({ at, event }) => tellClosedPart(this.#telling, at, event, undefined),
    'meeting-paused': (happening) => tellPause(this.#telling, happening),
    'presidency-handed': (happening) => tellPresidency(this.#telling, happening),
    'part-closed': ({ at, event, deed }) => tellClosedPart(this.#telling, at, event, deed.reason),
    'item-opened': (happening) => this.#open(happening),
    'item-closed': () => void (this.#telling.current = undefined),
    'item-deferred': (happening) => tellDropped(this.#telling, happening),
    'item-withdrawn': (happening) => tellDropped(this.#telling, happening),
    'item-added': (happening) => tellAdded(this.#telling, happening),
    'item-moved': (happening) => tellMoved(this.#telling, happening),
    'note-added': (happening) => tellNote(this.#telling, happening),
    'conflict-declared': (happening) => this.#tellOfItem(happening),
    'conflict-lifted': (happening) => this.#tellOfItem(happening),
    'motion-put': (happening) => this.#tellOfItem(happening),
    'motion-withdrawn': (happening) =>
      tellMotionWithdrawn(this.#telling, happening, this.#known.has(happening.deed.motion)),
    'called-to-order': (happening) => {
      const { person } = happening.deed
      const count = (this.#calls.get(person) ?? 0) + 1
      this.#calls.set(person, count)
      tellCall(this.#telling, happening, count)
    },
    'person-excluded': (happening) => tellExclusion(this.#telling, happening),
    'disturbance-began': (happening) => tellDisturbance(this.#telling, happening),
    'speech-requested': (happening) => this.#speakers.request(happening),
    'speech-started': (happening) => this.#speakers.tell(this.#telling, happening),
    'vote-opened': (happening) => tellVote(this.#telling, happening, (motion) => this.#known.has(motion)),
    'election-opened': (happening) =>
      tellElection(this.#telling, { ...happening, inPublic: this.#inPublic(happening) }),
    'election-cancelled': (happening) =>
      tellElectionCancelled(this.#telling, { ...happening, inPublic: this.#inPublic(happening) }),
  }

  #open({ deed, inPublic }: Happening<'item-opened'>): void {
    const { item } = deed
    this.#telling.begin(item)
    const isPublic = inPublic && this.#telling.isShown(item)
    this.#telling.tellOf(item, isPublic, [])
    const prepared = this.#prepared.get(item) ?? []
    this.#prepared.delete(item)
    for (const happening of prepared) this.#tellPrepared(happening, isPublic)
  }

  /** Now, where the item is open; else when it is opened. */
  #tellOfItem(happening: Prepared): void {
    const { item } = happening.deed
    if (item !== this.#telling.current)
      return void this.#prepared.set(item, [...(this.#prepared.get(item) ?? []), happening])
    this.#tellPrepared(happening, happening.inPublic && this.#telling.isShown(item))
  }

  /** What was proposed before the meeting becomes known with the item; what was said in a closed part never does. */
  #tellPrepared(happening: Prepared, isPublic: boolean): void {
    const { deed, inPublic, before } = happening
    if (deed.kind !== 'motion-put')
      return tellConflict(this.#telling, happening as Happening<'conflict-declared'>, isPublic)
    const isOpen = isPublic && (inPublic || before)
    if (isOpen) this.#known.add(deed.motion)
    tellMotion(this.#telling, happening as Happening<'motion-put'>, isOpen)
  }
}
