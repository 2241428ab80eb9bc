import { makeTown, profiles } from '../../../scripts/demo/index.ts'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { IncomingDocument } from '../../../shared/ports/document-store.ts'
import { userAudience, type Audience } from '../../../shared/rules/audience.ts'
import type { HubStores } from '../start-hub.ts'
import { plant, plantedBytes, sha512Of } from './planted-words.ts'

const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' } as const
const published = { publication: { state: 'published', step: 1 } } as const
const draft = { publication: { state: 'draft', step: 0 } } as const
const withdrawn = { publication: { state: 'withdrawn', step: 2 } } as const
const start = { start: '2026-12-01T17:00:00Z' }

type Planted = IncomingDocument & { readonly type: string }

const record = (id: string, fields: object): Planted => ({
  _id: id,
  type: id.slice(0, id.indexOf(':')),
  ...stamp,
  ...fields,
})

const file = (key: string, bytes: string, word?: string, fileWord?: string): Planted =>
  record(`file:${key}`, {
    name: word ? plant(word) : key,
    fileName: `${fileWord ? plant(fileWord) : key}.txt`,
    mimeType: 'text/plain',
    size: plantedBytes[bytes]!.length,
    sha512: sha512Of(plantedBytes[bytes]!),
  })

/** The state of a board that was added to the record of a closed item. */
const sketch = (key: 'closed' | 'circled'): Planted => ({
  ...file(`${key}-sketch`, `${key}sketchbytes`, `${key}sketch`),
  authors: [plant(`${key}sketcher`)],
})

function bodies(body: string): Planted[] {
  const organization = (key: string, organizationType: string) =>
    record(`organization:${key}`, { body, name: key, organizationType })
  const member = (person: string, of: string) =>
    record(`membership:${person}-${of}`, {
      person: `person:${person}`,
      organization: `organization:${of}`,
      votingRight: true,
    })
  const person = (key: string, fields: object) =>
    record(`person:${key}`, { body, name: key, familyName: key, released: [], ...fields })
  return [
    ...['planning', 'building'].map((key) => organization(key, 'committee')),
    ...['greens', 'reds'].map((key) => organization(key, 'faction')),
    person('insider', { email: [`${plant('mail')}@example.org`], phone: [plant('phone')], life: plant('life') }),
    person('outsider', { phone: [plant('releasedphone')], released: ['phone'] }),
    person('keptout', {}),
    person('unknown', { familyName: plant('unknownperson') }),
    ...(['planning', 'greens'] as const).map((of) => member('insider', of)),
    member('keptout', 'planning'),
    ...(['building', 'reds'] as const).map((of) => member('outsider', of)),
  ]
}

const boardPage = '01J00000000000000000000001'

/** What is drawn on a board, as far as anybody can tell without Yjs. */
const drawing = (board: string, word: string): IncomingDocument => ({
  _id: `y:board:${board}:${boardPage}:${boardPage}:00000000`,
  ...{ type: 'y', schema: 1, author: 'insider', update: base64(plant(word)) },
})

/** A public meeting with closed items, a closed meeting, and one that is only prepared. */
function meetings(term: string): Planted[] {
  const meeting = (key: string, fields: object) =>
    record(`meeting:${key}`, {
      term,
      organization: ['organization:planning'],
      name: key,
      public: true,
      ...start,
      ...published,
      ...fields,
    })
  const item = (key: string, of: string, fields: object) =>
    record(`agenda-item:${key}`, { term, meeting: `meeting:${of}`, order: 'a0', name: key, public: false, ...fields })
  return [
    meeting('open', {}),
    meeting(plant('closedmeetingid'), { name: plant('closedmeeting'), public: false, location: 'location:closed' }),
    meeting('draft', { name: plant('draftmeeting'), ...draft }),
    record('location:closed', { description: plant('closedplace') }),
    item('open', 'open', { public: true }),
    item(plant('closeditemid'), 'open', { name: plant('closeditem') }),
    // Of this one everybody knows that it exists: everything else about it stands beside what is shown.
    item('titled', 'open', {
      name: plant('titleditem'),
      publicTitle: plant('neutraltitle'),
      closedReason: plant('closedreason'),
      consultation: 'consultation:closed',
      result: plant('closedresult'),
      resolutionText: plant('closedresolution'),
      resolutionFile: 'file:resolution',
      auxiliaryFile: ['file:closed-sketch'],
    }),
    item('circled', 'open', {
      name: plant('circleditem'),
      consultation: 'consultation:circled',
      auxiliaryFile: ['file:circled-sketch'],
      excluded: ['person:keptout'],
    }),
    item('draft', 'draft', { name: plant('draftitem'), public: true }),
    file('resolution', 'closedresolutionbytes', 'closedresolutionfile'),
    ...[sketch('closed'), sketch('circled')],
  ]
}

/** Boards of the public meeting: its own, of a closed item, and over files. */
function boards(): Planted[] {
  const board = (key: string, word: string, fields: object = {}) =>
    record(`board:${key}`, {
      ...{ meeting: 'meeting:open', name: plant(word), pages: [boardPage], mode: 'write', ...fields },
    })
  const over = (key: string): object => ({ file: `file:${key}`, sha512: sha512Of(plantedBytes[`${key}bytes`]!) })
  return [
    board('circled', 'circledboard', { agendaItem: 'agenda-item:circled' }),
    board('meeting', 'meetingboard'),
    board('over-closed', 'closedlayer', over('closed')),
    // Of a meeting that more people see than read the file, and over a version that there is no longer.
    board('over-circled', 'circledlayer', over('circled')),
    board('over-old', 'oldlayer', { file: 'file:closed', sha512: 'f'.repeat(128) }),
  ]
}

function papers(term: string): Planted[] {
  const paper = (key: string, name: string, fields: object) =>
    record(`paper:${key}`, { term, name: plant(name), public: true, ...published, ...fields })
  const consultation = (key: string, fields: object) =>
    record(`consultation:${key}`, { term, organization: ['organization:planning'], meeting: 'meeting:open', ...fields })
  return [
    paper('open', 'supersededname', {}),
    paper(plant('closedpaperid'), 'closedpaper', { public: false, mainFile: 'file:closed' }),
    consultation('closed', {
      paper: `paper:${plant('closedpaperid')}`,
      agendaItem: 'agenda-item:titled',
      role: plant('closedconsultation'),
    }),
    paper('circled', 'circledpaper', { public: false, mainFile: 'file:circled' }),
    consultation('circled', {
      paper: 'paper:circled',
      agendaItem: 'agenda-item:circled',
      role: plant('circledconsultation'),
    }),
    file('circled', 'circledbytes', 'circledfile'),
    file('closed', 'closedbytes', 'closedfile', 'closedfilename'),
    paper('draft', 'draftpaper', { ...draft, mainFile: 'file:draft' }),
    file('draft', 'draftbytes', 'draftfile'),
    paper('withdrawn', 'withdrawnpaper', { mainFile: 'file:withdrawn' }),
    file('withdrawn', 'withdrawnbytes'),
    paper('deleted', 'deletedpaper', {}),
  ]
}

/** Minutes, objections and resolutions of the open meeting; those of the draft meeting are not signed yet. */
function remains(term: string): Planted[] {
  const open = { meeting: 'meeting:open', term }
  const section = (key: string, word: string, isPublic = false) => ({
    ...{ key, public: isPublic, heading: key },
    blocks: [{ block: 'paragraph', runs: [{ text: plant(word) }] }],
  })
  const minutes = (key: string, state: string, sections: readonly object[]) =>
    record(`minutes:${key}`, {
      ...{ ...open, meeting: `meeting:${key}`, state, annotations: [], day: '2026-12-01' },
      signOffs: [{ by: 'clerk', name: 'Clerk', at: stamp.created, account: plant('signaccount') }],
      document: { language: 'de', title: key, body: 'Town', facts: [], sections, signatures: [] },
    })
  const objection = (key: string, word: string) =>
    record(`objection:${key}`, {
      ...{ ...open, minutes: 'minutes:open', section: `item:${key}:closed`, agendaItem: `agenda-item:${key}` },
      ...{ person: 'person:insider', name: 'insider', wished: plant(word), raised: stamp.created, state: 'raised' },
    })
  const resolution = (key: string, wording: string, fields: object) =>
    record(`resolution:${key}`, {
      ...{ ...open, vote: `vote:${key}`, wording: plant(wording), outcome: 'accepted', decided: stamp.created },
      ...{ public: false, state: 'open', ...fields },
    })
  return [
    minutes('open', 'published', [
      section('opening', 'openminutes', true),
      section('agenda-closed', 'closedagenda'),
      section('item:titled:closed', 'closedminutes'),
      section('item:circled:closed', 'circledminutes'),
    ]),
    minutes('draft', 'presented', [section('opening', 'presentedminutes', true)]),
    record('minutes-section:open-circled', {
      ...{ ...open, minutes: 'minutes:open', agendaItem: 'agenda-item:circled', after: ['opening'] },
      section: section('item:circled:closed', 'circledminutes'),
    }),
    objection('titled', 'objection'),
    objection('circled', 'circledobjection'),
    resolution('open', 'openresolution', { public: true, responsible: plant('responsibleunit') }),
    resolution('circled', 'circledwording', { agendaItem: 'agenda-item:circled' }),
    resolution('announced', 'announcedoriginal', {
      ...{ agendaItem: 'agenda-item:titled', announced: { day: '2026-12-02', wording: plant('announcement') } },
    }),
  ]
}

/** What the administration writes minutes with: the town's, and one of the body whose members walk through the hub. */
const passages = (): Planted[] => [
  record(`passage:${plant('passageid')}`, {
    ...{ name: plant('passagename'), text: `{chair} ${plant('passagetext')}`, source: plant('passagesource') },
    ...{ place: 'opening', template: true, order: 'a0' },
  }),
  record('passage:planning', {
    ...{ name: 'planning', text: plant('bodypassage'), organization: 'organization:planning', order: 'a0' },
  }),
]

export interface PlantedTown {
  readonly documents: readonly Planted[]
  /** What becomes of some of them once they were published. */
  readonly later: readonly Planted[]
  /** A closed item that comes while everybody listens. */
  readonly live: Planted
  /** What two people change at the same time. */
  readonly disputed: Planted
}

/** The small demo town, described without making its PDFs, and among it what is planted. */
export function plantedTown(today: string): PlantedTown {
  const { records, prints } = makeTown(profiles.small, today)
  const files = prints.map(({ id, term, name, fileName, day }, index): AnyRecord => {
    const bytes = { mimeType: 'application/pdf', size: 1, sha512: index.toString(16).padStart(128, '0'), date: day }
    return { _id: id, type: 'file', ...stamp, term, name, fileName, ...bytes }
  })
  const body = records.find(({ type }) => type === 'body')!._id
  const term = records.filter(({ type }) => type === 'legislative-term').at(-1)!._id
  const own = [...bodies(body), ...meetings(term), ...boards(), ...papers(term), ...remains(term), ...passages()]
  const paper = (key: string) => own.find(({ _id }) => _id === `paper:${key}`)!
  return {
    documents: [...([...files, ...records] as unknown as Planted[]), ...own],
    later: [
      { ...paper('open'), name: plant('openpaper') },
      { ...paper('withdrawn'), ...withdrawn },
      { ...paper('deleted'), deleted: true },
    ],
    live: record('agenda-item:late', {
      term,
      meeting: 'meeting:open',
      order: 'a1',
      name: plant('latecloseditem'),
      public: false,
    }),
    disputed: record('paper:disputed', { term, name: 'disputed', public: true, ...published }),
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const attachment = (text: string) => ({ content_type: 'text/plain', data: base64(text) })

/**
 * What lies outside the working state: notes, rooms of few, events of a meeting.
 *
 * @param events one that holds each of the words
 */
export const plantedNotes = (
  accounts: Readonly<Record<'insider' | 'outsider', string>>,
  events: Readonly<Record<'event' | 'circledevent', IncomingDocument>>,
): [Audience, IncomingDocument][] => [
  ['office', { _id: 'note:office', text: plant('officenote') }],
  ['office', { _id: 'y:minutes:open:01J00000000000000000000001:00000000', update: base64(plant('sharedtext')) }],
  [
    'faction-greens',
    { _id: 'note:1', text: plant('factionnote'), _attachments: { a: attachment(plant('factionattachment')) } },
  ],
  ['faction-reds', { _id: 'note:1', text: plant('foreignfaction') }],
  [userAudience(accounts.insider), { _id: 'note:1', text: plant('usernote') }],
  [userAudience(accounts.outsider), { _id: 'note:1', text: plant('foreignnote') }],
  ['org-planning', events.event],
  ['circle-circled', events.circledevent],
  ['circle-circled', drawing('circled', 'circleddrawing')],
  ['org-planning', drawing('meeting', 'meetingdrawing')],
  ['org-planning', drawing('over-closed', 'closedlayerdrawing')],
  ['office', drawing('over-circled', 'circledlayerdrawing')],
  ['circle-one', { _id: 'paper:circle', text: plant('circle') }],
  ['box-one', { _id: 'ballot:1:1', text: plant('box') }],
]

/** Writes documents into an audience, over what is there of them; each has to arrive. */
export async function writeAll(
  { documents }: Pick<HubStores, 'documents'>,
  audience: Audience,
  written: readonly IncomingDocument[],
): Promise<void> {
  const store = await documents.open(audience)
  const withRevisions = await Promise.all(
    written.map(async (document) => {
      const stored = await store.get(document._id)
      return stored ? { ...document, _rev: stored._rev } : document
    }),
  )
  for (const outcome of await store.write(withRevisions))
    if (!outcome.ok) throw new Error(`${audience} ${outcome.id}: ${outcome.reason}`)
}
