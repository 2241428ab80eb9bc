import { generateKeyBetween } from 'fractional-indexing'
import type { LegislativeTerm } from '../../../shared/oparl/index.ts'
import { addDays, yearOf } from './calendar.ts'
import type { Register } from './register.ts'
import { fill, town, type OrganizationWords } from './words.ts'

/** The town's organizations, by the keys of `town.yml`. */
export interface Bodies {
  readonly body: string
  readonly administration: string
  readonly factions: readonly {
    readonly id: string
    readonly name: string
    readonly key: string
    readonly seats: number
  }[]
  readonly meeting: readonly MeetingBody[]
}
/** An organization that meets. */
export interface MeetingBody {
  readonly id: string
  readonly words: OrganizationWords
  readonly room: string
}

const founding = '1999-07-01'

export function makeBodies(register: Register): Bodies {
  const when = { created: founding }
  const rooms = new Map(
    Object.entries(town.rooms).map(([key, room]) => [key, register.add('location', when, room)._id] as const),
  )
  const { address, ...about } = town.body
  const location = register.add('location', when, address)._id
  const body = register.add('body', when, { ...about, location })._id
  const council = register.reserve('organization', founding)
  const meeting = town.organizations.map((words): MeetingBody => {
    const room = rooms.get(words.room)
    if (!room) throw new Error(`town.yml: ${words.key} meets in ${words.room}, but there is no such room`)
    const isCouncil = words.type === 'council'
    const id = isCouncil ? council : register.reserve('organization', founding)
    register.add(
      'organization',
      { ...when, id },
      {
        body,
        name: words.name,
        shortName: words.shortName,
        organizationType: words.type,
        classification: words.classification,
        startDate: founding,
        subOrganizationOf: isCouncil ? undefined : council,
        location: room,
      },
    )
    return { id, words, room }
  })
  const factions = town.factions.map(({ key, name, shortName, seats }) => {
    const about = { body, name, shortName, organizationType: 'faction', subOrganizationOf: council } as const
    return { id: register.add('organization', when, about)._id, name, key, seats }
  })
  const { name, shortName, classification } = town.administration
  const administration = register.add('organization', when, {
    body,
    name,
    shortName,
    classification,
    organizationType: 'administration',
  })._id
  return { body, administration, factions, meeting }
}

/** A legislative term lasts five years from 1 July; the running one is between two and three years old. */
export function makeTerms(register: Register, body: string, today: string, closed: number): LegislativeTerm[] {
  const year = yearOf(addDays(today, -2 * 365 - 182))
  const running = `${year}-07-01` <= addDays(today, -2 * 365) ? year : year - 1
  return Array.from({ length: closed + 1 }, (_, age) => {
    const start = running - 5 * (closed - age)
    const number = Math.max(1, 18 - (closed - age))
    return register.add(
      'legislative-term',
      { created: `${start}-07-01` },
      {
        body,
        name: fill(town.terms, { number, start, end: start + 5 }),
        startDate: `${start}-07-01`,
        endDate: `${start + 5}-06-30`,
      },
    )
  })
}

/** What the town writes its minutes with; all of it belongs to the template of its place. */
export function writePassages(register: Register, { meeting }: Pick<Bodies, 'meeting'>, day: string): void {
  let order = generateKeyBetween(null, null)
  for (const { organization: key, ...words } of town.passages) {
    const body = meeting.find((one) => one.words.key === key)
    if (key !== undefined && !body)
      throw new Error(`town.yml: a passage is for ${key}, but there is no such organization that meets`)
    register.add('passage', { created: day }, { ...words, organization: body?.id, template: true, order })
    order = generateKeyBetween(order, null)
  }
}
