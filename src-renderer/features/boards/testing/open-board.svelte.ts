import * as Y from 'yjs'
import { onTestFinished } from 'vitest'
import { page as browserPage } from 'vitest/browser'
import { BoardPage, nobodyElse, type BoardPresence } from '../../../data/yjs/board/index.ts'
import { stage } from '../../votes/testing/staged.ts'
import { usualHabits, type BoardHabits } from '../screen/board.svelte.ts'
import BoardScreen from '../screen/BoardScreen.svelte'

interface Opening {
  presence?: BoardPresence
  canDraw?: boolean
  habits?: Partial<BoardHabits>
  size?: readonly [number, number]
  page?: BoardPage
}

/** The whole screen of a board, over a document of its own. */
export async function openBoard({
  presence = nobodyElse,
  canDraw = true,
  habits,
  size = [1366, 768],
  ...more
}: Opening = {}) {
  await browserPage.viewport(...size)
  const page = more.page ?? new BoardPage(new Y.Doc())
  onTestFinished(() => page.close())
  const kept = $state({ ...structuredClone(usualHabits), ...habits })
  const screen = await stage(BoardScreen, {
    ...{ page, presence, account: 'ada', canDraw, title: 'Haushalt 2027', head: { back: '#/meetings/one' } },
    habits: kept,
    pages: { place: 0, count: 2, go: () => undefined, add: () => undefined },
  })
  const surface = screen.getByRole('application')
  return { screen, page, surface, elements: () => [...page.elements.values()] }
}
