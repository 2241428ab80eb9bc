import { distance, type Point } from '../../../../shared/board/plane/box.ts'
import type { Tool } from '../engine/tool.ts'
import type { Workbench } from './workbench.ts'

/** Radius of a light that is only tapped, in CSS pixels. */
const usual = 180

/** Puts a light on the page: everything around it is dimmed for everybody. Drawn from its middle outwards. */
export function spotlightTool(bench: Workbench): Tool {
  return {
    cursor: 'crosshair',
    begin: ({ sample: { x, y } }) => {
      let edge: Point = { x, y }
      const end = (): void => {
        bench.engine.live.items.delete('spotlight')
        bench.engine.refresh()
      }
      const radius = (): number => Math.max(distance({ x, y }, edge), 1)
      return {
        move: (samples) => {
          edge = samples.at(-1)!
          bench.engine.live.items.set('spotlight', { kind: 'ring', at: { x, y }, radius: radius() })
          bench.engine.refresh()
        },
        end: () => {
          end()
          const isTap = radius() < bench.units(usual / 8)
          bench.engine.scene.page.setUp({ spotlight: { x, y, radius: isTap ? bench.units(usual) : radius() } })
        },
        cancel: end,
      }
    },
  }
}
