import { seededStrokes, type BenchBoard } from './strokes.ts'

/** The end of a frame: the first message after what was asked for was drawn. */
const frame = (): Promise<number> =>
  new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(null)
    }),
  )

/** What a page of the bench can be asked. */
export function offer(board: BenchBoard): void {
  let ink: Promise<number> | undefined
  addEventListener(
    'pointermove',
    (event) => {
      if (event.buttons !== 1 || ink) return
      ink = frame().then((end) => end - event.timeStamp)
    },
    { capture: true },
  )
  Object.assign(globalThis, {
    bench: {
      /** Milliseconds until the strokes were drawn. */
      async load(count: number) {
        const strokes = seededStrokes(count)
        const load = board.prepare(strokes)
        await frame()
        const begin = performance.now()
        load()
        await frame()
        return (await frame()) - begin
      },
      /** Lengths of frames while the camera moves over the page, all of it in sight. */
      async pan(zoom: number, frames: number) {
        const times: number[] = []
        let last = await frame()
        for (let at = 0; at < frames; at++) {
          board.look(Math.sin(at / 20) * 400, Math.cos(at / 20) * 200, zoom * (1 + 0.2 * Math.sin(at / 30)))
          const now = await frame()
          times.push(now - last)
          last = now
        }
        return times
      },
      pen: () => board.pen(),
      /** Milliseconds from the first movement of the pen to the end of the frame that could show it. */
      async ink() {
        const took = await ink
        ink = undefined
        return took
      },
    },
  })
}
