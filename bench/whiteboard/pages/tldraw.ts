import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { b64Vecs, createShapeId, Tldraw, type Editor } from 'tldraw'
import 'tldraw/tldraw.css'
import { offer } from './measure.ts'

const editor = await new Promise<Editor>((resolve) =>
  createRoot(document.querySelector('#board')!).render(
    createElement(Tldraw, { onMount: (made: Editor) => void resolve(made), options: { maxShapesPerPage: 100_000 } }),
  ),
)

offer({
  prepare(strokes) {
    const shapes = strokes.map((points, place) => {
      const [{ x, y }] = points as [{ x: number; y: number }]
      const path = b64Vecs.encodePoints(points.map((point) => ({ x: point.x - x, y: point.y - y, z: point.pressure })))
      return {
        ...{ id: createShapeId(`s${place}`), type: 'draw' as const, x, y },
        props: { segments: [{ type: 'free' as const, path }], isComplete: true, isPen: true },
      }
    })
    return () => {
      editor.createShapes(shapes)
      editor.zoomToFit()
    }
  },
  look: (x, y, zoom) => void editor.setCamera({ x: -x, y: -y, z: zoom }, { immediate: true, force: true }),
  pen: () => void editor.setCurrentTool('draw'),
})
