import { onTestFinished } from 'vitest'
import { page as browserPage } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { nobodyElse, type BoardPresence } from '../../../data/yjs/board/index.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import type { BoardPages } from '../screen/board-pages.ts'
import BoardStage from './BoardStage.svelte'

interface Opening {
  presence?: BoardPresence
  canDraw?: boolean
  size?: readonly [number, number]
  go?: (place: number) => void
  bring?: BoardPages['bring']
}

/** The whole screen of a board, over a document of its own. */
export async function openBoard({
  presence = nobodyElse,
  canDraw = true,
  size = [1366, 768],
  go = () => undefined,
  bring,
}: Opening = {}) {
  await browserPage.viewport(...size)
  const page = emptyPage()
  onTestFinished(() => page.close())
  const screen = await render(BoardStage, { page, presence, canDraw, go, bring })
  return { screen, page, surface: screen.getByRole('application'), elements: () => [...page.elements.values()] }
}
