import { createHash } from 'node:crypto'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import type { BoardFiling, FilingPlan } from '../../../../shared/hub-api/board-files.ts'
import { paths, type ApiFailure } from '../../../../shared/hub-api/contract.ts'
import type { Board } from '../../../../shared/council/records/index.ts'
import type { AgendaItem, OparlFile } from '../../../../shared/oparl/index.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { auditPublication } from '../../publisher/audit.ts'
import { Caller, personRecord, welcome, writeOffice } from '../../testing/hub.ts'
import {
  closedPart,
  isShownIn,
  itemRecord,
  keepLog,
  meetingRecord,
  openBoard,
  startBoardTown,
  type BoardTown,
} from '../board-town.suite.ts'

const org = 'org-planning'
const ofItem = { agendaItem: 'agenda-item:i' }
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><title>Tafel</title></svg>'
const digestOf = (bytes: string): string => createHash('sha512').update(bytes).digest('hex')
const accountOf = (who: Caller): string => who.session!.account.id

/** Sends bytes as the clerk's device does before it names them. */
async function upload({ hub, clerk }: BoardTown, bytes: string): Promise<string> {
  const sha512 = digestOf(bytes)
  const headers = { 'upload-offset': '0', 'upload-complete': '?1', 'content-type': 'application/partial-upload' }
  const authorization = `Bearer ${clerk.session!.token}`
  const address = hub.origin + paths.upload(sha512)
  const { status } = await fetch(address, { method: 'PATCH', body: bytes, headers: { ...headers, authorization } })
  expect(status).toBe(201)
  return sha512
}

/** A PDF by its head, and a drawing; both say which board they are of. */
async function bytesOf(town: BoardTown, words: string): Promise<BoardFiling['files']> {
  const pdf = await upload(town, `%PDF-1.7\n${words}\n%%EOF`)
  const drawing = await upload(town, svg.replace('Tafel', words))
  return [
    { id: `file:${ulid()}`, name: words, format: 'pdf', sha512: pdf, pages: 2 },
    { id: `file:${ulid()}`, name: `${words}, Seite 1`, format: 'svg', sha512: drawing },
  ]
}

const planFor = (by: Caller, { _id }: Board, authors: readonly Caller[] = []) =>
  by.tell<FilingPlan & ApiFailure>('GET', `${paths.boardFiles(_id)}?authors=${authors.map(accountOf).join(',')}`)

const file = (by: Caller, { _id }: Board, filing: BoardFiling) =>
  by.tell<OparlFile[] & ApiFailure>('POST', paths.boardFiles(_id), filing)

async function boardAt(town: BoardTown, where: object = ofItem, audience: Audience = org): Promise<Board> {
  const board = await openBoard(town.ada, where)
  await expect.poll(() => isShownIn(town, audience, board)).toBe(true)
  return board
}

const itemIn = async ({ hub }: BoardTown): Promise<AgendaItem> =>
  (await (await hub.store.open('office')).get('agenda-item:i')) as unknown as AgendaItem

/** Files of which an audience reads more than that they were there. */
async function filesIn({ hub }: BoardTown, audience: Audience): Promise<string[]> {
  if (!(await hub.store.exists(audience))) return []
  const query = { startKey: 'file:', endKey: 'file;', includeDocs: true }
  const { rows } = await (await hub.store.open(audience)).list(query)
  return rows.flatMap(({ id, doc }) => (doc?.['sha512'] ? [id] : []))
}

/** How everybody's way to the bytes ends: nobody, a member of another body, and two of the body. */
async function statusesOf(town: BoardTown, sha512: string): Promise<number[]> {
  const callers = [new Caller(town.hub.origin), town.cem, town.ada, town.ben]
  return Promise.all(callers.map(async (who) => (await who.ask('GET', paths.file(sha512))).status))
}

test('a board of a public item becomes files of it that everybody reads, with checksum and who drew', async () => {
  const town = await startBoardTown()
  const board = await boardAt(town)
  const plan = await planFor(town.clerk, board, [town.ada, town.ben])
  const names = [town.ada, town.ben].map((who) => ({ account: accountOf(who), name: who.session!.account.name }))
  expect(plan).toEqual({ status: 200, body: { outlook: { reach: 'public' }, names } })
  const files = await bytesOf(town, 'Schulhof')
  const authors = [town.ada, town.ben].map(accountOf)
  const made = await file(town.clerk, board, { reach: 'public', authors, files })
  expect(made.status).toBe(200)
  expect(made.body).toMatchObject([
    { _id: files[0]!.id, fileName: 'Schulhof.pdf', mimeType: 'application/pdf', pages: 2, sha512: files[0]!.sha512 },
    { _id: files[1]!.id, fileName: 'Schulhof, Seite 1.svg', mimeType: 'image/svg+xml', size: svg.length + 3 },
  ])
  for (const { authors: named } of made.body) expect(named).toEqual(names.map(({ name }) => name))
  expect((await itemIn(town)).auxiliaryFile).toEqual(files.map(({ id }) => id))
  await expect.poll(() => filesIn(town, 'public')).toEqual(files.map(({ id }) => id).sort())
  expect(await statusesOf(town, files[0]!.sha512)).toEqual([200, 200, 200, 200])
  const drawing = await fetch(town.hub.origin + paths.file(files[1]!.sha512))
  expect(drawing.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(drawing.headers.get('content-security-policy')).toContain('sandbox')
  expect(await auditPublication(town.hub.store)).toEqual([])
  const told = async (path: string) => (await fetch(town.hub.origin + path)).text()
  const [page, oparl] = [await told('/de/agenda-item/i'), await told('/oparl/v1.1/agenda-item/i')]
  for (const { sha512 } of files) for (const text of [page, oparl]) expect(text).toContain(sha512)
  for (const { name } of names) for (const text of [page, oparl]) expect(text).toContain(name)
})

test('of a closed item it is for its body alone, and of one from which somebody is kept out, for the others', async () => {
  const town = await startBoardTown()
  await writeOffice(town.hub, itemRecord({ public: false, publicTitle: 'Ein Grundstück' }))
  const board = await boardAt(town)
  expect((await planFor(town.clerk, board)).body.outlook).toEqual({ reach: 'bodies' })
  const files = await bytesOf(town, 'Kaufpreis')
  expect((await file(town.clerk, board, { reach: 'public', authors: [], files })).status).toBe(409)
  expect((await file(town.clerk, board, { reach: 'bodies', authors: [], files })).status).toBe(200)
  await expect.poll(() => statusesOf(town, files[0]!.sha512)).toEqual([404, 404, 200, 200])
  expect(await filesIn(town, 'public')).toEqual([])
  await writeOffice(town.hub, { ...(await itemIn(town)), excluded: ['person:ben'] })
  await expect.poll(() => isShownIn(town, 'circle-i', board)).toBe(true)
  expect((await planFor(town.clerk, board)).body.outlook).toEqual({ reach: 'circle' })
  const more = await bytesOf(town, 'Gebot')
  expect((await file(town.clerk, board, { reach: 'bodies', authors: [], files: more })).status).toBe(409)
  expect((await file(town.clerk, board, { reach: 'circle', authors: [], files: more })).status).toBe(200)
  for (const { sha512 } of [...files, ...more])
    await expect.poll(() => statusesOf(town, sha512)).toEqual([404, 404, 200, 404])
  expect(await auditPublication(town.hub.store)).toEqual([])
})

test('an item that is closed later takes its files along, from every path', async () => {
  const town = await startBoardTown()
  const board = await boardAt(town)
  const files = await bytesOf(town, 'Zufahrt')
  expect((await file(town.clerk, board, { reach: 'public', authors: [accountOf(town.ada)], files })).status).toBe(200)
  await expect.poll(() => statusesOf(town, files[0]!.sha512)).toEqual([200, 200, 200, 200])
  await writeOffice(town.hub, { ...(await itemIn(town)), public: false })
  for (const { sha512 } of files) await expect.poll(() => statusesOf(town, sha512)).toEqual([404, 404, 200, 200])
  await expect.poll(() => filesIn(town, 'public')).toEqual([])
  expect(await filesIn(town, org)).toEqual(files.map(({ id }) => id).sort())
  const name = town.ada.session!.account.name
  const addresses = ['/de/meeting/m', '/oparl/v1.1/meeting/m', '/oparl/v1.1/body/town/files', '/db/public/_all_docs']
  const of = (key: string) => [`/de/agenda-item/${key}`, `/oparl/v1.1/agenda-item/${key}`]
  const ofFiles = files.map(({ id }) => `/oparl/v1.1/file/${id.slice('file:'.length)}`)
  for (const path of [...addresses, ...of('i'), ...ofFiles])
    for (const who of [new Caller(town.hub.origin), town.cem]) {
      const text = await (await who.ask('GET', `${path}?include_docs=true`)).text()
      for (const word of ['Zufahrt', name, ...files.map(({ sha512 }) => sha512)]) expect(text).not.toContain(word)
    }
})

test('only who prepares meetings adds a board, and only one that they see', async () => {
  const town = await startBoardTown()
  const board = await boardAt(town)
  const files = await bytesOf(town, 'Schulhof')
  const staff = await welcome(town.hub, town.clerk, ['staff'])
  const statuses = async (who: Caller) => [
    (await planFor(who, board)).status,
    (await file(who, board, { reach: 'public', authors: [], files })).status,
  ]
  expect(await statuses(new Caller(town.hub.origin))).toEqual([401, 401])
  expect(await statuses(town.cem)).toEqual([404, 404])
  expect(await statuses(town.ada)).toEqual([403, 403])
  expect(await statuses(staff)).toEqual([403, 403])
  await writeOffice(town.hub, { ...itemRecord(), public: false, excluded: ['person:ben'] })
  await expect.poll(() => isShownIn(town, 'circle-i', board)).toBe(true)
  expect(await statuses(town.ben)).toEqual([404, 404])
  await writeOffice(town.hub, personRecord('dora'))
  const keptOut = await welcome(town.hub, town.clerk, ['clerk'], 'person:dora')
  await writeOffice(town.hub, { ...itemRecord(), public: false, excluded: ['person:dora'] })
  await expect.poll(() => statuses(keptOut)).toEqual([404, 404])
  expect((await itemIn(town)).auxiliaryFile).toBeUndefined()
})

test('a board at rest is not added, nor one of the whole meeting', async () => {
  const town = await startBoardTown()
  const [board, ofMeeting] = [await boardAt(town), await boardAt(town, {})]
  const files = await bytesOf(town, 'Schulhof')
  expect((await planFor(town.clerk, ofMeeting)).body.outlook).toEqual({ hindrance: 'no-item' })
  expect((await file(town.clerk, ofMeeting, { reach: 'public', authors: [], files })).status).toBe(409)
  await writeOffice(town.hub, itemRecord({ _id: 'agenda-item:j', public: false, excluded: ['person:ben'] }))
  const happen = await keepLog(town)
  await happen(...closedPart, { kind: 'item-opened', item: 'agenda-item:j' })
  expect((await planFor(town.clerk, board)).body.error).toBe('at-rest')
  expect((await file(town.clerk, board, { reach: 'public', authors: [], files })).body.error).toBe('at-rest')
  expect((await itemIn(town)).auxiliaryFile).toBeUndefined()
})

test('what the log calls closed does not become public, whatever the record says', async () => {
  const town = await startBoardTown()
  const board = await boardAt(town)
  const files = await bytesOf(town, 'Schulhof')
  const happen = await keepLog(town)
  await happen(...closedPart)
  expect((await planFor(town.clerk, board)).body.outlook).toEqual({ hindrance: 'doors' })
  await happen({ kind: 'part-opened' })
  expect((await planFor(town.clerk, board)).body.outlook).toEqual({ hindrance: 'doors' })
  expect((await file(town.clerk, board, { reach: 'public', authors: [], files })).status).toBe(409)
  expect(await filesIn(town, 'public')).toEqual([])
})

test('a board over a paper opens it to nobody who does not read it', async () => {
  const town = await startBoardTown()
  const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
  const plan = { _id: 'file:plan', type: 'file', name: 'Plan', fileName: 'plan.pdf', mimeType: 'application/pdf' }
  const paper = (isPublic: boolean) => ({
    ...{ ...stamp, _id: 'paper:p', type: 'paper', term: 'legislative-term:t', name: 'Plan', mainFile: 'file:plan' },
    ...{ public: isPublic, publication: { state: 'published', step: 1 } },
  })
  const consultation = { ...stamp, _id: 'consultation:c', type: 'consultation', paper: 'paper:p', meeting: 'meeting:m' }
  await writeOffice(town.hub, ...[{ ...stamp, ...plan, size: 1, sha512: digestOf('plan') }, paper(false)], {
    ...consultation,
    ...ofItem,
    term: 'legislative-term:t',
    organization: ['organization:planning'],
  })
  const board = await boardAt(town, { ...ofItem, file: 'file:plan', sha512: digestOf('plan') })
  expect((await planFor(town.clerk, board)).body.outlook).toEqual({ hindrance: 'paper' })
  const files = await bytesOf(town, 'Plan')
  expect((await file(town.clerk, board, { reach: 'public', authors: [], files })).status).toBe(409)
  await writeOffice(town.hub, paper(true))
  await expect.poll(async () => (await planFor(town.clerk, board)).body.outlook).toEqual({ reach: 'public' })
  await writeOffice(town.hub, paper(false), itemRecord({ public: false }))
  await expect.poll(async () => (await planFor(town.clerk, board)).body.outlook).toEqual({ reach: 'bodies' })
})

test('nothing that is there is replaced: later states are further files, and asking twice makes one', async () => {
  const town = await startBoardTown()
  await writeOffice(town.hub, meetingRecord(), itemRecord({ auxiliaryFile: ['file:annex'] }))
  const board = await boardAt(town)
  const first = await bytesOf(town, 'Stand 1')
  const filing: BoardFiling = { reach: 'public', authors: [], files: first }
  expect((await file(town.clerk, board, filing)).status).toBe(200)
  expect((await file(town.clerk, board, filing)).status).toBe(200)
  const second = await bytesOf(town, 'Stand 2')
  expect((await file(town.clerk, board, { ...filing, files: second })).status).toBe(200)
  const taken = second.map((entry, place) => ({ ...entry, id: first[place]!.id }))
  expect((await file(town.clerk, board, { ...filing, files: taken })).status).toBe(409)
  const named = ['file:annex', ...first.map(({ id }) => id), ...second.map(({ id }) => id)]
  expect((await itemIn(town)).auxiliaryFile).toEqual(named)
  for (const { sha512 } of [...first, ...second])
    await expect.poll(() => statusesOf(town, sha512)).toEqual([200, 200, 200, 200])
})

test('bytes that are not here, or are not what they are called, become no files', async () => {
  const town = await startBoardTown()
  const board = await boardAt(town)
  const [pdf, drawing] = await bytesOf(town, 'Schulhof')
  const statusOf = async (entry: BoardFiling['files'][number]) =>
    (await file(town.clerk, board, { reach: 'public', authors: [], files: [entry] })).status
  expect(await statusOf({ ...pdf!, sha512: digestOf('nowhere') })).toBe(422)
  expect(await statusOf({ ...pdf!, sha512: drawing!.sha512 })).toBe(415)
  expect(await statusOf({ ...drawing!, sha512: pdf!.sha512 })).toBe(415)
  expect(await statusOf({ ...pdf!, sha512: 'A'.repeat(128) })).toBe(400)
  expect((await itemIn(town)).auxiliaryFile).toBeUndefined()
})
