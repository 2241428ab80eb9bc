import type { Asker } from './planted-words.ts'
import { shortMinutes } from './written-minutes.ts'

/** One request of the walk. */
export interface Ask {
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What the walk knows of the hub: with it, it asks for everything by its right name. */
export interface Sights {
  readonly asker: Asker
  /** Of every audience, the ids of its documents that are planted, each with all its revisions. */
  readonly held: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  readonly digests: readonly string[]
  readonly packs: readonly string[]
  readonly accounts: readonly string[]
  /** Devices of others. */
  readonly devices: readonly string[]
  readonly invitations: readonly string[]
  readonly body: string
}

type Asks = (sights: Sights, method: string) => readonly Ask[]

const one =
  (path: string, body?: unknown): Asks =>
  () => [body === undefined ? { path } : { path, body }]

const isReading = (method: string): boolean => ['GET', 'HEAD', 'POST', 'QUERY', 'TRACE', 'OPTIONS'].includes(method)

const perAudience =
  (...ends: readonly (string | Ask)[]): Asks =>
  ({ held }) =>
    [...held.keys()].flatMap((audience) =>
      ends.map((end) => {
        const { path, ...rest } = typeof end === 'string' ? { path: end } : end
        return { ...rest, path: path.replace(':audience', audience) }
      }),
    )

/**
 * For every audience its own documents, and a few of others that are not to be had there; `:rev` is each revision in
 * turn. What would write is asked of one document, with a revision that there is not.
 */
const perDocument =
  (...ends: readonly string[]): Asks =>
  ({ held }, method) =>
    [...held].flatMap(([audience, documents]) => {
      const pathTo = (end: string, id: string) =>
        end.replace(':audience', audience).replace(':id', encodeURIComponent(id))
      const [first = 'note:none'] = documents.keys()
      if (!isReading(method))
        return [{ path: `${pathTo(ends[0]!.split('?')[0]!, first)}?rev=1-0`, body: { refused: true } }]
      const foreign = [...held.values()].flatMap((others) => [...others].slice(0, 3))
      return [...new Map([...foreign, ...documents])].flatMap(([id, revs]) =>
        ends.flatMap((end) =>
          end.includes(':rev')
            ? revs.map((rev) => ({ path: pathTo(end, id).replace(':rev', rev) }))
            : [{ path: pathTo(end, id) }],
        ),
      )
    })

const keysOf = ({ held }: Sights, type: string): string[] => [
  ...new Set(
    [...held.values()].flatMap((documents) =>
      [...documents.keys()].filter((id) => id.startsWith(`${type}:`)).map((id) => id.slice(type.length + 1)),
    ),
  ),
]
const boxesIn = (held: Sights['held']): string[] =>
  [...held.keys()].filter((audience) => audience.startsWith('box-')).map((audience) => audience.slice('box-'.length))
const perRecord =
  (type: string, path: (key: string) => string): Asks =>
  (sights) =>
    [...keysOf(sights, type), 'nonsense'].map((key) => ({ path: path(key) }))

const everyId: Asks = ({ held }) =>
  [...held].map(([audience, documents]) => ({
    path: `/db/${audience}/_bulk_get?revs=true&attachments=true&latest=true`,
    body: { docs: [...documents].flatMap(([id, revs]) => [{ id }, ...revs.map((rev) => ({ id, rev }))]) },
  }))
const differences: Asks = ({ held }) =>
  [...held].map(([audience, documents]) => ({
    path: `/db/${audience}/_revs_diff`,
    body: Object.fromEntries([...documents.keys()].map((id) => [id, ['9-a']])),
  }))

const types = [
  ...['body', 'legislative-term', 'organization', 'person', 'membership', 'meeting', 'agenda-item'],
  ...['paper', 'consultation', 'file', 'location', 'board', 'passage'],
  ...['minutes', 'minutes-section', 'objection', 'resolution'],
]
const lists = ['organizations', 'people', 'meetings', 'papers', 'agendaItems', 'consultations', 'files', 'locations']

const allDocuments = ['_all_docs', '_all_docs?include_docs=true&conflicts=true&attachments=true', '_all_docs?limit=1']
const changes = ['?include_docs=true&attachments=true&style=all_docs', '?feed=longpoll&timeout=1', '?limit=1&since=now']

const api: Readonly<Record<string, Asks>> = {
  '/api/town': one('/api/town'),
  '/api/setup': one('/api/setup', { code: 'AAAA-AAAA-AAAA' }),
  // Signing out would end the walk: it is asked with a token that there is not.
  '/api/session': (_, method) =>
    method === 'DELETE'
      ? [{ path: '/api/session', headers: { authorization: 'Bearer nonsense' } }]
      : [{ path: '/api/session', body: { login: 'nobody', password: 'wrong password', device: { name: 'x' } } }],
  '/api/password': one('/api/password', { current: 'wrong password', next: 'another password' }),
  '/api/device-key': one('/api/device-key', { publicKey: 'nonsense' }),
  '/api/ballots/:vote': ({ held }) =>
    ['vote:none', ...boxesIn(held).map((key) => `vote:${key}`)].flatMap((vote) =>
      ['meeting:open', 'meeting:none'].map((meeting) => ({
        path: `/api/ballots/${vote}`,
        body: { meeting, choice: 'yes', person: 'person:insider', reason: 'Asked for.' },
      })),
    ),
  '/api/presence/:meeting': (sights) =>
    perRecord('meeting', (key) => `/api/presence/meeting:${key}`)(sights, 'GET').map((ask) => ({
      ...ask,
      body: { code: 'AAAA-AAAA' },
    })),
  '/api/boards': one('/api/boards', { id: 'board:nonsense' }),
  '/api/boards/:board': perRecord('board', (key) => `/api/boards/board:${key}`),
  // Whoever may add a board to the record is answered what it would do; what is posted names bytes that there are not.
  '/api/boards/:board/files': (sights, method) =>
    perRecord('board', (key) => `/api/boards/board:${key}/files`)(sights, method).map(({ path }) => ({
      path: method === 'POST' ? path : `${path}?authors=${sights.accounts.join(',')}`,
      body: {
        reach: 'public',
        authors: [],
        files: [{ id: 'file:x', name: 'x', format: 'pdf', sha512: '0'.repeat(128) }],
      },
    })),
  '/api/screens': (sights) =>
    [...keysOf(sights, 'meeting'), 'nonsense'].map((key) => ({
      path: '/api/screens',
      body: { meeting: `meeting:${key}`, projector: 'projector:1' },
    })),
  // With a pass it is a stream without end: `boards/screens` has its own tests.
  '/api/screens/board': one('/api/screens/board'),
  '/api/minutes/:meeting': (sights) =>
    perRecord('meeting', (key) => `/api/minutes/meeting:${key}`)(sights, 'POST').flatMap(({ path }) =>
      [
        { act: 'publish' },
        { act: 'sign', by: 'chair', digest: '0'.repeat(64) },
        { act: 'object', section: 'item:circled:closed', wished: 'Otherwise.' },
        { act: 'decide', objection: 'objection:titled', vote: 'vote:none' },
      ].map((body) => ({ path, body })),
    ),
  ...Object.fromEntries(
    ['', '/streams', '/lease', '/parts', '/gate', '/report', '/consents', '/encoder']
      .concat(['/captions', '/captions/desk', '/captions/turn', '/captions/import'])
      .concat(['/recording', '/recording/cuts', '/recording/chapters', '/recording/piece'])
      .concat(['/recording/cuts/:cut', '/recording/cuts/:cut/final'])
      .map((end) => [
        `/api/broadcasts/:meeting${end}`,
        (sights: Sights) =>
          perRecord('meeting', (key) => `/api/broadcasts/meeting:${key}${end}`)(sights, 'GET').map((ask) => ({
            ...ask,
            body: { stream: 'nonsense' },
          })),
      ]),
  ),
  '/api/minutes/:meeting/presented': perRecord('meeting', (key) => `/api/minutes/meeting:${key}/presented`),
  '/api/consents': one('/api/consents', { uses: [], given: true }),
  '/api/documents/minutes': one('/api/documents/minutes', {
    document: shortMinutes,
    archived: false,
    day: '2026-11-23',
    made: '2026-11-23T12:00:00Z',
  }),
  '/api/live-ticket': one('/api/live-ticket', {}),
  '/api/live': one('/api/live?ticket=nonsense'),
  '/api/invitations': one('/api/invitations', { roles: ['emperor'] }),
  '/api/invitations/:code': ({ invitations }) =>
    ['nonsense', ...invitations].map((id) => ({ path: `/api/invitations/${id}`, body: {} })),
  // Whoever may withdraw invitations shall not: others need what is there.
  '/api/invitations/:id': ({ asker, invitations }) =>
    (asker === 'clerk' || asker === 'administrator' ? ['nonsense'] : invitations).map((id) => ({
      path: `/api/invitations/${id}`,
    })),
  '/api/devices': ({ accounts }) =>
    ['', ...accounts.map((id) => `?account=${id}`)].map((end) => ({ path: `/api/devices${end}` })),
  '/api/devices/:id': ({ asker, devices }) =>
    (asker === 'administrator' ? ['nonsense'] : devices).map((id) => ({ path: `/api/devices/${id}` })),
  '/api/pairings': one('/api/pairings', { meeting: 'meeting:closed' }),
  '/api/pairing-claim': one('/api/pairing-claim', { secret: 'nonsense', device: { name: 'x' } }),
  '/api/pairings/:code': one('/api/pairings/AAAA-AAAA', { as: 'me' }),
  '/api/handback': one('/api/handback', {}),
  '/api/room-devices': one('/api/room-devices'),
  // The walk of the room's device goes on after those who may revoke it.
  '/api/room-devices/:id': ({ asker, devices }) =>
    (asker === 'clerk' || asker === 'administrator' ? ['nonsense'] : devices).map((id) => ({
      path: `/api/room-devices/${id}`,
      body: { kiosk: true, code: '123456' },
    })),
  '/api/room-devices/:id/acts': ({ devices }) =>
    ['nonsense', ...devices].map((id) => ({ path: `/api/room-devices/${id}/acts`, body: { act: 'reload' } })),
  '/api/accounts': one('/api/accounts'),
  '/api/accounts/:id': ({ accounts }) =>
    accounts.map((id) => ({ path: `/api/accounts/${id}`, body: { roles: ['emperor'] } })),
  '/api/snapshot/:audience': perAudience('/api/snapshot/:audience'),
  '/api/packs/:audience': perAudience('/api/packs/:audience'),
  '/api/packs/:audience/:digest': (sights) =>
    sights.packs.flatMap((digest) => [...perAudience(`/api/packs/:audience/${digest}`)(sights, 'GET')]),
  '/api/uploads/:sha512': ({ digests }, method) =>
    digests.map((digest) => ({
      path: `/api/uploads/${method === 'DELETE' ? digest.replace(/^./, 'x') : digest}`,
      headers: { 'upload-offset': '7', 'upload-complete': '?0' },
    })),
  '/files/:sha512': ({ digests }) =>
    digests.flatMap((digest) => [
      { path: `/files/${digest}` },
      { path: `/files/${digest}?download`, headers: { range: 'bytes=5-' } },
      { path: `/files/${digest}`, headers: { 'if-none-match': `"${digest}"` } },
    ]),
}

const db: Readonly<Record<string, Asks>> = {
  '/db': one('/db'),
  '/db/': one('/db/'),
  '/db/:audience': (sights, method) =>
    perAudience({
      path: '/db/:audience',
      ...(method === 'POST' ? { body: { text: 'without an id', _deleted: 'x' } } : {}),
    })(sights, method),
  '/db/:audience/': perAudience('/db/:audience/'),
  '/db/:audience/_all_docs': perAudience(...allDocuments.map((end) => `/db/:audience/${end}`)),
  '/db/:audience/_ensure_full_commit': perAudience({ path: '/db/:audience/_ensure_full_commit', body: {} }),
  ...Object.fromEntries(
    ['_design', '_design/*', '_find', '_index', '_index/*', '_explain', '_temp_view', '_view/*'].map((path) => [
      `/db/:audience/${path}`,
      perAudience({ path: `/db/:audience/${path.replace('*', 'all')}`, body: { selector: {} } }),
    ]),
  ),
  '/db/:audience/_changes': perAudience(...changes.map((end) => `/db/:audience/_changes${end}`)),
  '/db/:audience/_bulk_docs': perAudience({ path: '/db/:audience/_bulk_docs', body: { docs: [{ _id: '_design/x' }] } }),
  '/db/:audience/_bulk_get': everyId,
  '/db/:audience/_revs_diff': differences,
  '/db/:audience/_local/:id': (sights, method) =>
    isReading(method)
      ? perAudience('/db/:audience/_local/publisher', '/db/:audience/_local/readiness')(sights, method)
      : [],
  '/db/:audience/:id': perDocument(
    '/db/:audience/:id?conflicts=true&revs=true&attachments=true',
    '/db/:audience/:id?open_revs=all&revs=true',
    '/db/:audience/:id?rev=:rev',
  ),
  '/db/:audience/:id/*': perDocument('/db/:audience/:id/a'),
}

/** Pages of the public site; each stands under `/`, `/de` and `/en`. */
const site: Readonly<Record<string, Asks>> = {
  '/': one('/'),
  '/meetings': () =>
    ['', '?month=2026-12', '?month=2026-01', '?month=nonsense'].map((end) => ({ path: `/meetings${end}` })),
  '/papers': () => ['', '?page=1', '?page=2', '?page=nonsense'].map((end) => ({ path: `/papers${end}` })),
  '/recordings': () =>
    ['', '?page=1', '?page=nonsense', '?q=a', '?q=1&page=2'].map((end) => ({ path: `/recordings${end}` })),
  '/organizations': one('/organizations'),
  '/people': one('/people'),
  ...Object.fromEntries(
    ['meeting', 'agenda-item', 'paper', 'organization', 'person'].map((type) => [
      `/${type}/:key`,
      perRecord(type, (key) => `/${type}/${key}`),
    ]),
  ),
  '/meeting/:key/minutes': perRecord('meeting', (key) => `/meeting/${key}/minutes`),
  '/resolution/:key': perRecord('resolution', (key) => `/resolution/${key}`),
  '/resolutions': () => ['', '?page=1', '?page=nonsense'].map((end) => ({ path: `/resolutions${end}` })),
  '/meeting/:key/live': perRecord('meeting', (key) => `/meeting/${key}/live`),
  '/meeting/:key/watch': perRecord('meeting', (key) => `/meeting/${key}/watch`),
  '/meeting/:key/watch.json': perRecord('meeting', (key) => `/meeting/${key}/watch.json`),
  '/meeting/:key/text': perRecord('meeting', (key) => `/meeting/${key}/text`),
  '/*': one('/no/such/page'),
}
const translated = (prefix: string): [string, Asks][] =>
  Object.entries(site).map(([pattern, asks]) => [
    `${prefix}${pattern}`,
    (sights, method) =>
      asks(sights, method).map((ask) => ({ ...ask, path: prefix + ask.path, headers: { accept: 'text/html' } })),
  ])

const oparl: Readonly<Record<string, Asks>> = {
  '/oparl/v1.1': one('/oparl/v1.1'),
  '/oparl/v1.1/': one('/oparl/v1.1/'),
  '/oparl/v1.1/:type/:key': (sights) =>
    types.flatMap((type) => [...perRecord(type, (key) => `/oparl/v1.1/${type}/${key}`)(sights, 'GET')]),
  '/oparl/v1.1/bodies': () => ['', '?limit=nonsense', '?page=9'].map((end) => ({ path: `/oparl/v1.1/bodies${end}` })),
  '/oparl/v1.1/body/:key/:list': ({ body }) =>
    [...lists, ...types, 'nonsense'].flatMap((list) =>
      ['', '?page=2', '?modified_since=2000-01-01T00:00:00Z', '?limit=nonsense', '?omit_internal=true'].map((end) => ({
        path: `/oparl/v1.1/body/${body}/${list}${end}`,
      })),
    ),
  '/oparl/v1.1/organization/:key/meetings': perRecord(
    'organization',
    (key) => `/oparl/v1.1/organization/${key}/meetings?modified_since=2000-01-01T00:00:00Z`,
  ),
}

const others: Readonly<Record<string, Asks>> = {
  '/papers.atom': one('/papers.atom'),
  '/organization/:key/calendar.ics': perRecord('organization', (key) => `/organization/${key}/calendar.ics`),
  '/meeting/:key/signals': perRecord('meeting', (key) => `/meeting/${key}/signals`),
  ...Object.fromEntries(
    ['state', 'live.m3u8', 'recording.m3u8', ':rendition/live.m3u8', ':rendition/recording.m3u8']
      .concat('captions', 'captions.json', 'captions.vtt', 'captions/recording.m3u8', 'captions/:segment')
      .concat(':rendition/recording.mp4', ':rendition/download/:number', ':rendition/:name')
      .map((end) => [
        `/broadcast/:key/${end}`,
        perRecord('meeting', (key) =>
          `/broadcast/${key}/${end}`
            .replace(':rendition', 'high')
            .replace(':segment', '1.vtt')
            .replace(':name', 'part-1-0.m4s')
            .replace(':number', '1'),
        ),
      ]),
  ),
  '/site/:asset': one('/site/style.css'),
  '/app': one('/app'),
  '/app/': one('/app/'),
  '/app/*': () => ['/app/', '/app/meetings', '/app/no-such.js', '/app/../accounts.sqlite'].map((path) => ({ path })),
  '/healthz': one('/healthz'),
  '/readyz': one('/readyz'),
}

/** How each route of the hub is walked, by its pattern. A route that has no entry fails the walk. */
export const routeTable: Readonly<Record<string, Asks>> = {
  ...api,
  ...db,
  ...oparl,
  ...others,
  ...Object.fromEntries([...translated(''), ...translated('/de'), ...translated('/en')]),
  '/de': one('/de'),
  '/en': one('/en'),
}

/** The pattern under which a route stands in the table: assets have a digest in their names, the app's built files their own. */
export const patternOf = (pattern: string): string =>
  pattern.replace(/^\/site\/\w+-\w+\.(?:css|js)$/, '/site/:asset').replace(/^\/app\/.+$/, '/app/*')
