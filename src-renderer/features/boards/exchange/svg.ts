import { grown } from '../../../../shared/board/plane/box.ts'
import type { ElementOf } from '../../../../shared/council/board/element.ts'
import { drawingOf, type Mark } from '../drawing/marks.ts'
import { lightPalette } from '../drawing/palette.ts'
import { lineHeight } from '../drawing/text-lines.ts'
import type { PaperPicture } from './paper-picture.ts'
import type { PrintedPage } from './printed-page.ts'

/** Units of the page left free around what is exported. */
export const exportMargin = 40

/** What XML 1.0 (production 2) has no way to write. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const escaped = (text: string): string =>
  text
    .replace(unwritable, '')
    .replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]!)

export interface SvgOptions {
  readonly title: string
  /** Said besides to whoever asks what the picture is. */
  readonly description?: string
  /** What the page lies over. */
  readonly paper?: PaperPicture | undefined
}

/** A page as SVG: everything but pictures is vectors, text is text; the paper that it lies over is a picture. */
export function boardToSvg({ elements, box, lookup }: PrintedPage, { title, description, paper }: SvgOptions): string {
  const { left, top, right, bottom } = grown(box, exportMargin)
  const [width, height] = [right - left, bottom - top]
  const parts = elements.map((element) => {
    const { place, marks } = drawingOf(element, lookup)
    const moved = `translate(${place.x} ${place.y}) rotate(${(place.angle * 180) / Math.PI}) scale(${place.scale})`
    return `<g transform="${moved}">${marks.map(markToSvg).join('')}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...(description === undefined ? [] : [`<desc>${escaped(description)}</desc>`]),
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${lightPalette.ground}"/>`,
    ...(paper ? [paperToSvg(paper)] : []),
    ...parts,
    '</svg>',
  ].join('\n')
}

function markToSvg(mark: Mark): string {
  switch (mark.kind) {
    case 'area': {
      const opacity = mark.opacity === undefined ? '' : ` fill-opacity="${mark.opacity}"`
      return `<path d="${mark.path}" fill="${lightPalette[mark.paint]}"${opacity}/>`
    }
    case 'line':
      return `<path d="${mark.path}" fill="none" stroke="${lightPalette[mark.paint]}" stroke-width="${mark.thickness}" stroke-linecap="round" stroke-linejoin="round"/>`
    case 'words': {
      const lines = mark.lines.map(
        (text, line) => `<tspan x="${mark.x}" y="${mark.y + line * mark.size * lineHeight}">${escaped(text)}</tspan>`,
      )
      return `<text font-family="Inter, sans-serif" font-size="${mark.size}" fill="${lightPalette[mark.paint]}">${lines.join('')}</text>`
    }
    case 'picture':
      return pictureToSvg(mark.element)
  }
}

const paperToSvg = ({ picture, width, height }: PaperPicture): string =>
  `<image width="${width}" height="${height}" preserveAspectRatio="none" href="${picture.toDataURL('image/png')}"/>`

const pictureToSvg = ({ width, height, mediaType, bytes, text }: ElementOf<'picture'>): string =>
  `<image width="${width}" height="${height}" preserveAspectRatio="none" aria-label="${escaped(text)}" href="data:${mediaType};base64,${toBase64(bytes)}"/>`

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}
