import { ulid } from 'ulid'
import { moved } from '../../../../shared/board/elements/arrange.ts'
import { extentOf } from '../../../../shared/board/elements/extent.ts'
import { boxAroundAll, centreOf } from '../../../../shared/board/plane/box.ts'
import { moving } from '../../../../shared/board/plane/similarity.ts'
import { unmoved, type BoardElement } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { shownBox } from '../engine/camera.ts'
import { fromBase64 } from '../exchange/base64.ts'
import type { ReadPage } from '../exchange/embedded.ts'
import { copiesOf } from '../selection/copies.ts'
import { draftOf, type Draft, type Workbench } from '../tools/workbench.ts'
import { readBoardSvg, type BoardSvgFault } from './board-svg.ts'
import { readExcalidraw } from './excalidraw.ts'
import { largestFile, pictureFromFile, type PictureDraft, type PictureFault } from './picture-files.ts'

export type BringFault = PictureFault | BoardSvgFault

/** What became of files that were brought to the board. */
export interface ImportOutcome {
  readonly added: number
  /** Parts of files that are nothing for a board. */
  readonly left: number
  /** Files of which nothing was read, by their names, and why. */
  readonly refused: readonly { readonly name: string; readonly fault: BringFault }[]
}

interface Read {
  readonly drafts: readonly Draft[]
  readonly left: number
}

/** Puts pictures, drawings of Excalidraw, and boards that were saved as SVG, on the page, and picks them. */
export async function importFiles(bench: Workbench, files: Iterable<File>): Promise<ImportOutcome> {
  const drafts: Draft[] = []
  const refused: { name: string; fault: BringFault }[] = []
  let [added, left] = [0, 0]
  for (const file of files) {
    const read = await (isSvg(file) ? bringBoard(bench, file) : draftsOf(file))
    if (typeof read === 'string') {
      refused.push({ name: file.name, fault: read })
      continue
    }
    drafts.push(...('drafts' in read ? read.drafts : []))
    added += 'drafts' in read ? read.drafts.length : read.added
    left += read.left
  }
  putInMiddle(bench, drafts)
  return { added, left, refused }
}

const isSvg = ({ name, type }: File): boolean => type === 'image/svg+xml' || /\.svg$/i.test(name)

async function draftsOf(file: File): Promise<Read | BringFault> {
  if (/\.(excalidraw|json)$/i.test(file.name)) {
    if (file.size > largestFile) return 'too-large'
    return (await readExcalidraw(await file.text(), pictureOfDataUrl)) ?? 'no-picture'
  }
  const picture = await pictureFromFile(file, file.name)
  if (!picture.ok) return picture.failure
  return { drafts: [{ kind: 'picture', place: unmoved, ...picture.value }], left: 0 }
}

/** Without a request: the app's policy allows none to addresses of data. */
async function pictureOfDataUrl(url: string): Promise<PictureDraft | undefined> {
  const [, type = '', data = ''] = /^data:([^;,]+);base64,(.*)$/.exec(url) ?? []
  const picture = await pictureFromFile(new Blob([fromBase64(data) ?? ''], { type }), '')
  return picture.ok ? picture.value : undefined
}

/** Puts a board that was saved back on a page: on an empty one just as it was, elsewhere in the middle of the window. */
async function bringBoard(
  bench: Workbench,
  file: File,
): Promise<{ readonly added: number; readonly left: number } | BringFault> {
  const read = await readBoardSvg(file)
  if (!read.ok) return read.failure
  const { page } = bench.engine.scene
  const isEmpty = page.elements.size === 0 && !page.setup.picture
  const added = isEmpty ? restore(bench, read.value) : addBoard(bench, read.value)
  return { added, left: read.value.left }
}

function restore(bench: Workbench, { elements, ground }: ReadPage): number {
  const { engine, selection } = bench
  const copies = copiesOf(elements)
  const end = engine.scene.page.beginDeed()
  if (ground) engine.scene.page.layGround({ ...ground, id: ulid() })
  selection.set(bench.addAll(copies.map(draftOf), idsOf(copies)))
  end()
  engine.fit()
  return copies.length + (ground ? 1 : 0)
}

function addBoard(bench: Workbench, { elements, ground }: ReadPage): number {
  const copies = copiesOf([...(ground ? [asElement(ground)] : []), ...elements])
  putInMiddle(bench, copies.map(draftOf), idsOf(copies))
  return copies.length
}

/** The ground of another page is a picture on this one. */
const asElement = ({ id, x, y, ...picture }: GroundPicture): BoardElement => ({
  ...{ kind: 'picture', id, z: 'a0', author: 'nobody', place: { ...unmoved, x, y }, ...picture },
})

const idsOf = (elements: readonly BoardElement[]): string[] => elements.map(({ id }) => id)

/** Puts drafts on the page as one step, moved together so that they are in the middle of the window, and picks them. */
export function putInMiddle(bench: Workbench, drafts: readonly Draft[], ids = drafts.map(() => ulid())): void {
  const { engine, selection } = bench
  const elements = drafts.map((draft, place) => bench.finish(draft, ids[place]))
  const byId = new Map(elements.map((element) => [element.id, element]))
  const box = boxAroundAll(elements.flatMap((element) => extentOf(element, (id) => byId.get(id)) ?? []))
  if (!box) return
  const [from, to] = [centreOf(box), centreOf(shownBox(engine.camera, engine.size))]
  const way = moving(to.x - from.x, to.y - from.y)
  const placed = drafts.map((draft, place) => ({ ...draft, ...moved(elements[place]!, way) }))
  selection.set(bench.addAll(placed, ids))
}
