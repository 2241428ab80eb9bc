import * as fc from 'fast-check'
import type { AnyRecord, RecordType } from '../council/records/index.ts'
import { boardModes } from '../council/records/board.ts'
import { passagePlaces } from '../council/records/passage.ts'
import { organizationTypes } from '../oparl/organization.ts'
import { releasableFields } from '../oparl/person.ts'

/** How many records of each type a random town may have; an absent one leaves dangling references behind. */
const counts: Record<RecordType, number> = {
  body: 1,
  'legislative-term': 2,
  organization: 3,
  person: 4,
  membership: 5,
  meeting: 4,
  'agenda-item': 8,
  paper: 5,
  consultation: 6,
  file: 6,
  location: 3,
  minutes: 4,
  'minutes-section': 5,
  objection: 5,
  resolution: 6,
  board: 4,
  passage: 4,
}

/** Keys of equal length, so that no id is a part of another. */
export const idAt = (type: RecordType, index: number): string => `${type}:k${String(index).padStart(3, '0')}z`
/** A word that occurs in one field of one record only; letters and digits alone, so that escaping does not hide it. */
export const secretOf = (id: string, field: string): string => `Q${id.replaceAll(/[:-]/g, '')}${field}Q`

/** mulberry32: a small seeded generator, so that a failing seed tells the whole town. */
function diceOf(seed: number) {
  let state = seed | 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  const id = (type: RecordType): string => idAt(type, below(counts[type]))
  const oneOrMore = (type: RecordType): string[] => [...new Set(Array.from({ length: 1 + below(3) }, () => id(type)))]
  return {
    below,
    /** True in `percent` of 100 throws. */
    chance: (percent: number): boolean => below(100) < percent,
    pick: <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value,
    id,
    oneOrMore,
    some: (type: RecordType): string[] | undefined => (below(100) < 60 ? oneOrMore(type) : undefined),
  }
}
type Dice = ReturnType<typeof diceOf>

const publication = (dice: Dice) => ({
  state: dice.pick(['published', 'published', 'published', 'published', 'draft', 'withdrawn'] as const),
  step: dice.below(3),
})
/** Few, so that what lies over a file often lies over the version that is there. */
const digest = (dice: Dice): string => dice.below(3).toString(16).repeat(128)
const dayOf = (dice: Dice): string => `202${dice.below(8)}-0${1 + dice.below(9)}-1${dice.below(9)}`

type Maker = (id: string, dice: Dice) => Record<string, unknown>
const makers: Record<RecordType, Maker> = {
  body: (id, dice) => ({ name: secretOf(id, 'name'), location: dice.chance(50) ? dice.id('location') : undefined }),
  'legislative-term': (id, dice) => ({
    body: idAt('body', 0),
    name: secretOf(id, 'name'),
    startDate: dayOf(dice),
  }),
  organization: (id, dice) => ({
    body: idAt('body', 0),
    name: secretOf(id, 'name'),
    organizationType: dice.pick(organizationTypes),
    subOrganizationOf: dice.chance(30) ? dice.id('organization') : undefined,
    location: dice.chance(30) ? dice.id('location') : undefined,
  }),
  person: (id, dice) => ({
    body: idAt('body', 0),
    name: secretOf(id, 'name'),
    familyName: secretOf(id, 'familyName'),
    gender: secretOf(id, 'gender'),
    email: [`${secretOf(id, 'email')}@example.org`],
    phone: [secretOf(id, 'phone')],
    status: [secretOf(id, 'status')],
    life: secretOf(id, 'life'),
    location: dice.id('location'),
    released: releasableFields.filter(() => dice.chance(40)),
  }),
  membership: (id, dice) => ({
    person: dice.id('person'),
    organization: dice.id('organization'),
    role: secretOf(id, 'role'),
    votingRight: dice.chance(80),
    onBehalfOf: dice.chance(20) ? dice.id('organization') : undefined,
    endDate: dice.chance(20) ? dayOf(dice) : undefined,
  }),
  meeting: (id, dice) => ({
    name: secretOf(id, 'name'),
    term: dice.id('legislative-term'),
    organization: dice.oneOrMore('organization'),
    start: `${dayOf(dice)}T17:00:00Z`,
    location: dice.chance(50) ? dice.id('location') : undefined,
    invitation: dice.chance(50) ? dice.id('file') : undefined,
    auxiliaryFile: dice.some('file'),
    cancelled: dice.chance(10) ? true : undefined,
    public: dice.chance(75),
    publication: publication(dice),
  }),
  'agenda-item': (id, dice) => ({
    meeting: dice.id('meeting'),
    term: dice.id('legislative-term'),
    order: `a${dice.below(5)}`,
    name: secretOf(id, 'name'),
    public: dice.chance(55),
    closedReason: secretOf(id, 'closedReason'),
    excluded: dice.chance(25) ? [dice.id('person')] : undefined,
    publicTitle: dice.chance(60) ? secretOf(id, 'publicTitle') : undefined,
    consultation: dice.chance(60) ? dice.id('consultation') : undefined,
    auxiliaryFile: dice.some('file'),
    result: secretOf(id, 'result'),
    resolutionText: secretOf(id, 'resolutionText'),
    resolutionFile: dice.chance(30) ? dice.id('file') : undefined,
  }),
  paper: (id, dice) => ({
    term: dice.id('legislative-term'),
    name: secretOf(id, 'name'),
    reference: secretOf(id, 'reference'),
    date: dayOf(dice),
    mainFile: dice.chance(70) ? dice.id('file') : undefined,
    auxiliaryFile: dice.some('file'),
    originatorPerson: dice.some('person'),
    originatorOrganization: dice.some('organization'),
    underDirectionOf: dice.some('organization'),
    relatedPaper: dice.some('paper'),
    public: dice.chance(60),
    publication: publication(dice),
  }),
  consultation: (id, dice) => ({
    paper: dice.id('paper'),
    term: dice.id('legislative-term'),
    meeting: dice.chance(60) ? dice.id('meeting') : undefined,
    agendaItem: dice.chance(60) ? dice.id('agenda-item') : undefined,
    organization: dice.oneOrMore('organization'),
    authoritative: dice.chance(50),
    role: secretOf(id, 'role'),
  }),
  file: (id, dice) => ({
    term: dice.chance(50) ? dice.id('legislative-term') : undefined,
    name: secretOf(id, 'name'),
    fileName: `${secretOf(id, 'fileName')}.pdf`,
    mimeType: 'application/pdf',
    size: dice.below(1000),
    sha512: digest(dice),
  }),
  location: (id) => ({ description: secretOf(id, 'description'), room: secretOf(id, 'room') }),
  minutes: (id, dice) => ({
    meeting: dice.id('meeting'),
    term: dice.id('legislative-term'),
    state: dice.pick(['draft', 'presented', 'signed', 'published', 'published', 'published'] as const),
    document: dice.chance(90) ? documentOf(id, dice) : undefined,
    digest: dice.chance(90) ? '0'.repeat(64) : undefined,
    signOffs: [signOff(id)],
    annotations: [annotationOf(id, 'opening', dice), annotationOf(id, 'agenda-closed', dice)],
    publicFile: dice.chance(50) ? dice.id('file') : undefined,
  }),
  'minutes-section': (id, dice) => {
    const agendaItem = dice.id('agenda-item')
    const key = `item:${agendaItem.slice(agendaItem.indexOf(':') + 1)}:closed`
    return {
      ...{ minutes: dice.id('minutes'), meeting: dice.id('meeting'), term: dice.id('legislative-term') },
      ...{ agendaItem, section: sectionOf(id, key, false, 'section'), after: ['opening'] },
    }
  },
  objection: (id, dice) => ({
    ...{ minutes: dice.id('minutes'), meeting: dice.id('meeting'), term: dice.id('legislative-term') },
    ...{ section: dice.pick(['opening', 'agenda-closed']), person: dice.id('person'), name: secretOf(id, 'name') },
    agendaItem: dice.chance(50) ? dice.id('agenda-item') : undefined,
    ...{ wished: secretOf(id, 'wished'), raised: '2026-01-01T08:00:00Z', state: 'raised' },
  }),
  resolution: (id, dice) => ({
    ...{ meeting: dice.id('meeting'), term: dice.id('legislative-term'), vote: 'vote:1' },
    agendaItem: dice.chance(85) ? dice.id('agenda-item') : undefined,
    ...{ question: secretOf(id, 'question'), wording: secretOf(id, 'wording'), outcome: 'accepted' },
    ...{
      decided: '2026-01-01T08:00:00Z',
      public: dice.chance(60),
      file: dice.chance(50) ? dice.id('file') : undefined,
    },
    ...{ state: 'open', responsible: secretOf(id, 'responsible') },
    announced: dice.chance(30) ? { day: '2026-01-02', wording: secretOf(id, 'announced') } : undefined,
  }),
  board: (id, dice) => ({
    meeting: dice.id('meeting'),
    agendaItem: dice.chance(70) ? dice.id('agenda-item') : undefined,
    name: secretOf(id, 'name'),
    pages: ['01J00000000000000000000001'],
    ...(dice.chance(40) ? { file: dice.id('file'), sha512: digest(dice) } : {}),
    mode: dice.pick(boardModes),
  }),
  passage: (id, dice) => ({
    ...{ name: secretOf(id, 'name'), text: `{chair} ${secretOf(id, 'text')}`, source: secretOf(id, 'source') },
    organization: dice.chance(50) ? dice.id('organization') : undefined,
    place: dice.chance(60) ? dice.pick(passagePlaces) : undefined,
    template: dice.chance(40) ? true : undefined,
    order: `a${dice.below(5)}`,
  }),
}

const sectionOf = (id: string, key: string, isPublic: boolean, word: string) => ({
  ...{ key, public: isPublic, heading: secretOf(id, `${word}Heading`) },
  blocks: [{ block: 'paragraph', runs: [{ text: secretOf(id, `${word}Text`) }] }],
})

/** Minutes with something of every kind; what each section is about says `sectionsAt`. */
const documentOf = (id: string, dice: Dice) => ({
  ...{ language: 'de', title: secretOf(id, 'title'), body: secretOf(id, 'body'), facts: [], signatures: [] },
  sections: sectionsAt(dice.below(counts['agenda-item'])).map(({ key, isPublic, word }) =>
    sectionOf(id, key, isPublic, word),
  ),
})

/** The sections of a random town's minutes about two items, with the words that stand in each. */
const sectionsAt = (item: number): { key: string; isPublic: boolean; word: string }[] => {
  const [one, other] = [item, item + 1].map((index) => idAt('agenda-item', index).slice('agenda-item:'.length))
  return [
    { key: 'opening', isPublic: true, word: 'opening' },
    { key: `item:${one}`, isPublic: true, word: 'open' },
    { key: 'agenda-closed', isPublic: false, word: 'agenda' },
    { key: `item:${one}:closed`, isPublic: false, word: 'closed' },
    { key: `item:${other}:closed`, isPublic: false, word: 'other' },
  ]
}

const signOff = (id: string) => ({
  ...{ by: 'chair', name: secretOf(id, 'signed'), at: '2026-01-01T08:00:00Z' },
  ...{ account: secretOf(id, 'account'), digest: '0'.repeat(64) },
})

const annotationOf = (id: string, section: string, dice: Dice) => ({
  ...{ objection: 'objection:1', section, public: dice.chance(50), accepted: true, decided: '2026-02-01T08:00:00Z' },
  ...{
    correction: secretOf(id, `corrected${section.replace('-', '')}`),
    decidedIn: secretOf(id, 'decidedIn'),
    vote: 'vote:2',
  },
})

/** Fields in which two people may have disagreed. */
const disputes: Partial<Record<RecordType, (id: string, dice: Dice) => Record<string, unknown[]>>> = {
  meeting: (_, dice) => ({ public: [true, dice.chance(50)] }),
  paper: (id) => ({ public: [true, false], name: [secretOf(id, 'disputedName')] }),
  'agenda-item': (id) => ({ publicTitle: [secretOf(id, 'disputedTitle'), null], name: [secretOf(id, 'disputedName')] }),
  person: () => ({ released: [[...releasableFields], []] }),
}

function recordOf(type: RecordType, id: string, dice: Dice): AnyRecord {
  const stamp = `2026-01-0${1 + dice.below(9)}T08:00:00Z`
  const record = {
    ...{ _id: id, type, schema: 1, created: stamp, modified: stamp },
    versions: dice.chance(8) ? disputes[type]?.(id, dice) : undefined,
    deleted: dice.chance(6) ? true : undefined,
    ...makers[type](id, dice),
  }
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as AnyRecord
}

function townOf(seed: number): AnyRecord[] {
  const dice = diceOf(seed)
  const records: AnyRecord[] = []
  for (const type of Object.keys(counts) as RecordType[])
    for (let index = 0; index < counts[type]; index++)
      if (!dice.chance(type === 'body' ? 2 : 7)) records.push(recordOf(type, idAt(type, index), dice))
  return records
}

/**
 * Whole towns of valid records, with drafts, withdrawn and deleted things, closed meetings and items, undecided fields
 * and dangling references. Ids are the same in every town, so that the records of one are later states of another's.
 */
export const towns = (): fc.Arbitrary<AnyRecord[]> => fc.nat().map(townOf)
