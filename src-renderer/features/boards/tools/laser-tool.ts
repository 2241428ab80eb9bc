import { ulid } from 'ulid'
import type { InkPoint } from '../../../../shared/council/board/ink.ts'
import type { Sample, Tool } from '../engine/tool.ts'
import type { Workbench } from './workbench.ts'

/** Milliseconds until a point of the trail has faded, and CSS pixels of its width. */
const fading = 900
const width = 9
/** Points of a trail that are told to the others. */
const longest = 60

/** A pointer of light: leaves nothing but a trail that fades. Without motion it is a dot. */
export function laserTool(bench: Workbench, isStill: boolean): Tool {
  return {
    cursor: 'none',
    begin: ({ sample }) => {
      const id = ulid()
      let trail: Sample[] = [sample]
      let isDown = true
      let request = 0
      const show = (): void => {
        request = 0
        const now = performance.now()
        const [tip] = trail.slice(-1)
        trail = trail.filter(({ time }) => now - time < fading).slice(-longest)
        const shown = isStill || trail.length === 0 ? (isDown && tip ? [tip] : []) : trail
        if (isDown && tip && trail.length === 0) trail = [tip]
        bench.show(id, shown.length > 0 ? laser(id, shown, now, bench) : undefined)
        if (isDown || trail.length > 0) request = requestAnimationFrame(show)
      }
      show()
      const leave = (): void => {
        isDown = false
        request ||= requestAnimationFrame(show)
      }
      return { move: (samples) => void trail.push(...samples), end: leave, cancel: leave }
    },
  }
}

function laser(id: string, trail: readonly Sample[], now: number, bench: Workbench) {
  const points = trail.map(({ x, y, time }): InkPoint => ({
    x,
    y,
    pressure: Math.min(1, Math.max(0.05, 1 - (now - time) / fading)),
  }))
  return { id, tool: 'laser' as const, colour: 'red' as const, thickness: bench.units(width), points }
}
