import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { Excalidraw, restoreElements } from '@excalidraw/excalidraw'
import '@excalidraw/excalidraw/index.css'
import { offer } from './measure.ts'

type Api = Parameters<NonNullable<Parameters<typeof Excalidraw>[0]['excalidrawAPI']>>[0]
const api = await new Promise<Api>((resolve) =>
  createRoot(document.querySelector('#board')!).render(createElement(Excalidraw, { excalidrawAPI: resolve })),
)

offer({
  prepare(strokes) {
    const elements = strokes.map((points, place) => {
      const [{ x, y }] = points as [{ x: number; y: number }]
      const own = points.map((point) => [point.x - x, point.y - y])
      const [xs, ys] = [own.map(([at]) => at!), own.map(([, at]) => at!)]
      return {
        ...{ type: 'freedraw', id: `s${place}`, x, y, points: own, simulatePressure: false },
        pressures: points.map(({ pressure }) => pressure),
        ...{ width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys), strokeWidth: 2 },
      }
    })
    return () => {
      api.updateScene({ elements: restoreElements(elements as never, null) })
      api.scrollToContent(undefined, { fitToContent: true, animate: false })
    }
  },
  look: (x, y, zoom) => api.updateScene({ appState: { scrollX: -x, scrollY: -y, zoom: { value: zoom } } as never }),
  pen: () => api.setActiveTool({ type: 'freedraw' }),
})
