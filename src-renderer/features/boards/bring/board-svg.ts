import { failed, success, type Result } from '../../../../shared/result.ts'
import { fromBase64 } from '../exchange/base64.ts'
import { jsonToPage, type ReadPage } from '../exchange/embedded.ts'
import { boardInSvg, pictureInSvg } from '../exchange/svg.ts'
import { largestFile, readPicture } from './picture-files.ts'

export type BoardSvgFault = 'too-large' | 'foreign-svg' | 'damaged-board' | 'newer-board'

/**
 * Reads back what `boardToSvg` wrote. The SVG is taken apart as data: it is never shown, nothing in it is run or
 * fetched, and its pictures have to be some.
 */
export async function readBoardSvg(file: Blob): Promise<Result<ReadPage, BoardSvgFault>> {
  if (file.size > largestFile) return failed('too-large')
  const svg = new DOMParser().parseFromString(await file.text(), 'image/svg+xml')
  if (svg.querySelector('parsererror')) return failed('damaged-board')
  const json = svg.querySelector(`metadata[id="${boardInSvg}"]`)?.textContent
  if (json === undefined) return failed('foreign-svg')
  const pictures = new Map<string, Uint8Array>()
  for (const image of svg.querySelectorAll('image[id]')) {
    const bytes = await pictureBytes(image.getAttribute('href') ?? '')
    if (bytes) pictures.set(image.id, bytes)
  }
  const page = jsonToPage(json, (id) => pictures.get(pictureInSvg(id)))
  if (!page.ok) return failed(page.failure === 'newer' ? 'newer-board' : 'damaged-board')
  return success(page.value)
}

/** Undefined for what is no picture that a board takes. */
async function pictureBytes(href: string): Promise<Uint8Array | undefined> {
  const [, type, data] = /^data:(image\/(?:png|jpeg));base64,([0-9A-Za-z+/=]*)$/.exec(href) ?? []
  const bytes = data === undefined ? undefined : fromBase64(data)
  if (!bytes || type === undefined) return undefined
  const picture = await readPicture(new Blob([bytes], { type }))
  if (!picture.ok) return undefined
  picture.value.close()
  return bytes
}
