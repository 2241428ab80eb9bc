import type { Consultation, Paper } from '../../../shared/oparl/index.ts'
import type { Bodies } from './bodies.ts'
import { addDays, daysBetween, earlier, yearOf } from './calendar.ts'
import { closedMatter, drawMatter, type Matter } from './matters.ts'
import type { PaperFiles } from './prints.ts'
import type { Dice } from './random.ts'
import type { Register } from './register.ts'
import { shareOut, type Appointment } from './schedule.ts'
import { closedMatters, fill, phrases, topics } from './words.ts'

/** An appointment that has its record id. */
export interface Sitting extends Appointment {
  readonly id: string
}

/** A paper on its way through the organizations. */
export interface Dossier {
  readonly matter: Matter
  readonly stops: readonly Stop[]
  readonly date: string
  readonly faction?: { readonly id: string; readonly name: string }
}
export interface Stop {
  readonly sitting: Sitting
  readonly item: string
  readonly authoritative: boolean
  readonly role: string
}
/** A dossier whose records are written. */
export interface FiledPaper extends Dossier {
  readonly paper: Paper
  readonly consultations: readonly Consultation[]
  readonly reference: string
}

/** Papers of a term: as many as asked, ended evenly by its meetings; coming meetings get full agendas. */
export function planPapers(
  register: Register,
  dice: Dice,
  bodies: Bodies,
  sittings: readonly Sitting[],
  total: number,
): Dossier[] {
  const open = sittings.filter((sitting) => sitting.phase !== 'dated')
  const quotas = paperQuotas(open, total)
  return open.flatMap((sitting, place) =>
    mattersOf(dice, sitting, quotas[place]!).map((matter): Dossier => {
      const stops = planStops(register, matter, sitting, sittings)
      const first = stops[0]!.sitting.day
      const byFaction = matter.kind === 'motion' || matter.kind === 'inquiry'
      return {
        matter,
        stops,
        date: addDays(first, -dice.between(9, 24)),
        ...(byFaction ? { faction: dice.pick(bodies.factions) } : {}),
      }
    }),
  )
}

/** The next meeting of the council: the first that is called. */
const isNextCouncil = (sitting: Appointment): boolean =>
  sitting.phase === 'invited' && sitting.body.words.type === 'council'

/** How many papers end in each sitting. */
function paperQuotas(sittings: readonly Sitting[], total: number): number[] {
  const fixed = sittings.map((sitting): number => {
    if (isNextCouncil(sitting)) return 16
    return sitting.phase === 'invited' ? 5 : sitting.phase === 'preparing' ? 3 : 0
  })
  const weight = { council: 22, committee: 11, 'advisory-board': 6, faction: 0, administration: 0 }
  const past = shareOut(
    Math.max(0, total - fixed.reduce((a, b) => a + b, 0)),
    sittings.map(({ phase, body }) => (phase === 'past' ? weight[body.words.type] : 0)),
  )
  return fixed.map((quota, place) => quota + past[place]!)
}

/** The council's next packet holds the budget and closed matters with and without a neutral title, whatever the dice say. */
function mattersOf(dice: Dice, sitting: Sitting, quota: number): Matter[] {
  const { body, day } = sitting
  const drawn = Array.from({ length: quota }, () => drawMatter(dice, body, day))
  if (!isNextCouncil(sitting)) return drawn
  const closed = [closedMatters[0]!, closedMatters[2]!].map((words) => closedMatter(dice, body.words.key, day, words))
  return [budgetMatter(day), ...drawn.slice(closed.length + 1), ...closed]
}

function budgetMatter(day: string): Matter {
  const finance = topics.find((topic) => topic.key === 'finance')!
  const years = { nextYear: yearOf(day) + 1 }
  return {
    kind: 'budget',
    title: fill(phrases.budget.title, years),
    topic: finance.name,
    office: finance.office,
    resolution: fill(phrases.budget.resolution, years),
    facts: finance.facts,
    route: ['finance', 'council'],
  }
}

/** Consultations backwards from the last; who did not meet in the ten weeks before is left out. */
function planStops(register: Register, matter: Matter, last: Sitting, sittings: readonly Sitting[]): Stop[] {
  const chain = [last]
  for (const key of matter.route.slice(0, -1).reverse()) {
    const next = chain[0]!
    const before = sittings
      .filter(({ body, day }) => body.words.key === key && isBetween(daysBetween(day, next.day), 3, 70))
      .sort((a, b) => (a.day < b.day ? 1 : -1))[0]
    if (before) chain.unshift(before)
  }
  const { consultationRoles: roles } = phrases
  return chain.map((sitting, place): Stop => {
    const authoritative = place === chain.length - 1 && (matter.kind === 'decision' || matter.kind === 'budget')
    const advising = sitting.body.words.district ? roles.hearing : roles.advice
    const ending = matter.kind === 'inquiry' || matter.kind === 'notice' ? roles.notice : roles.decision
    return {
      sitting,
      item: register.reserve('agenda-item', addDays(sitting.day, -9)),
      authoritative,
      role: place === chain.length - 1 ? ending : advising,
    }
  })
}

const isBetween = (value: number, from: number, to: number): boolean => value >= from && value <= to

/** Numbers the dossiers of a term by their day and writes paper and consultations. */
export function filePapers(
  register: Register,
  bodies: Bodies,
  dossiers: readonly Dossier[],
  today: string,
  fileOf: (dossier: Dossier, reference: string) => PaperFiles,
): FiledPaper[] {
  const counters = new Map<number, number>()
  const byDate = [...dossiers].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  return byDate.map((dossier) => {
    const date = earlier(dossier.date, addDays(today, -1))
    const year = yearOf(date)
    const number = (counters.get(year) ?? 0) + 1
    counters.set(year, number)
    return filePaper(register, bodies, { ...dossier, date }, `${year}/${String(number).padStart(4, '0')}`, fileOf)
  })
}

function filePaper(
  register: Register,
  bodies: Bodies,
  dossier: Dossier,
  reference: string,
  fileOf: (dossier: Dossier, reference: string) => PaperFiles,
): FiledPaper {
  const { matter, stops, date, faction } = dossier
  const files = fileOf(dossier, reference)
  const term = stops[0]!.sitting.term
  const published = stops.some(({ sitting }) => sitting.phase === 'past' || sitting.phase === 'invited')
  const originator = faction ? faction.id : bodies.administration
  const paper = register.add(
    'paper',
    { created: date },
    {
      term,
      name: fill(phrases.titlePrefixes[matter.kind], { faction: faction?.name ?? '' }) + matter.title,
      reference,
      date,
      paperType: phrases.paperTypes[matter.kind],
      mainFile: files.main,
      auxiliaryFile: files.auxiliary,
      originatorOrganization: [originator],
      underDirectionOf: faction ? undefined : [bodies.administration],
      public: !matter.closed,
      publication: published ? { state: 'published', step: 1 } : { state: 'draft', step: 0 },
    },
  )
  const consultations = stops.map((stop) =>
    register.add(
      'consultation',
      { created: date },
      {
        paper: paper._id,
        term,
        meeting: stop.sitting.id,
        agendaItem: stop.item,
        organization: [stop.sitting.body.id],
        authoritative: stop.authoritative,
        role: stop.role,
      },
    ),
  )
  return { ...dossier, paper, consultations, reference }
}
