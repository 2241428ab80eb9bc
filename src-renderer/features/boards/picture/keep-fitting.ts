import type { Box } from '../../../../shared/board/plane/box.ts'
import type { BoardPage } from '../../../data/yjs/board/index.ts'
import type { BoardEngine } from '../engine/board-engine.ts'
import type { Camera } from '../engine/camera.ts'
import { steadyCamera } from './steady-camera.ts'

/** What is shown of a page on which nothing is. */
const origin: Box = { left: 0, top: 0, right: 1, bottom: 1 }

/** Keeps all of a page in sight as it is drawn on and as the screen changes its size; returns the end of it. */
export function keepFitting(host: HTMLElement, engine: BoardEngine, page: BoardPage): () => void {
  let own: Camera | undefined
  const fit = (isNew: boolean): void => {
    const now = isNew || own !== engine.camera ? undefined : own
    own = steadyCamera(now, engine.box ?? origin, engine.size)
    if (own !== engine.camera) engine.camera = own
  }
  const sizes = new ResizeObserver(() => fit(true))
  sizes.observe(host)
  const stop = page.observe(() => fit(false))
  return () => {
    sizes.disconnect()
    stop()
  }
}
