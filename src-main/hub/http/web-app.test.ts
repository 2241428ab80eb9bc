import { fastify } from 'fastify'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { brotliCompressSync, gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { webAppRoutes } from './web-app.ts'

async function serve(build: (folder: string) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-'))
  await build(folder)
  const app = fastify()
  await webAppRoutes(app, { folder })
  onTestFinished(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })
  return async (url: string, encodings = '') => {
    const accept = { accept: 'text/html', ...(encodings ? { 'accept-encoding': encodings } : {}) }
    const { statusCode, headers, body, rawPayload } = await app.inject({ url, headers: accept })
    const { 'cache-control': cache, 'content-type': type, 'content-encoding': encoding } = headers
    return { status: statusCode, cache, type, ...(encodings ? { encoding, bytes: rawPayload } : {}), body }
  }
}

test('serves the app as it was built; every path without a file is one of its screens', async () => {
  let built = ''
  const get = await serve(async (folder) => {
    built = folder
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<title>app</title>')
    await writeFile(join(folder, 'assets/main-1a2b.js'), 'run()')
    await writeFile(join(folder, 'sw.js'), 'wait()')
    await writeFile(`${folder}.secret`, 'secret')
    onTestFinished(() => rm(`${folder}.secret`, { force: true }))
  })
  const page = { status: 200, cache: 'no-cache', type: 'text/html; charset=utf-8', body: '<title>app</title>' }
  expect(await get('/app')).toMatchObject({ status: 308 })
  expect(await get('/app/')).toEqual(page)
  expect(await get('/app/index.html')).toEqual(page)
  expect(await get('/app/meetings/2026?x=1')).toEqual(page)
  const asset = { status: 200, cache: 'public, max-age=31536000, immutable', body: 'run()' }
  expect(await get('/app/assets/main-1a2b.js')).toMatchObject(asset)
  expect(await get('/app/sw.js')).toMatchObject({ status: 200, cache: 'no-cache', body: 'wait()' })
  expect(await get('/app/assets/gone.js')).toMatchObject({ status: 404 })
  for (const up of ['..', '%2e%2e', '..%2f', '%2e%2e%2f'])
    expect((await get(`/app/assets/${up}/${up}/${basename(built)}.secret`)).body).not.toBe('secret')
})

test('what the build compressed is sent as it lies there, to whoever can read it', async () => {
  const text = 'run()\n'.repeat(1000)
  const compressed = brotliCompressSync(text)
  const get = await serve(async (folder) => {
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<title>app</title>')
    await writeFile(join(folder, 'assets/main-1a2b.js'), text)
    await writeFile(join(folder, 'assets/main-1a2b.js.br'), compressed)
  })
  const cache = 'public, max-age=31536000, immutable'
  const asset = await get('/app/assets/main-1a2b.js', 'gzip, br')
  expect(asset).toMatchObject({ status: 200, encoding: 'br', type: 'application/javascript; charset=utf-8', cache })
  expect(asset.bytes).toEqual(compressed)
  expect(await get('/app/assets/main-1a2b.js')).toMatchObject({ status: 200, body: text, cache })
  const other = await get('/app/assets/main-1a2b.js', 'gzip')
  expect([other.encoding, gunzipSync(other.bytes!).toString()]).toEqual(['gzip', text])
})

test('says how to build the app when nobody has', async () => {
  const get = await serve(async () => undefined)
  for (const path of ['/app/', '/app/meetings']) {
    const { status, type, body } = await get(path)
    expect([status, type]).toEqual([503, 'text/html; charset=utf-8'])
    expect(body).toContain('npm run build')
  }
})
