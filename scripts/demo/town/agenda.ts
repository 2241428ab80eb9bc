import { generateNKeysBetween } from 'fractional-indexing'
import type { AgendaItem, Consultation } from '../../../shared/oparl/index.ts'
import { addDays, earlier } from './calendar.ts'
import type { Matter } from './matters.ts'
import type { FiledPaper, Sitting, Stop } from './papers.ts'
import type { Dice } from './random.ts'
import type { Register } from './register.ts'
import { fill, phrases } from './words.ts'

interface Entry {
  readonly name: string
  readonly closed?: { readonly reason: string; readonly neutral?: string }
  readonly consulted?: { readonly filed: FiledPaper; readonly stop: Stop; readonly consultation: Consultation }
}

/** Agenda of one sitting: the public part with its formal items, then the closed part; results where it was held. */
export function writeAgenda(
  register: Register,
  dice: Dice,
  sitting: Sitting,
  filed: readonly FiledPaper[],
  today: string,
): AgendaItem[] {
  if (sitting.phase === 'dated') return []
  const entries = entriesOf(sitting, filed)
  const orders = generateNKeysBetween(null, null, entries.length)
  const called = earlier(addDays(sitting.day, -9), addDays(today, -1))
  return entries.map((entry, place) => {
    const { consulted, closed } = entry
    const outcome = consulted && sitting.phase === 'past' ? decide(dice, consulted.filed.matter, consulted.stop) : {}
    const modified = sitting.phase === 'past' ? addDays(sitting.day, 1) : called
    return register.add(
      'agenda-item',
      { created: called, modified: earlier(modified, today), ...(consulted ? { id: consulted.stop.item } : {}) },
      {
        meeting: sitting.id,
        term: sitting.term,
        order: orders[place]!,
        name: entry.name,
        public: closed === undefined,
        closedReason: closed?.reason,
        publicTitle: closed?.neutral,
        consultation: consulted?.consultation._id,
        ...outcome,
      },
    )
  })
}

function entriesOf(sitting: Sitting, filed: readonly FiledPaper[]): Entry[] {
  const consulted = filed.flatMap((paper) =>
    paper.stops.flatMap((stop, place): Entry[] => {
      if (stop.sitting.id !== sitting.id) return []
      const { closed } = paper.matter
      const consultation = paper.consultations[place]!
      return [
        { name: paper.paper.name, consulted: { filed: paper, stop, consultation }, ...(closed ? { closed } : {}) },
      ]
    }),
  )
  const formal = (name: string): Entry => ({ name })
  const isOpen = !sitting.body.words.closed
  const opening = isOpen && sitting.body.words.type === 'council' ? [...phrases.opening, phrases.questions] : []
  const closing = isOpen ? [phrases.announcements] : []
  const closedPart = consulted.filter((entry) => entry.closed)
  const { title, reason } = phrases.closedAnnouncements
  const closedClosing = sitting.body.words.type === 'council' ? [{ name: title, closed: { reason } }] : []
  return [
    ...opening.map(formal),
    ...consulted.filter((entry) => !entry.closed),
    ...closing.map(formal),
    ...closedPart,
    ...closedClosing,
  ]
}

/** What became of a matter in a sitting that was held. */
function decide(dice: Dice, matter: Matter, stop: Stop): { result?: string; resolutionText?: string } {
  const { results } = phrases
  if (matter.kind === 'notice') return { result: dice.pick(results.noted) }
  if (matter.kind === 'inquiry') return { result: dice.pick(results.answered) }
  const resolution = matter.resolution ?? ''
  if (!stop.authoritative && matter.kind !== 'motion')
    return { result: dice.pick(results.advised), resolutionText: fill(phrases.advice, { resolution }) }
  const roll = dice.fraction()
  if (roll < 0.05) return { result: dice.pick(results.deferred) }
  if (matter.kind === 'motion' && roll < 0.3) return { result: dice.pick(results.referred) }
  if (matter.kind === 'motion' && roll < 0.55) return { result: tally(dice, stop, dice.pick(results.rejected), false) }
  return { result: agreement(dice, stop), resolutionText: resolution }
}

function agreement(dice: Dice, stop: Stop): string {
  const result = dice.pick(phrases.results.agreed)
  if (result === phrases.results.agreed.at(-1)) return tally(dice, stop, result, true)
  return fill(result, { small: dice.between(2, 5) })
}

/** Votes of those present: more for than against where the matter was carried. */
function tally(dice: Dice, stop: Stop, result: string, carried: boolean): string {
  const present = Math.max(5, stop.sitting.body.words.seats - dice.between(0, 5))
  const abstentions = dice.between(0, Math.floor(present / 8))
  const fewer = dice.between(1, Math.floor((present - abstentions - 1) / 2))
  const more = present - abstentions - fewer
  return fill(phrases.tally, { result, yes: carried ? more : fewer, no: carried ? fewer : more, abstentions })
}
