import { grown } from '../../../../shared/board/plane/box.ts'
import { drawingOf, type Mark } from '../drawing/marks.ts'
import { lightPalette } from '../drawing/palette.ts'
import { lineHeight } from '../drawing/text-lines.ts'
import { toBase64 } from './base64.ts'
import type { DrawnPage, PictureBelow } from './drawn-page.ts'
import { pageToJson, type PageContent } from './embedded.ts'

/** Units of the page left free around what is exported. */
export const exportMargin = 40

/** Without what XML 1.0 (production 2) has no way to write. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]!)

/** Names what holds the page for programs, and the pictures of it. */
export const boardInSvg = 'ratssaal-board'
export const pictureInSvg = (id: string): string => `picture-${id}`

export interface SvgOptions {
  readonly title: string
  /** Said besides to whoever asks what the picture is. */
  readonly description?: string
  /** What is on the page stands in the metadata besides, so that it can be brought back to a board. */
  readonly canComeBack: boolean
}

/** A page as SVG: everything but pictures is vectors, text is text; the picture that it lies over is one too. */
export function boardToSvg(
  { elements, box, lookup, below }: DrawnPage,
  { title, description, canComeBack }: SvgOptions,
): string {
  const { left, top, right, bottom } = grown(box, exportMargin)
  const [width, height] = [right - left, bottom - top]
  const parts = elements.map((element) => {
    const { place, marks } = drawingOf(element, lookup)
    const moved = `translate(${place.x} ${place.y}) rotate(${(place.angle * 180) / Math.PI}) scale(${place.scale})`
    return `<g transform="${moved}">${marks.map((mark) => markToSvg(mark, canComeBack)).join('')}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...(description === undefined ? [] : [`<desc>${escaped(description)}</desc>`]),
    ...(canComeBack ? [metadataOf({ elements, ground: below?.ground ?? null })] : []),
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${lightPalette.ground}"/>`,
    ...(below ? [belowToSvg(below, canComeBack)] : []),
    ...parts,
    '</svg>',
  ].join('\n')
}

const metadataOf = (content: PageContent): string =>
  `<metadata id="${boardInSvg}">${escaped(pageToJson(content))}</metadata>`

function markToSvg(mark: Mark, isNamed: boolean): string {
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
      return pictureToSvg({ ...mark.element, id: isNamed ? mark.element.id : undefined })
  }
}

interface SvgPicture extends Pick<PictureBelow, 'mediaType' | 'bytes' | 'text'> {
  readonly id?: string | undefined
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
}

const pictureToSvg = ({ id, x = 0, y = 0, width, height, mediaType, bytes, text }: SvgPicture): string =>
  `<image ${id === undefined ? '' : `id="${pictureInSvg(id)}" `}x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none" aria-label="${escaped(text)}" href="data:${mediaType};base64,${toBase64(bytes)}"/>`

const belowToSvg = (
  { box: { left, top, right, bottom }, ground, ...picture }: PictureBelow,
  isNamed: boolean,
): string =>
  pictureToSvg({
    ...picture,
    id: isNamed ? ground?.id : undefined,
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
  })
