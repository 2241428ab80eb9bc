import { grown, holds, type Box } from '../../../../shared/board/plane/box.ts'
import { fitting, shownBox, type Camera, type Size } from '../engine/camera.ts'

/** CSS pixels of a screen's width for which things have their usual size; on larger ones they are as much larger. */
const usualWidth = 1100
/** Share of the screen's width left free around all of it, and of the page's that is shown beyond what is there. */
const margin = 0.02
const ahead = 0.08
/** While a page would fill less than this of what it could, it is shown larger. */
const tooSmall = 0.55

/**
 * Where a screen looks so that its audience sees all that is on a page, as large as may be. It stays where it is while
 * that holds: a picture that moves with every stroke cannot be read.
 *
 * @param now where it looks; undefined where that is to be found anew
 */
export function steadyCamera(now: Camera | undefined, box: Box, size: Size): Camera {
  const most = size.width / usualWidth
  const best = fitting(box, size, most, margin * size.width)
  if (now && holds(shownBox(now, size), box) && now.zoom >= best.zoom * tooSmall) return now
  const wide = now ? grown(box, ahead * (box.right - box.left)) : box
  return fitting(wide, size, most, margin * size.width)
}
