import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { LegislativeTerm } from '../../../shared/oparl/index.ts'
import type { Publication } from '../../../shared/oparl/record.ts'
import type { Role } from '../../../shared/rules/access.ts'
import { writeAgenda } from './agenda.ts'
import { makeBodies, makeTerms, writePassages, type Bodies } from './bodies.ts'
import { addDays, berlinInstant, earlier } from './calendar.ts'
import { filePapers, planPapers, type Sitting } from './papers.ts'
import { makePeople, type People } from './people.ts'
import { openPrintShop, type Print, type PrintShop } from './prints.ts'
import type { Profile } from '../profile.ts'
import { rollDice, type Dice } from './random.ts'
import { openRegister, type Register } from './register.ts'
import { scheduleClosedTerm, scheduleRunningTerm } from './schedule.ts'
import { fill, phrases, town } from './words.ts'

/** A login of the demo town; passwords are public by intent. */
export interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly person: string
  readonly roles: readonly Role[]
}

export interface DemoTown {
  readonly name: string
  /** The working state, without `file:` records: those follow from the bytes of `prints`. */
  readonly records: readonly AnyRecord[]
  readonly prints: readonly Print[]
  readonly accounts: readonly DemoAccount[]
}

/** Makes the town. Pure: the same profile, day (`yyyy-mm-dd`) and seed give the same town. */
export function makeTown(profile: Profile, today: string, seed = 1521): DemoTown {
  const dice = rollDice(seed)
  const register = openRegister(dice)
  const bodies = makeBodies(register)
  const terms = makeTerms(register, bodies.body, today, profile.closed.terms)
  const people = makePeople(register, dice, bodies, terms)
  const shop = openPrintShop(register, today)
  for (const term of terms) {
    const running = term === terms.at(-1)
    const { meetings, papers } = running ? profile.running : profile.closed
    const sittings = running
      ? scheduleRunningTerm(bodies.meeting, term, today, meetings)
      : scheduleClosedTerm(bodies.meeting, term, meetings)
    makeTerm({ register, dice, bodies, shop, today }, term, sittings, papers)
  }
  writePassages(register, bodies, terms.at(-1)?.startDate ?? today)
  return { name: town.body.name, records: register.records, prints: shop.prints, accounts: accountsOf(people) }
}

interface Workshop {
  readonly register: Register
  readonly dice: Dice
  readonly bodies: Bodies
  readonly shop: PrintShop
  readonly today: string
}

function makeTerm(
  workshop: Workshop,
  term: LegislativeTerm,
  appointments: readonly Omit<Sitting, 'id'>[],
  papers: number,
): void {
  const { register, dice, bodies, shop, today } = workshop
  const sittings = appointments
    .map((appointment): Sitting => ({ ...appointment, id: register.reserve('meeting', addDays(appointment.day, -60)) }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const filed = filePapers(
    register,
    bodies,
    planPapers(register, dice, bodies, sittings, papers),
    today,
    shop.paperFiles,
  )
  const byMeeting = Map.groupBy(
    filed.flatMap((paper) => paper.stops.map((stop) => ({ meeting: stop.sitting.id, paper }))),
    ({ meeting }) => meeting,
  )
  const fates = fatesOf(sittings)
  for (const sitting of sittings) {
    const onAgenda = (byMeeting.get(sitting.id) ?? []).map(({ paper }) => paper)
    const items = writeAgenda(register, dice, sitting, onAgenda, today)
    const meeting = { name: nameOf(sitting), fate: fates.get(sitting), invitation: undefined as string | undefined }
    if (sitting.phase === 'invited') {
      meeting.invitation = register.reserve('file', addDays(sitting.day, -9))
      shop.invitation(sitting, meeting.name, items, meeting.invitation)
    }
    writeMeeting(workshop, sitting, meeting)
  }
}

const nameOf = ({ number, body }: Sitting): string => fill(phrases.meetingName, { number, organization: body.words.of })

type Fate = 'cancelled' | 'withdrawn'

/** Of the coming meetings one is cancelled after the invitation, and the day of one is taken back. */
function fatesOf(sittings: readonly Sitting[]): Map<Sitting, Fate> {
  const others = sittings.filter(({ body }) => body.words.type === 'advisory-board')
  const cancelled = others.findLast(({ phase }) => phase === 'invited')
  const withdrawn = others.findLast(({ phase }) => phase === 'dated')
  const fates = new Map<Sitting, Fate>()
  if (cancelled) fates.set(cancelled, 'cancelled')
  if (withdrawn) fates.set(withdrawn, 'withdrawn')
  return fates
}

function writeMeeting(
  { register, dice, today }: Workshop,
  sitting: Sitting,
  { name, fate, invitation }: { name: string; fate: Fate | undefined; invitation: string | undefined },
): void {
  const { day, phase, body } = sitting
  const { hour, closed } = body.words
  const yesterday = addDays(today, -1)
  const changed = phase === 'past' ? addDays(day, 1) : addDays(day, -9)
  const publication: Publication =
    fate === 'withdrawn'
      ? { state: 'withdrawn', step: 2 }
      : phase === 'preparing'
        ? { state: 'draft', step: 0 }
        : { state: 'published', step: 1 }
  const created = earlier(addDays(day, -60), addDays(today, -20))
  register.add(
    'meeting',
    { id: sitting.id, created, modified: earlier(changed, fate ? today : yesterday) },
    {
      name,
      term: sitting.term,
      organization: [body.id],
      start: berlinInstant(day, hour),
      end: phase === 'past' ? berlinInstant(day, hour, dice.between(60, 200)) : undefined,
      cancelled: fate === 'cancelled' ? true : undefined,
      location: body.room,
      invitation,
      public: !closed,
      publication,
    },
  )
}

const accountsOf = (people: People): DemoAccount[] =>
  town.people.map(({ key, login, roles }) => {
    const person = people.cast.get(key)!
    return { login, password: town.password, name: person.name, person: person._id, roles }
  })
