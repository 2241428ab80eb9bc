import type { Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { paths } from '../../shared/hub-api/contract.ts'
import { scanColour, scannedPage } from '../fixtures/scan.ts'
import { administrator, setUpTown } from '../fixtures/set-up-town.ts'
import { expect, test, words } from '../fixtures/test.ts'

test('a page that was scanned as JPEG 2000 is shown, and the policy of the page is kept', async ({ hub, device }) => {
  const { page } = device
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|WebAssembly|wasm|JPX|OpenJPEG/i.test(message.text())) complaints.push(message.text())
  })
  await setUpTown(page, hub.setUpCode)
  await handIn(hub.origin)
  await page.evaluate(() => void (location.hash = '#/read/file:scan'))
  await expect(page.getByRole('region', { name: words.reader_pages_region() })).toBeVisible()
  await expect.poll(() => middleOf(page), { timeout: 30_000 }).toEqual(scanColour)
  expect(complaints).toEqual([])
})

/** Colour of the middle of the first page, or nothing while it is not drawn. */
const middleOf = (page: Page): Promise<number[] | undefined> =>
  page.evaluate(() => {
    const drawn = document.querySelector<HTMLCanvasElement>('.pdfViewer canvas')
    const copy = new OffscreenCanvas(1, 1).getContext('2d')
    if (!drawn || !copy) return undefined
    copy.drawImage(drawn, -Math.floor(drawn.width / 2), -Math.floor(drawn.height / 2))
    return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  })

/** Brings the scan into the working state, as another device of the administrator. */
async function handIn(origin: string): Promise<void> {
  const { login, password } = administrator
  const send = async (
    method: string,
    path: string,
    body: string | Buffer<ArrayBuffer>,
    headers: object,
  ): Promise<string> => {
    const answer = await fetch(origin + path, { method, body, headers: { ...headers } })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer.text()
  }
  const json = { 'content-type': 'application/json' }
  const signIn = JSON.stringify({ login, password, device: { name: 'Scanner' }, token: true })
  const { token } = JSON.parse(await send('POST', paths.session, signIn, json)) as { token: string }
  const bearer = { authorization: `Bearer ${token}` }
  const bytes = Buffer.from(scannedPage())
  const sha512 = createHash('sha512').update(bytes).digest('hex')
  const whole = { 'content-type': 'application/octet-stream', 'upload-offset': '0', 'upload-complete': '?1' }
  await send('PATCH', paths.upload(sha512), bytes, { ...bearer, ...whole })
  const stamp = new Date().toISOString()
  const about = { name: 'Scan', fileName: 'scan.pdf', mimeType: 'application/pdf', size: bytes.length, sha512 }
  const record = { _id: 'file:scan', type: 'file', schema: 1, created: stamp, modified: stamp, ...about }
  await send('PUT', `${paths.database('office')}/file:scan`, JSON.stringify(record), { ...bearer, ...json })
}
