import { centreOf } from '../../../../shared/board/plane/box.ts'
import { centredAt, placeSheets } from '../../../../shared/board/sheets/placing.ts'
import { unmoved } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { shownBox } from '../engine/camera.ts'
import type { BoardPages } from '../screen/board-pages.ts'
import type { Draft, Workbench } from '../tools/workbench.ts'
import type { PdfTarget } from './pdf-import.svelte.ts'

/** A board as the place where pages of a PDF go. */
export const targetOn = (bench: Workbench, { bring }: Pick<BoardPages, 'bring'>): PdfTarget => ({
  room: bring?.room ?? 0,
  putPictures: (sheets) => putPictures(bench, sheets),
  layGround: (sheet) => layGround(bench, sheet),
  makePages: (sheets, made, signal) => bring?.make(sheets, made, signal) ?? Promise.resolve(0),
})

/** Puts a picture below everything, with its middle where the middle of what is drawn is, and shows all of it. */
export function layGround({ engine }: Workbench, sheet: GroundPicture): void {
  const middle = centreOf(engine.scene.boxAround() ?? shownBox(engine.camera, engine.size))
  engine.scene.page.layGround({ ...sheet, ...centredAt(middle, sheet) })
  engine.fit()
}

function putPictures(bench: Workbench, sheets: readonly GroundPicture[]): void {
  const { engine, selection } = bench
  const corners = placeSheets(sheets, engine.box, centreOf(shownBox(engine.camera, engine.size)))
  const drafts = sheets.map(({ id: _, x: _x, y: _y, ...picture }, place): Draft => {
    return { kind: 'picture', place: { ...unmoved, ...corners[place]! }, ...picture }
  })
  selection.set(bench.addAll(drafts))
  engine.fit(selection.box)
}
