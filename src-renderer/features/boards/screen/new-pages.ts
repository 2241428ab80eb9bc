import { ulid } from 'ulid'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { BoardPage } from '../../../data/yjs/board/index.ts'
import type { RoomPage } from '../../../data/yjs/room/index.ts'

interface NewPages {
  /** Adds a page of that key to the board; where it stands from 0, undefined when the hub does not take it. */
  readonly add: (key: string) => Promise<number | undefined>
  readonly open: (key: string) => RoomPage
  /** Called with the number of pages that are there. */
  readonly made: (count: number) => void
}

/**
 * Adds a page for each picture, with the picture as its ground, one after the other: each is safe on this device before
 * the next one begins.
 * @returns where each page stands that was made: fewer than asked for when it was called off, or the hub took no more
 */
export async function makePagesOver(
  pictures: readonly GroundPicture[],
  { add, open, made }: NewPages,
  signal: AbortSignal,
): Promise<number[]> {
  const places: number[] = []
  for (const picture of pictures) {
    if (signal.aborted) break
    const key = ulid()
    const place = await add(key)
    if (place === undefined) break
    const opened = open(key)
    const page = new BoardPage(opened.doc)
    page.layGround(picture)
    page.close()
    await opened.close()
    places.push(place)
    made(places.length)
  }
  return places
}
