import type { LegislativeTerm, Person } from '../../../shared/oparl/index.ts'
import { releasableFields } from '../../../shared/oparl/person.ts'
import type { Bodies, MeetingBody } from './bodies.ts'
import type { Dice } from './random.ts'
import type { Register } from './register.ts'
import { names, town } from './words.ts'

type Form = 'female' | 'male'
type Cast = (typeof town.people)[number]

/** Draws people whose names nobody bears; no name twice. */
export function personMaker(register: Register, dice: Dice, body: string): (created: string, cast?: Cast) => Person {
  const taken = new Set(town.people.map((person) => person.familyName))
  const drawFamilyName = (): string => {
    for (;;) {
      const name = dice.pick(names.family.first) + dice.pick(names.family.second)
      if (!taken.has(name)) {
        taken.add(name)
        return name
      }
    }
  }
  return (created, cast) => {
    const form: Form = cast?.form ?? dice.pick(['female', 'male'])
    const familyName = cast?.familyName ?? drawFamilyName()
    const givenName = cast?.givenName ?? dice.pick(names.given[form])
    const title = !cast && dice.chance(0.08) ? [dice.pick(names.titles)] : undefined
    const home = register.add(
      'location',
      { created },
      {
        streetAddress: `${dice.pick(names.streets)} ${dice.between(1, 90)}`,
        postalCode: '00000',
        locality: town.body.shortName,
      },
    )
    return register.add(
      'person',
      { created },
      {
        body,
        name: [...(title ?? []), givenName, familyName].join(' '),
        familyName,
        givenName,
        formOfAddress: town.forms[form],
        title,
        gender: form,
        email: [`${latin(givenName)}.${latin(familyName)}@nibelau.example`],
        phone: [`+49 6200 ${dice.between(100000, 999999)}`],
        location: home._id,
        life: dice.pick(names.occupations),
        released: releasableFields.filter((field) => field === 'email' || (field !== 'location' && dice.chance(0.3))),
      },
    )
  }
}

const latin = (name: string): string =>
  name.toLowerCase().replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? letter)

/** Who sits in the running term's council and who works for it, by the keys of `town.yml`. */
export interface People {
  readonly cast: ReadonlyMap<string, Person>
  readonly councillors: readonly Councillor[]
}
export interface Councillor {
  readonly person: Person
  readonly faction: string
}

const wasFounded = '2009-07-01'

/** Everybody of the running term, with their memberships, and councillors of the terms before. */
export function makePeople(register: Register, dice: Dice, bodies: Bodies, terms: readonly LegislativeTerm[]): People {
  const drawPerson = personMaker(register, dice, bodies.body)
  const cast = new Map(town.people.map((entry) => [entry.key, drawPerson(wasFounded, entry)] as const))
  const running = terms.at(-1)!
  const councillors = bodies.factions.flatMap(({ key, seats }): Councillor[] => {
    const fixed = town.people.filter((entry) => entry.faction === key).map((entry) => cast.get(entry.key)!)
    const drawn = Array.from({ length: seats - fixed.length }, () => drawPerson(running.startDate))
    return [...fixed, ...drawn].map((person) => ({ person, faction: key }))
  })
  const seat = seatMaker(register, running)
  seatCouncil(seat, bodies, cast, councillors)
  seatAdministration(seat, bodies, cast)
  for (const body of bodies.meeting.slice(1)) seatBody(seat, dice, body, bodies, { cast, councillors }, drawPerson)
  for (const term of terms.slice(0, -1)) seatFormerCouncil(register, bodies, term, drawPerson)
  return { cast, councillors }
}

type Seat = (person: Person, organization: string, role: string, votingRight: boolean, onBehalfOf?: string) => void

const seatMaker =
  (register: Register, term: LegislativeTerm): Seat =>
  (person, organization, role, votingRight, onBehalfOf) => {
    register.add(
      'membership',
      { created: term.startDate },
      {
        person: person._id,
        organization,
        role,
        votingRight,
        startDate: term.startDate,
        onBehalfOf,
      },
    )
  }

function seatCouncil(seat: Seat, bodies: Bodies, cast: People['cast'], councillors: readonly Councillor[]): void {
  const council = bodies.meeting[0]!.id
  // GemO RLP §36 (3): the mayor chairs the council and votes with it.
  seat(cast.get('mayor')!, council, town.roles.mayor, true)
  for (const faction of bodies.factions) {
    const members = councillors.filter((entry) => entry.faction === faction.key)
    for (const [place, { person }] of members.entries()) {
      seat(person, council, town.roles.councillor, true, faction.id)
      seat(person, faction.id, place === 0 ? town.roles.factionChair : town.roles.factionMember, true)
    }
  }
}

function seatAdministration(seat: Seat, bodies: Bodies, cast: People['cast']): void {
  for (const entry of town.people) {
    if (entry.duty === 'councillor') continue
    seat(cast.get(entry.key)!, bodies.administration, town.roles[entry.duty], false)
  }
}

/** Committees mirror the council; local boards have a head of their own, boards of experts only experts. */
function seatBody(
  seat: Seat,
  dice: Dice,
  body: MeetingBody,
  bodies: Bodies,
  { cast, councillors }: People,
  drawPerson: (created: string) => Person,
): void {
  const { words, id } = body
  const fixed = town.people.filter((entry) => entry.committees.includes(words.key)).map((entry) => cast.get(entry.key)!)
  if (words.type === 'committee') seat(cast.get('mayor')!, id, town.roles.chair, false)
  else {
    const head = drawPerson('2019-07-01')
    const local = head.gender === 'female' ? town.roles.localHeadFemale : town.roles.localHead
    seat(head, id, words.district ? local : town.roles.chair, true)
  }
  const factionOf = new Map(councillors.map(({ person, faction }) => [person, faction]))
  const members = words.experts ? [] : fixed
  for (const { person } of words.experts ? [] : dice.shuffle(councillors)) {
    // Every faction in turn by its size, as a shuffled council does on the whole.
    const enough = words.type === 'committee' ? words.seats - 2 : Math.ceil(words.seats / 2)
    if (members.length < enough && !members.includes(person)) members.push(person)
  }
  for (const [place, person] of members.entries()) {
    const faction = bodies.factions.find(({ key }) => key === factionOf.get(person))?.id
    seat(person, id, place === 0 ? town.roles.deputy : town.roles.member, true, faction)
  }
  for (let place = members.length; place < words.seats; place++)
    seat(drawPerson('2019-07-01'), id, words.type === 'committee' ? town.roles.expert : town.roles.member, true)
}

/** Half of an older council is remembered by name. */
function seatFormerCouncil(
  register: Register,
  bodies: Bodies,
  term: LegislativeTerm,
  drawPerson: (created: string) => Person,
): void {
  for (const faction of bodies.factions)
    for (let place = 0; place < faction.seats / 2; place++)
      register.add(
        'membership',
        { created: term.startDate, modified: term.endDate! },
        {
          person: drawPerson(term.startDate)._id,
          organization: bodies.meeting[0]!.id,
          role: town.roles.councillor,
          votingRight: true,
          startDate: term.startDate,
          endDate: term.endDate,
          onBehalfOf: faction.id,
        },
      )
}
