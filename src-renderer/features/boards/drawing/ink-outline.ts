import { getStroke } from 'perfect-freehand'
import type { InkPoint } from '../../../../shared/council/board/ink.ts'

/** What decides about the look of ink besides its points. */
export interface Nib {
  readonly tool: 'pen' | 'marker' | 'laser'
  readonly thickness: number
}

/** How much of a marker is seen. */
export const markerOpacity = 0.42

const short = (value: number): string => String(Math.round(value * 100) / 100)

/** The outline of a stroke as SVG path data, in the stroke's own coordinates. */
export function inkOutline(points: readonly InkPoint[], { tool, thickness }: Nib): string {
  const outline = getStroke(points as InkPoint[], {
    size: thickness,
    thinning: tool === 'pen' ? 0.55 : 0,
    smoothing: 0.5,
    streamline: 0.35,
    simulatePressure: false,
    last: true,
  })
  return smoothPath(outline)
}

/** Quadratic curves through the middles between points. */
function smoothPath(points: readonly number[][]): string {
  const [first] = points
  if (!first) return ''
  const parts = [`M${short(first[0]!)} ${short(first[1]!)}Q`]
  for (const [place, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(place + 1) % points.length]!
    parts.push(`${short(x!)} ${short(y!)} ${short((x! + nextX!) / 2)} ${short((y! + nextY!) / 2)}`)
  }
  return `${parts[0]}${parts.slice(1).join(' ')}Z`
}
