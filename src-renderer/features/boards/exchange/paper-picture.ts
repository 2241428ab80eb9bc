import type { PaperPage } from '../engine/paper.ts'

/** The picture of a paper, from the page's origin on, in units of the page. */
export interface PaperPicture {
  readonly picture: HTMLCanvasElement
  readonly width: number
  readonly height: number
}

/** Pixels per unit. */
const sharpness = 2

/** Draws a page of a paper as a whole. */
export async function pictureOf(paper: PaperPage): Promise<PaperPicture> {
  const { width, height } = paper
  const whole = { left: 0, top: 0, right: width, bottom: height }
  return { width, height, picture: await paper.draw(whole, sharpness, (goOn) => goOn()).picture }
}
