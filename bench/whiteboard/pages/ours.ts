import * as Y from 'yjs'
import { packInk } from '../../../shared/council/board/ink.ts'
import { unmoved } from '../../../shared/council/board/element.ts'
import { BoardPage, nobodyElse } from '../../../src-renderer/data/yjs/board/index.ts'
import { BoardEngine } from '../../../src-renderer/features/boards/engine/board-engine.ts'
import { Selection } from '../../../src-renderer/features/boards/selection/selection.ts'
import { usualStyle } from '../../../src-renderer/features/boards/style.ts'
import { inkTool } from '../../../src-renderer/features/boards/tools/ink-tool.ts'
import { Workbench } from '../../../src-renderer/features/boards/tools/workbench.ts'
import { offer } from './measure.ts'

const host = document.querySelector<HTMLElement>('#board')!
const filled = new BoardPage(new Y.Doc())
let bench: Workbench | undefined

offer({
  prepare(strokes) {
    filled.transact(() => {
      for (const [place, points] of strokes.entries())
        filled.add(`s${place}`, {
          ...{ kind: 'stroke', z: `a${String(place).padStart(6, '0')}`, author: 'a', place: unmoved },
          ...{ tool: 'pen', colour: 'black', thickness: 4, ink: packInk(points) },
        })
    })
    const update = Y.encodeStateAsUpdate(filled.doc)
    filled.close()
    return () => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, update)
      const engine = new BoardEngine(host, new BoardPage(doc), nobodyElse)
      bench = new Workbench(engine, new Selection(engine), 'a', { ...usualStyle })
      engine.fit()
    }
  },
  look: (x, y, zoom) => {
    if (bench) bench.engine.camera = { x, y, zoom }
  },
  pen: () => {
    if (bench) bench.engine.tool = inkTool(bench, 'pen')
  },
})
