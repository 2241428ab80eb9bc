import { expect, test } from 'vitest'
import {
  audiencesOf,
  canRead,
  isAdministration,
  judgeWrite,
  nobody,
  roles,
  type Principal,
  type RefusalReason,
  type Role,
  type Write,
} from './access.ts'
import type { Audience } from './audience.ts'

const account = (name: string, role: Role, more: Partial<Principal> = {}): Principal => ({
  account: name,
  person: `person:${name}`,
  roles: [role],
  organizations: [],
  factions: [],
  ...more,
})
/** Everybody else than the administration sits in one organization and one faction. */
const seats = { organizations: ['organization:planning'], factions: ['organization:greens'] }
const principals: Record<Role | 'nobody', Principal> = {
  nobody,
  administrator: account('ada', 'administrator'),
  clerk: account('clara', 'clerk'),
  staff: account('stefan', 'staff'),
  chair: account('chris', 'chair', seats),
  member: account('mia', 'member', seats),
  guest: account('gast', 'guest'),
}

const audiences: readonly Audience[] = [
  'public',
  'office',
  'org-planning',
  'org-council',
  'faction-greens',
  'faction-reds',
  'user-mia',
  'circle-1',
  'box-1',
]

test('who reads what', () => {
  const readable = Object.entries(principals).map(([who, principal]) => [
    who,
    audiences.filter((audience) => canRead(principal, audience)).join(' '),
  ])
  expect(Object.fromEntries(readable)).toEqual({
    nobody: 'public',
    administrator: 'public office org-planning org-council',
    clerk: 'public office org-planning org-council',
    staff: 'public office org-planning org-council',
    chair: 'public org-planning faction-greens',
    member: 'public org-planning faction-greens user-mia',
    guest: 'public',
  })
})

test('a device keeps a copy of nothing that its principal may not read', () => {
  for (const principal of Object.values(principals))
    for (const audience of audiencesOf(principal)) expect(canRead(principal, audience)).toBe(true)
})

test('the administration is whoever prepares meetings', () => {
  expect(roles.filter((role) => isAdministration(principals[role]))).toEqual(['administrator', 'clerk', 'staff'])
})

/** As the rule sees it: whether the signature holds is for whoever has the key. */
const eventOf = (author: Principal, more: object = {}) => ({
  _id: `event:1:0000000000010000-00000001:${author.account}`,
  type: 'event',
  schema: 1,
  author: { account: author.account, person: author.person, roles: author.roles, key: 'a'.repeat(64) },
  body: { kind: 'note-added', text: 'Heard.' },
  place: 1,
  previous: null,
  signature: 'signature',
  ...more,
})

const at = '2026-05-04T17:00:00Z'
const head = (type: string) => ({ _id: `${type}:1`, type, schema: 1, created: at, modified: at })
const draft = { state: 'draft', step: 0 }
const published = { state: 'published', step: 1 }
const documents = {
  body: { ...head('body'), name: 'Town' },
  'legislative-term': { ...head('legislative-term'), body: 'body:1', name: 'Term', startDate: '2024-06-01' },
  organization: { ...head('organization'), body: 'body:1', name: 'Council', organizationType: 'council' },
  person: { ...head('person'), body: 'body:1', name: 'Mia Muster', familyName: 'Muster', released: [] },
  membership: {
    ...head('membership'),
    person: 'person:1',
    organization: 'organization:1',
    votingRight: true,
  },
  meeting: {
    ...head('meeting'),
    name: 'Meeting',
    term: 'legislative-term:1',
    organization: ['organization:1'],
    start: at,
    public: true,
    publication: draft,
  },
  'agenda-item': {
    ...head('agenda-item'),
    meeting: 'meeting:1',
    term: 'legislative-term:1',
    order: 'a0',
    name: 'Item',
    public: true,
  },
  'paper, draft': {
    ...head('paper'),
    term: 'legislative-term:1',
    name: 'Paper',
    public: true,
    publication: draft,
  },
  'paper, published': {
    ...head('paper'),
    term: 'legislative-term:1',
    name: 'Paper',
    public: true,
    publication: published,
  },
  consultation: {
    ...head('consultation'),
    paper: 'paper:1',
    term: 'legislative-term:1',
    organization: ['organization:1'],
  },
  file: {
    ...head('file'),
    name: 'File',
    fileName: 'file.pdf',
    mimeType: 'application/pdf',
    size: 1,
    sha512: 'a'.repeat(128),
  },
  location: { ...head('location'), description: 'Town hall' },
  passage: { ...head('passage'), name: 'Report', text: 'At {time} the report is heard.', order: 'a0' },
  'own event': {},
  'event of another': eventOf(account('somebody', 'member')),
  note: { _id: 'note:1', text: 'mine' },
  'design document': { _id: '_design/rules', validate_doc_update: 'function () {}' },
} satisfies Record<string, Record<string, unknown>>
type DocumentName = keyof typeof documents

const judge = (principal: Principal, write: Partial<Write> & Pick<Write, 'audience' | 'document'>) =>
  judgeWrite(principal, { liveLeaves: write.stored ? 1 : 0, ...write })
/** Names of the documents that may be made in an audience, and the reason for each of the others. */
function verdicts(principal: Principal, audience: Audience): { may: DocumentName[]; reasons: RefusalReason[] } {
  const may: DocumentName[] = []
  const reasons = new Set<RefusalReason>()
  for (const [name, document] of Object.entries(documents)) {
    const own = eventOf(principal.account === null ? { ...principal, account: 'nobody' } : principal)
    const verdict = judge(principal, { audience, document: name === 'own event' ? own : document })
    if (verdict.allowed) may.push(name as DocumentName)
    else reasons.add(verdict.reason)
  }
  return { may, reasons: [...reasons].sort() }
}
const records = Object.keys(documents).slice(0, 13) as DocumentName[]
const ownMatter = ['own event', 'event of another', 'note'] satisfies DocumentName[]

test('who makes what in the office', () => {
  for (const role of ['administrator', 'clerk'] as const)
    expect(verdicts(principals[role], 'office')).toEqual({ may: records, reasons: ['invalid', 'no-code'] })
  expect(verdicts(principals.staff, 'office')).toEqual({
    may: ['paper, draft', 'consultation', 'file'],
    reasons: ['invalid', 'no-code', 'role'],
  })
  for (const role of ['chair', 'member', 'guest'] as const)
    expect(verdicts(principals[role], 'office')).toEqual({ may: [], reasons: ['no-code', 'no-such-audience'] })
  expect(verdicts(nobody, 'office')).toEqual({ may: [], reasons: ['no-code', 'not-signed-in'] })
})

test('an organization takes events of its readers alone; the rest is the publisher’s', () => {
  for (const role of ['administrator', 'clerk', 'staff', 'chair', 'member'] as const)
    expect(verdicts(principals[role], 'org-planning')).toEqual({
      may: ['own event'],
      reasons: ['no-code', 'not-the-author', 'read-only'],
    })
  expect(verdicts(principals.member, 'org-council').may).toEqual([])
  expect(verdicts(principals.guest, 'org-planning').may).toEqual([])
  expect(verdicts(nobody, 'org-planning').may).toEqual([])
})

test('nobody writes what the publisher writes, whatever their role', () => {
  for (const principal of Object.values(principals))
    for (const audience of ['public', 'circle-1', 'box-1'] as const)
      expect(verdicts(principal, audience).may).toEqual([])
})

test('what belongs to a faction or a person takes neither code nor official records, and only from its own', () => {
  expect(verdicts(principals.member, 'faction-greens').may).toEqual(ownMatter)
  expect(verdicts(principals.member, 'user-mia').may).toEqual(ownMatter)
  for (const [who, principal] of Object.entries(principals)) {
    expect(verdicts(principal, 'faction-reds').may).toEqual([])
    if (who !== 'member') expect(verdicts(principal, 'user-mia').may).toEqual([])
    if (who !== 'member' && who !== 'chair') expect(verdicts(principal, 'faction-greens').may).toEqual([])
  }
})

test('an event stays as it was written', () => {
  const document = eventOf(principals.member)
  const write = { audience: 'org-planning', document, stored: document } as const
  expect(judge(principals.member, write)).toEqual({ allowed: false, reason: 'append-only' })
  expect(judge(principals.member, { ...write, document: { _id: document._id, _deleted: true } })).toEqual({
    allowed: false,
    reason: 'append-only',
  })
})

test('an event says of its author what is so, and has the shape of an event', () => {
  const { member } = principals
  const verdict = (more: object) =>
    judge(member, { audience: 'org-planning', document: eventOf(member, more) }) as { reason?: RefusalReason }
  const author = { account: 'mia', person: 'person:mia', roles: ['member'], key: 'a'.repeat(64) }
  expect(verdict({ author })).toEqual({ allowed: true })
  expect(verdict({ author: { ...author, account: 'somebody' } }).reason).toBe('not-the-author')
  expect(verdict({ author: { ...author, person: 'person:somebody' } }).reason).toBe('not-the-author')
  expect(verdict({ author: { ...author, person: null } }).reason).toBe('not-the-author')
  expect(verdict({ author: { ...author, roles: ['member', 'chair'] } }).reason).toBe('role')
  expect(verdict({ author: { ...author, roles: [] } }).reason).toBe('role')
  expect(verdict({ author: { ...author, roles: ['member', 'member'] } }).reason).toBe('role')
  expect(verdict({ body: { kind: 'item-opened', item: 'agenda-item:1', secret: 'x' } }).reason).toBe('invalid')
  expect(verdict({ text: 'more than an event has' }).reason).toBe('invalid')
})

test('nobody writes as the hub does', () => {
  const hub = { ...principals.member, account: 'hub' }
  expect(judge(hub, { audience: 'org-planning', document: eventOf(hub) })).toEqual({
    allowed: false,
    reason: 'not-the-author',
  })
})

test('a circle is read, and takes events of, those whom it names', () => {
  const inside = { ...principals.member, circles: ['agenda-item:1'] }
  const write = { audience: 'circle-1', document: eventOf(inside) } as const
  expect([canRead(inside, 'circle-1'), canRead(inside, 'circle-2')]).toEqual([true, false])
  expect(judge(inside, write)).toEqual({ allowed: true })
  expect(judge(principals.member, write)).toEqual({ allowed: false, reason: 'no-such-audience' })
  expect(judge(inside, { ...write, document: documents.note })).toEqual({ allowed: false, reason: 'read-only' })
})

test('who may run any meeting keeps a copy of every organization’s events', () => {
  const runs = ['organization:planning', 'organization:council']
  expect(audiencesOf({ ...principals.clerk, runs })).toEqual(['office', 'org-planning', 'org-council', 'user-clara'])
  expect(audiencesOf(principals.staff)).toEqual(['office', 'user-stefan'])
})

test('a deletion in the office ends the losing branch of a conflict, never the last one', () => {
  const document = { _id: 'paper:1', _deleted: true }
  const write = { audience: 'office', document, stored: documents['paper, draft'] } as const
  expect(judge(principals.clerk, write)).toEqual({ allowed: false, reason: 'deletion-is-a-state' })
  expect(judge(principals.clerk, { ...write, liveLeaves: 2 })).toEqual({ allowed: true })
  expect(judge(principals.staff, { ...write, liveLeaves: 2 })).toEqual({ allowed: false, reason: 'role' })
})

test('publication never goes back, and staff have no say in it', () => {
  const stored = documents['paper, published']
  const back = { audience: 'office', document: documents['paper, draft'], stored } as const
  expect(judge(principals.clerk, back)).toEqual({ allowed: false, reason: 'publication-goes-back' })
  const withdrawn = { ...stored, publication: { state: 'withdrawn', step: 2 } }
  expect(judge(principals.clerk, { ...back, document: withdrawn })).toEqual({ allowed: true })
  const draftAgain = { ...stored, publication: { state: 'draft', step: 99 } }
  expect(judge(principals.staff, { ...back, document: draftAgain })).toEqual({ allowed: false, reason: 'role' })
})

test('a record that is not valid says what is wrong', () => {
  const { name: _name, ...document } = documents.body
  expect(judge(principals.clerk, { audience: 'office', document })).toMatchObject({
    allowed: false,
    reason: 'invalid',
    faults: [{ field: 'name' }],
  })
})
