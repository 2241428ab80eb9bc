import type { Ground } from '../../../../shared/council/board/page.ts'
import type { Context } from '../drawing/canvas.ts'
import type { Palette } from '../drawing/palette.ts'

/** Units between two lines of the ground; further away every second one is left out, again and again. */
const spacing = 32

/** Draws the ground of a tile. Its lines repeat within the side, so that it is the same for all tiles of a level. */
export function drawGround(context: Context, side: number, level: number, ground: Ground, palette: Palette): void {
  context.fillStyle = palette.ground
  context.fillRect(0, 0, side, side)
  if (ground === 'plain') return
  const step = Math.min(side, spacing * 2 ** Math.max(0, level))
  context.fillStyle = palette.line
  for (let y = 0; y < side; y += step) {
    if (ground !== 'dots') context.fillRect(0, y, side, 1)
    for (let x = 0; x < side && ground !== 'lines'; x += step) {
      if (ground === 'grid') context.fillRect(x, 0, 1, side)
      else context.fillRect(x, y, 2, 2)
    }
  }
}

/** Draws the ground of a tile on which a paper lies. */
export function drawDesk(context: Context, side: number, palette: Palette): void {
  context.fillStyle = palette.desk
  context.fillRect(0, 0, side, side)
}
