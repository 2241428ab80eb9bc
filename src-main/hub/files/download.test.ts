import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Audience } from '../../../shared/rules/audience.ts'
import { openSqliteStore } from '../store/index.ts'
import { principals, sha512Of, startFilesHub, type FilesHub, type PrincipalName } from './testing/files-hub.ts'

let hub: FilesHub
beforeEach(async () => {
  hub = await startFilesHub({ openStore: openSqliteStore })
})
afterEach(() => hub.stop())

const everybody = Object.keys(principals) as PrincipalName[]
const administration: PrincipalName[] = ['staff', 'clerk', 'administrator']

/** What an answer shows, without what differs between any two answers. */
async function visible(response: Response): Promise<object> {
  const headers = Object.fromEntries(response.headers)
  delete headers['date']
  return { status: response.status, headers, body: await response.text() }
}

describe('who may read a file', () => {
  const cases: [string, Audience[], PrincipalName[]][] = [
    ['in public', ['office', 'public'], everybody],
    ['of the main organization', ['office', 'org-main'], ['member', 'chair', ...administration]],
    ['of another organization', ['office', 'org-other'], ['outsider', ...administration]],
    ['in preparation', ['office'], administration],
    ['of a circle', ['circle-x'], []],
    ['of a ballot box', ['box-x'], []],
    ['that a faction names', ['faction-f'], []],
    ['that somebody names in private notes', ['user-m', 'user-o', 'user-a'], []],
  ]

  it.each(cases)('one %s', async (_, audiences, readers) => {
    const sha512 = await hub.addFile('file:1', 'nichtöffentlicher Inhalt', audiences)
    for (const as of everybody)
      for (const method of ['GET', 'HEAD'])
        for (const headers of [{}, { range: 'bytes=0-3' }, { 'if-none-match': `"${sha512}"` }]) {
          const answer = await visible(await hub.ask(as, `/files/${sha512}`, { method, headers }))
          const none = await visible(await hub.ask(as, `/files/${sha512Of('none')}`, { method, headers }))
          if (readers.includes(as)) expect(answer).not.toMatchObject({ status: 404 })
          else expect(answer).toEqual(none)
        }
  })

  it('ends with the record: withdrawn, deleted, or naming other bytes', async () => {
    const open = await hub.store.open('public')
    const first = await hub.addFile('file:1', 'erste Fassung', ['public'])
    expect((await hub.ask('nobody', `/files/${first}`)).status).toBe(200)
    const stored = await open.get('file:1')
    const second = sha512Of('zweite Fassung')
    await open.write([{ ...stored, _id: 'file:1', sha512: second }])
    expect((await hub.ask('nobody', `/files/${first}`)).status).toBe(404)
    await hub.addFile('file:2', 'zweite Fassung', [])
    expect((await hub.ask('nobody', `/files/${second}`)).status).toBe(200)
    await open.write([{ ...(await open.get('file:1')), _id: 'file:1', deleted: true }])
    expect((await hub.ask('nobody', `/files/${second}`)).status).toBe(404)
    await open.write([{ ...(await open.get('file:1')), _id: 'file:1', deleted: undefined }])
    expect((await hub.ask('nobody', `/files/${second}`)).status).toBe(200)
    await open.write([{ _id: 'file:1', _rev: (await open.get('file:1'))?._rev, _deleted: true }])
    expect((await hub.ask('nobody', `/files/${second}`)).status).toBe(404)
  })

  it('ends with the audience, also when it is made anew', async () => {
    const sha512 = await hub.addFile('file:1', 'Inhalt', ['public'])
    expect((await hub.ask('nobody', `/files/${sha512}`)).status).toBe(200)
    await hub.store.remove('public')
    await (await hub.store.open('public')).write([{ _id: 'paper:1' }, { _id: 'paper:2' }])
    expect((await hub.ask('nobody', `/files/${sha512}`)).status).toBe(404)
  })

  it('holds when many ask while records come and go', async () => {
    const sha512 = await hub.addFile('file:1', 'Inhalt', ['office'])
    const asked = Array.from({ length: 20 }, () => hub.ask('nobody', `/files/${sha512}`))
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([404]))
    await hub.addFile('file:1', 'Inhalt', ['public'])
    const again = Array.from({ length: 20 }, () => hub.ask('nobody', `/files/${sha512}`))
    expect(new Set((await Promise.all(again)).map(({ status }) => status))).toEqual(new Set([200]))
  })

  it.each(['abc', 'A'.repeat(128), '..%2f..%2fstore.sqlite', `${'a'.repeat(128)}%00`])(
    'is 404 for %s',
    async (name) => {
      expect((await hub.ask('administrator', `/files/${name}`)).status).toBe(404)
    },
  )
})

describe('how a file is sent', () => {
  const text = 'Tagesordnung'

  it('with a strong tag, its name, and nothing that lets it act', async () => {
    const sha512 = await hub.addFile('file:1', text, ['public'], { fileName: 'Straßenplan "Süd" €.txt' })
    const response = await hub.ask('nobody', `/files/${sha512}`)
    expect(await response.text()).toBe(text)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '12',
      'content-disposition': `attachment; filename="Stra?enplan \\"S?d\\" ?.txt"; filename*=UTF-8''Stra%C3%9Fenplan%20%22S%C3%BCd%22%20%E2%82%AC.txt`,
      'cache-control': 'public, max-age=60',
      'accept-ranges': 'bytes',
      etag: `"${sha512}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  it('to be shown, or to be saved by who asks for that', async () => {
    const pdf = { mimeType: 'application/pdf', fileName: 'a.pdf' }
    const sha512 = await hub.addFile('file:1', '%PDF-1.7', ['public'], pdf)
    const dispositionOf = async (query: string) =>
      (await hub.ask('nobody', `/files/${sha512}${query}`)).headers.get('content-disposition')
    expect(await dispositionOf('')).toBe('inline; filename=a.pdf')
    expect(await dispositionOf('?download')).toBe('attachment; filename=a.pdf')
  })

  it('to be kept by nobody when it is not public', async () => {
    const sha512 = await hub.addFile('file:1', text, ['office', 'org-main'])
    for (const as of ['member', 'clerk'] as const)
      expect((await hub.ask(as, `/files/${sha512}`)).headers.get('cache-control')).toBe('no-store')
  })

  it('as bytes when a record calls it what it must not be', async () => {
    const sha512 = await hub.addFile('file:1', '<script>', ['public'], { mimeType: 'text/html', fileName: 'a.html' })
    const { headers } = await hub.ask('nobody', `/files/${sha512}`)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(/^attachment/)
  })

  it('in the asked part', async () => {
    const sha512 = await hub.addFile('file:1', text, ['public'])
    const part = async (headers: Record<string, string>) => {
      const response = await hub.ask('nobody', `/files/${sha512}`, { headers })
      return [response.status, response.headers.get('content-range'), await response.text()]
    }
    expect(await part({ range: 'bytes=0-3' })).toEqual([206, 'bytes 0-3/12', 'Tage'])
    expect(await part({ range: 'bytes=-7' })).toEqual([206, 'bytes 5-11/12', 'ordnung'])
    expect(await part({ range: 'bytes=12-' })).toEqual([416, 'bytes */12', ''])
    expect(await part({ range: 'bytes=0-1,3-4' })).toEqual([200, null, text])
    expect(await part({ range: 'bytes=0-3', 'if-range': `"${sha512}"` })).toEqual([206, 'bytes 0-3/12', 'Tage'])
    expect(await part({ range: 'bytes=0-3', 'if-range': '"other"' })).toEqual([200, null, text])
    expect(await part({ 'if-none-match': `"other", W/"${sha512}"` })).toEqual([304, null, ''])
  })

  it('by HEAD without bytes', async () => {
    const sha512 = await hub.addFile('file:1', text, ['public'])
    const response = await hub.ask('nobody', `/files/${sha512}`, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '12', ''])
  })
})
