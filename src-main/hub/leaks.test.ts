import { createHash } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  paths,
  type DeviceInfo,
  type InvitationInfo,
  type LiveTicket,
  type Pairing,
  type SessionInfo,
} from '../../shared/hub-api/contract.ts'
import { consentPaths } from '../../shared/hub-api/consent.ts'
import type { PackList } from '../../shared/hub-api/snapshot.ts'
import type { Audience } from '../../shared/rules/audience.ts'
import { FolderBlobStore } from './files/index.ts'
import { openLiveAt, type LiveClient } from './replication/live-client.suite.ts'
import { Caller, device, password, setUp, startTestHub, welcome, type TestHub } from './testing/hub.ts'
import { plainRequests, type Answer, type SendPlainly } from './testing/plain-request.ts'
import { plantedNotes, plantedTown, writeAll } from './testing/planted-town.ts'
import { askers, plant, plantedBytes, readersOf, sha512Of, wordsIn, type Asker } from './testing/planted-words.ts'
import { SigningDevice } from './testing/signed-events.ts'
import { patternOf, routeTable, type Ask, type Sights } from './testing/route-table.ts'

const today = '2026-11-23'
const routes = new Set<string>()
let hub: TestHub
let send: SendPlainly
let callers: Record<Asker, Caller>
const town = plantedTown(today)
let sights: Omit<Sights, 'asker'>
let secrets: string[]
/** Words that anybody came across so far, and where first. */
const seen: Record<Asker, Map<string, string>> = Object.fromEntries(askers.map((asker) => [asker, new Map()])) as never

const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})
beforeAll(async () => {
  hub = await startTestHub({
    onEnd: (end) => ends.push(end),
    now: () => Date.parse(`${today}T12:00:00Z`),
    onRoute: (method, pattern) => routes.add(`${method} ${pattern}`),
  })
  const requests = plainRequests(hub.origin)
  send = requests.send
  ends.push(async () => requests.close())
  const administrator = await setUp(hub)
  const stores = { documents: hub.store }
  await writeAll(stores, 'office', town.documents)
  await plantBytes()
  await published()
  callers = await signEverybodyIn(administrator)
  await writeAll(stores, 'office', town.later)
  await (
    await hub.store.open('office')
  ).write(
    ['1-a', '1-b'].map((rev) => ({ ...town.disputed, _rev: rev, name: `${plant('disputedpaper')} ${rev}` })),
    { newEdits: false },
  )
  const accountOf = (asker: 'insider' | 'outsider') => callers[asker].session!.account.id
  const writer = await SigningDevice.of(callers.insider)
  const note = (word: 'event' | 'circledevent', audience: Audience) => {
    const { _rev: _, ...event } = writer.write('meeting:open', { kind: 'note-added', text: plant(word) }, { audience })
    return event
  }
  const events = { event: note('event', 'org-planning'), circledevent: note('circledevent', 'circle-circled') }
  const notes = plantedNotes({ insider: accountOf('insider'), outsider: accountOf('outsider') }, events)
  for (const [audience, document] of notes) await writeAll(stores, audience, [document])
  const form = { speaker: { guest: plant('consentguest') }, uses: ['live-sound'], signed: today }
  expect((await administrator.tell('POST', consentPaths.meeting('meeting:open'), form)).status).toBe(201)
  await published()
  sights = await lookAround()
}, 120_000)

/** Settles when everything is published. */
async function published(): Promise<void> {
  expect((await send('GET', '/readyz')).status).toBe(200)
}

async function plantBytes(): Promise<void> {
  const blobs = await FolderBlobStore.open(join(hub.folder, 'files'))
  for (const [word, text] of Object.entries(plantedBytes))
    if (word !== 'partialupload') await blobs.put(sha512Of(text), new Blob([text]).stream())
}

async function signEverybodyIn(administrator: Caller): Promise<Record<Asker, Caller>> {
  const invite = async (invitation: object) =>
    (await administrator.tell<InvitationInfo>('POST', paths.invitations, invitation)).body.code
  const pending = await invite({ name: plant('invited'), roles: ['guest'] })
  const code = await invite({ name: plant('accountname'), roles: ['member'], person: 'person:insider' })
  const { body } = await new Caller(hub.origin).tell<SessionInfo>('POST', paths.invitation(code), {
    ...{ login: plant('login'), password, token: true, device: device(plant('devicename')) },
  })
  const everybody = {
    nobody: new Caller(hub.origin),
    room: await letRoomIn(administrator),
    guest: await welcome(hub, administrator, ['guest']),
    outsider: await welcome(hub, administrator, ['member'], 'person:outsider'),
    keptout: await welcome(hub, administrator, ['member'], 'person:keptout'),
    insider: new Caller(hub.origin, body),
    staff: await welcome(hub, administrator, ['staff']),
    clerk: await welcome(hub, administrator, ['clerk']),
    administrator,
  }
  const part = plantedBytes['partialupload']!
  const upload = { 'content-type': 'application/octet-stream', 'upload-offset': '0', 'upload-complete': '?0' }
  const headers = { ...upload, ...bearer(everybody.staff) }
  expect((await send('PATCH', paths.upload(sha512Of(part)), { body: part, headers })).status).toBe(204)
  secrets = [
    pending,
    code,
    hub.setUpCode!,
    password,
    ...Object.values(everybody).flatMap(({ session }) => session?.token ?? []),
  ]
  return everybody
}

/** A board that belongs to a room. */
async function letRoomIn(administrator: Caller): Promise<Caller> {
  const board = new Caller(hub.origin)
  const { secret, code } = (await board.tell<Pairing>('POST', paths.pairings, {})).body
  const [place] = (await (await hub.store.open('office')).list({ startKey: 'location:', endKey: 'location;' })).rows
  await administrator.tell('POST', paths.pairing(code), { as: 'room', name: plant('boardname'), room: place!.id })
  const claimed = { secret, token: true, device: device() }
  const { status, body } = await board.tell<SessionInfo>('POST', paths.pairingClaim, claimed)
  expect(status).toBe(200)
  return new Caller(hub.origin, body)
}

const bearer = ({ session }: Caller): Record<string, string> =>
  session?.token ? { authorization: `Bearer ${session.token}` } : {}

/** By the store itself, and as the administrator, what there is to ask for. */
async function lookAround(): Promise<Omit<Sights, 'asker'>> {
  const isPlanted = (id: string) => /^(?:note|event|ballot):/.test(id) || !/:[0-9A-Z]{26}$/.test(id)
  const held = new Map<Audience, Map<string, string[]>>()
  for (const name of await hub.store.audiences()) {
    const store = await hub.store.open(name)
    const documents = new Map<string, string[]>()
    for (const { id } of (await store.changes({})).rows.filter((row) => isPlanted(row.id))) {
      const { found } = await store.openRevisions(id, 'all')
      documents.set(
        id,
        found.flatMap(({ _revisions }) =>
          (_revisions?.ids ?? []).map((rev, back) => `${_revisions!.start - back}-${rev}`),
        ),
      )
    }
    held.set(name, documents)
  }
  const { administrator } = callers
  const told = async <Body>(path: string) => (await administrator.tell<Body>('GET', path)).body
  const packs = await told<PackList>(paths.packs('office'))
  const publicPacks = await told<PackList>(paths.packs('public'))
  const accounts = Object.values(callers).flatMap(({ session }) => session?.account.id ?? [])
  const devices = await told<DeviceInfo[]>(`${paths.devices}?account=${administrator.session!.account.id}`)
  const invitations = await told<{ id: string }[]>(paths.invitations)
  const [body] = (await (await hub.store.open('public')).list({ startKey: 'body:', endKey: 'body;' })).rows
  return {
    held,
    digests: [...Object.values(plantedBytes).map(sha512Of), sha512Of('nothing')],
    packs: [...packs.packs, ...publicPacks.packs].map(({ digest }) => digest),
    accounts,
    devices: devices.map(({ id }) => id),
    invitations: invitations.map(({ id }) => id),
    body: body!.id.slice('body:'.length),
  }
}

interface Found {
  readonly words: readonly string[]
  readonly secrets: readonly string[]
}
/** What was found in an answer, by its digest: most answers are given to several askers, letter by letter. */
const searched = new Map<string, Found>()

function search(text: string): Found {
  const digest = createHash('sha256').update(text).digest('base64')
  const known = searched.get(digest)
  if (known) return known
  // iCalendar folds long lines (RFC 5545, section 3.1); attachments travel in base 64.
  const unfolded = text.replaceAll('\r\n ', '')
  const encoded = encodedWords.filter(([, code]) => text.includes(code)).map(([word]) => word)
  const words = [...new Set([...wordsIn(unfolded), ...encoded])]
  const found = { words, secrets: secrets.filter((secret) => text.includes(secret)) }
  searched.set(digest, found)
  return found
}

/** Fails when an answer holds a word that its asker may not read; what the request itself said does not count. */
function judge(asker: Asker, asked: string, text: string): void {
  const said = wordsIn(asked)
  const found = search(text)
  const words = found.words.filter((word) => !said.has(word))
  const forbidden = words.filter((word) => !readersOf[word]?.includes(asker))
  expect(forbidden, `words for ${asker}: ${asked}`).toEqual([])
  for (const word of words) if (!seen[asker].has(word)) seen[asker].set(word, asked)
  const own = callers[asker].session?.token
  const foreign = found.secrets.filter((secret) => secret !== own)
  expect(foreign, `secrets for ${asker}: ${asked}`).toEqual([])
}
/** Base 64 of texts that begin with a word, as far as it does not depend on what follows. */
const encodedWords = Object.keys(readersOf).map((word): [string, string] => {
  const text = plant(word)
  return [word, Buffer.from(text.slice(0, text.length - (text.length % 3))).toString('base64')]
})

async function ask(asker: Asker, method: string, { path, body, headers }: Ask): Promise<Answer> {
  const sent = method === 'GET' || method === 'HEAD' ? undefined : body
  const answer = await send(method, path, { body: sent, headers: { ...bearer(callers[asker]), ...headers } })
  judge(asker, `${method} ${path} ${JSON.stringify(sent ?? '')}`, answer.text)
  return answer
}

const inTurns = async <Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> => {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

test('every route has its place in the walk', () => {
  const patterns = new Set([...routes].map((route) => patternOf(route.split(' ')[1]!)))
  expect([...patterns].filter((pattern) => !(pattern in routeTable))).toEqual([])
  const walked = Object.keys(routeTable).filter((pattern) => pattern !== '/app/')
  expect(walked.filter((pattern) => !patterns.has(pattern))).toEqual([])
})

test.each(askers)(
  '%s comes across nothing on any route but what the rules allow',
  { timeout: 120_000 },
  async (asker) => {
    const statuses = new Set<number>()
    const walk = [...routes].flatMap((route) => {
      const [method, pattern] = route.split(' ') as [string, string]
      return routeTable[patternOf(pattern)]!({ ...sights, asker }, method).map((asked) => ({ method, asked }))
    })
    await inTurns(walk, async ({ method, asked }) => statuses.add((await ask(asker, method, asked)).status))
    expect(walk.length).toBeGreaterThan(1000)

    expect([...statuses].filter((status) => status >= 500 && status !== 503)).toEqual([])
  },
)

test('the address of what is hidden answers like that of what does not exist', async () => {
  const ids = ['paper:draft', 'person:unknown', ...hiddenIds]
  for (const asker of ['nobody', 'outsider'] as const)
    for (const prefix of ['/de', '', '/oparl/v1.1']) {
      const answerTo = async (id: string) => {
        const [type = '', key = ''] = id.split(':')
        const { status, body } = await ask(asker, 'GET', { path: `${prefix}/${type}/${key}`, headers: html })
        return { id: type, status, body: body.replaceAll(key, '') }
      }
      for (const id of ids)
        expect(await answerTo(id)).toEqual({ ...(await answerTo(id.replace(/:.*/, ':nonsense'))), status: 404 })
    }
  for (const word of ['closedbytes', 'draftbytes', 'orphanbytes', 'partialupload']) {
    const file = (text: string) => ask('outsider', 'GET', { path: paths.file(sha512Of(text)) })
    expect((await file(plantedBytes[word]!)).body).toBe((await file('nothing')).body)
  }
})
const hiddenIds = [
  `agenda-item:${plant('closeditemid')}`,
  `meeting:${plant('closedmeetingid')}`,
  `paper:${plant('closedpaperid')}`,
]
const html = { accept: 'text/html' }

test('answers to what is wrong say nothing', async () => {
  const wrong: readonly (Ask & { method?: string; status: number })[] = [
    { path: '/db/%zz', status: 400 },
    { path: '/%c0%ae%c0%ae/', status: 400 },
    { path: paths.session, method: 'POST', body: `{"password": "${plant('closeditem')}", oops}`, status: 400 },
    { path: paths.session, method: 'POST', body: `{"login": "${'x'.repeat(1_100_000)}"}`, status: 413 },
    { path: paths.session, method: 'POST', body: 'text', headers: { 'content-type': 'text/csv' }, status: 415 },
    { path: paths.town, method: 'DELETE', status: 404 },
    { path: paths.town, method: 'PROPFIND', status: 404 },
    { path: '/oparl/v1.1/body/x/y', method: 'PUT', status: 404 },
    { path: '/no/such/page', method: 'PATCH', status: 404 },
  ]
  for (const asker of askers)
    for (const { status, method = 'GET', ...asked } of wrong)
      expect([asked.path, (await ask(asker, method, asked)).status]).toEqual([asked.path, status])
})

test('a fault inside tells nobody where or what, and the log no more than the place', async () => {
  const digest = sha512Of(plantedBytes['closedbytes']!)
  const path = join(hub.folder, 'files', digest.slice(0, 2), digest.slice(2, 4), digest)
  await rm(path)
  await mkdir(path)
  for (const asker of ['outsider', 'insider'] as const) {
    const answer = await ask(asker, 'GET', { path: paths.file(digest) })
    expect([asker, answer.status]).toEqual([asker, asker === 'insider' ? 500 : 404])
    expect(answer.text).not.toContain(hub.folder)
  }
})

test('nothing of the data folder is an address', async () => {
  const entries = await readdir(hub.folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(hub.folder.length + 1))
  expect(files).toEqual(expect.arrayContaining(['accounts.sqlite', 'audiences/office.sqlite']))
  const roots = [
    '/',
    '/app/',
    '/site/',
    '/files/',
    '/app/../',
    '/app/%2e%2e/',
    '/site/..%2f',
    '/files/..%2f..%2f',
    '/.data/',
    '/data/',
  ]
  for (const asker of ['nobody', 'administrator'] as const)
    await inTurns(
      files.flatMap((file) => roots.map((root) => root + file)),
      async (path) => {
        const { status, body } = await ask(asker, 'GET', { path })
        // Under /app/ everything without a file is the app's one page, where the app is built.
        const isPage = path.startsWith('/app/') && status === 200 && body.includes('<div id="app"></div>')
        expect([path, isPage || [400, 404, 503].includes(status), body.startsWith('SQLite')]).toEqual([
          path,
          true,
          false,
        ])
      },
    )
})

test('the socket carries to everybody what they may read, while it happens too', async () => {
  const sockets = new Map<Asker, LiveClient>()
  // Everybody asks for everything; close enough to the end to be carried rather than left to replication.
  const since: Partial<Record<Audience, number>> = {}
  for (const { session } of Object.values(callers)) for (const audience of session?.audiences ?? []) since[audience] = 0
  for (const audience of await hub.store.audiences())
    since[audience] = Math.max(0, Number((await (await hub.store.open(audience)).info()).updateSeq) - 250)
  for (const asker of askers.filter((each) => each !== 'nobody')) {
    const { body } = await callers[asker].tell<LiveTicket>('POST', paths.liveTicket)
    const socket = await openLiveAt(hub.origin, body.ticket)
    sockets.set(asker, socket)
    socket.ask({ kind: 'subscribe', since })
    for (const audience of callers[asker].session!.audiences)
      await socket.next('changes', (tell) => tell.audience === audience && tell.pending === 0)
  }
  await writeAll({ documents: hub.store }, 'office', [town.live])
  await published()
  for (const asker of ['insider', 'staff', 'clerk', 'administrator'] as const) {
    const audience = asker === 'insider' ? 'org-planning' : 'office'
    await sockets
      .get(asker)!
      .next('changes', (tell) => tell.audience === audience && JSON.stringify(tell).includes(plant('latecloseditem')))
  }
  for (const [asker, socket] of sockets) {
    socket.ask({ kind: 'ping' })
    await socket.next('pong')
    judge(asker, 'the socket', socket.heard.map((tell) => JSON.stringify(tell)).join('\n'))
    socket.close()
  }
})

test('the log holds ids, and nothing of what they name', async () => {
  const ids = new Set(['closeditemid', 'closedmeetingid', 'closedpaperid'])
  const log = hub.log()
  expect(log.length).toBeGreaterThan(10_000)
  expect([...wordsIn(log)].filter((word) => !ids.has(word))).toEqual([])
  for (const secret of secrets) expect(log.includes(secret)).toBe(false)
  for (const digest of sights.digests) expect(log).not.toContain(digest)
})

test('whoever may read a word came across it: the walk looks where words are', () => {
  const missed = Object.entries(readersOf).flatMap(([word, readers]) =>
    readers.filter((asker) => !seen[asker].has(word)).map((asker) => `${word} for ${asker}`),
  )
  expect(missed).toEqual([])
})
