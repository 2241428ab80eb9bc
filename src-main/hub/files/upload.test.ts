import { mkdtemp, rm, stat } from 'node:fs/promises'
import { request, type ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '../store/index.ts'
import { PartialUploads } from './partial-uploads.ts'
import { principals, sha512Of, startFilesHub, type FilesHub, type PrincipalName } from './testing/files-hub.ts'

let hub: FilesHub
beforeEach(async () => {
  hub = await startFilesHub({ openStore: openSqliteStore, maxSize: 100_000 })
})
afterEach(() => hub.stop())

const text = 'Niederschrift über die Sitzung. '.repeat(1000)
const bytes = Buffer.from(text)
const sha512 = sha512Of(bytes)
const pathOf = (digest: string): string => `/api/uploads/${digest}`

interface Part {
  readonly as?: PrincipalName
  readonly digest?: string
  readonly offset?: number
  readonly complete?: boolean
}

const send = (
  body: Uint8Array<ArrayBuffer> | string,
  { as = 'clerk', digest = sha512, offset = 0, complete = true }: Part = {},
) =>
  hub.ask(as, pathOf(digest), {
    method: 'PATCH',
    body,
    headers: { 'upload-offset': String(offset), 'upload-complete': complete ? '?1' : '?0' },
  })

async function ask(digest = sha512, as: PrincipalName = 'clerk') {
  const response = await hub.ask(as, pathOf(digest), { method: 'HEAD' })
  const { status, headers } = response
  return { status, offset: Number(headers.get('upload-offset')), complete: headers.get('upload-complete') }
}

/** A part whose connection stays open after the given bytes. */
function sendHanging(body: Buffer): ClientRequest {
  const url = new URL(hub.origin + pathOf(sha512))
  const headers = { 'x-as': 'clerk', 'upload-offset': '0', 'upload-complete': '?1', 'content-length': bytes.length }
  const hanging = request(url, { method: 'PATCH', headers })
  hanging.on('error', () => undefined)
  hanging.write(body)
  return hanging
}

describe('an upload', () => {
  it('goes in at once, and is nobody’s to read until a record names it', async () => {
    const response = await send(bytes)
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({ sha512, size: bytes.length, mimeType: 'text/plain' })
    expect(response.headers.get('location')).toBe(`/files/${sha512}`)
    expect(await ask()).toEqual({ status: 204, offset: bytes.length, complete: '?1' })
    expect((await hub.ask('clerk', `/files/${sha512}`)).status).toBe(404)
    await (await hub.store.open('office')).write([{ _id: 'file:1', sha512, fileName: 'n.txt', mimeType: 'text/plain' }])
    expect(await (await hub.ask('clerk', `/files/${sha512}`)).text()).toBe(text)
  })

  it('goes in by parts, also across a restart of the hub', async () => {
    expect(await ask()).toEqual({ status: 204, offset: 0, complete: '?0' })
    const first = await send(bytes.subarray(0, 10_000), { complete: false })
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '10000'])
    await hub.restart()
    expect(await ask()).toEqual({ status: 204, offset: 10_000, complete: '?0' })
    expect((await send(bytes.subarray(10_000), { offset: 10_000 })).status).toBe(201)
    expect(await hub.blobs.has(sha512)).toEqual({ size: bytes.length })
  })

  it('goes on where the connection broke', async () => {
    const broken = sendHanging(bytes.subarray(0, 20_000))
    await expect.poll(received).toBe(20_000)
    broken.destroy()
    const { offset } = await ask()
    expect(offset).toBe(20_000)
    expect((await send(bytes.subarray(offset), { offset })).status).toBe(201)
  })

  it('is taken over from a connection that hangs', async () => {
    const hanging = sendHanging(bytes.subarray(0, 20_000))
    await expect.poll(received).toBe(20_000)
    const closed = new Promise((resolve) => hanging.once('close', resolve))
    const { offset } = await ask()
    expect((await send(bytes.subarray(offset), { offset })).status).toBe(201)
    await closed
  })

  it('is refused at a wrong offset with the right one', async () => {
    await send(bytes.subarray(0, 10), { complete: false })
    const response = await send(bytes, { offset: 5 })
    expect([response.status, response.headers.get('upload-offset')]).toEqual([409, '10'])
    expect(await response.json()).toMatchObject({ error: 'conflict' })
  })

  it('is refused and forgotten when the bytes have another digest', async () => {
    const response = await send('something else')
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ error: 'wrong-digest' })
    expect(await ask()).toEqual({ status: 204, offset: 0, complete: '?0' })
    expect(await hub.blobs.has(sha512)).toBeUndefined()
    expect((await send(bytes)).status).toBe(201)
  })

  it('is refused when it is too large, announced or not', async () => {
    const large = Buffer.alloc(100_001, 'a')
    const announced = await send(large, { digest: sha512Of(large) })
    expect([announced.status, await announced.json()]).toMatchObject([413, { error: 'too-large' }])
    const unannounced = await hub.ask('clerk', pathOf(sha512Of(large)), {
      method: 'PATCH',
      body: new Blob([large]).stream(),
      headers: { 'upload-offset': '0', 'upload-complete': '?1' },
      duplex: 'half',
    })
    expect([unannounced.status, await unannounced.json()]).toMatchObject([413, { error: 'too-large' }])
    expect(await ask(sha512Of(large))).toMatchObject({ offset: 0 })
    const exact = large.subarray(1)
    expect((await send(exact, { digest: sha512Of(exact) })).status).toBe(201)
  })

  it('is given up by its client, or after a week', async () => {
    await send(bytes.subarray(0, 10), { complete: false })
    expect((await hub.ask('clerk', pathOf(sha512), { method: 'DELETE' })).status).toBe(204)
    expect(await ask()).toMatchObject({ offset: 0 })
    await send(bytes.subarray(0, 10), { complete: false })
    hub.ahead = 6 * 24 * 3_600_000
    await hub.restart()
    expect(await ask()).toMatchObject({ offset: 10 })
    hub.ahead += 2 * 24 * 3_600_000
    await hub.restart()
    await expect.poll(() => ask()).toMatchObject({ offset: 0 })
  })

  it('is given up after a week also while somebody asks how far it is; who goes on with it keeps it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ratssaal-uploads-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const week = 7 * 24 * 3_600_000
    const options = { folder, blobs: hub.blobs, maxSize: 100, expiry: week, now: () => Date.now() + week + 1000 }
    const uploads = await PartialUploads.open(options)
    await uploads.append(sha512, 0, Readable.from([bytes.subarray(0, 10)]))
    const asked = Promise.all(Array.from({ length: 200 }, () => uploads.offset(sha512)))
    expect(await uploads.expire()).toBe(1)
    expect((await asked)[0]).toBe(10)
    expect(await uploads.offset(sha512)).toBe(0)
    const later = await PartialUploads.open({ ...options, now: () => Date.now() + week - 60_000 })
    await later.append(sha512, 0, Readable.from([bytes.subarray(0, 10)]))
    expect(await later.expire()).toBe(0)
    expect(await later.offset(sha512)).toBe(10)
  })

  it.each([
    {},
    { 'upload-offset': '0' },
    { 'upload-offset': '-1', 'upload-complete': '?1' },
    { 'upload-offset': '0', 'upload-complete': 'yes' },
  ])('is refused without sound headers: %o', async (headers) => {
    const response = await hub.ask('clerk', pathOf(sha512), {
      method: 'PATCH',
      body: 'x',
      headers: headers as Record<string, string>,
    })
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'bad-request' }])
  })
})

describe('who may upload', () => {
  const answers: [PrincipalName, number][] = [
    ['nobody', 401],
    ['guest', 403],
    ['member', 403],
    ['outsider', 403],
    ['chair', 403],
    ['staff', 201],
    ['clerk', 201],
    ['administrator', 201],
  ]
  it('names every one of them', () => expect(answers.map(([as]) => as).sort()).toEqual(Object.keys(principals).sort()))

  it.each(answers)('%s: %i', async (as, status) => {
    expect((await send(bytes, { as })).status).toBe(status)
  })

  it.each(answers.filter(([, status]) => status !== 201))('%s learns nothing of what is there', async (as) => {
    await hub.addFile('file:1', text, ['office'])
    const half = Buffer.from('half an upload')
    await send(half, { digest: sha512Of('whole'), complete: false })
    const visible = async (digest: string, method: string) => {
      const response = await hub.ask(as, pathOf(digest), { method, ...(method === 'PATCH' ? { body: 'x' } : {}) })
      const headers = Object.fromEntries(response.headers)
      delete headers['date']
      return { status: response.status, headers, body: await response.text() }
    }
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      const none = await visible(sha512Of('none'), method)
      expect(await visible(sha512, method)).toEqual(none)
      expect(await visible(sha512Of('whole'), method)).toEqual(none)
    }
    expect(await ask(sha512Of('whole'))).toMatchObject({ offset: half.length })
  })
})

/** Bytes of the upload on the disk, without asking the hub, which would interrupt it. */
async function received(): Promise<number> {
  return (await stat(`${hub.uploadFolder}/${sha512}`)).size
}
