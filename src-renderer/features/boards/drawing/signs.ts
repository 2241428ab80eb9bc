import type { StampSign } from '../../../../shared/council/board/element.ts'

/** A path on a square of 24 units, scaled. */
const scaled =
  (path: string) =>
  (size: number): string =>
    path.replace(/-?\d+(?:\.\d+)?/g, (number) => String((Number(number) * size) / 24))

const round = 'M2 12C2 6.5 6.5 2 12 2C17.5 2 22 6.5 22 12C22 17.5 17.5 22 12 22C6.5 22 2 17.5 2 12Z'

/** Stamps as areas, for a side of some length. */
export const signs: Readonly<Record<StampSign, (size: number) => string>> = {
  check: scaled('M2 13L5 9.5L9.5 14L19 4L22 7L9.5 20.5Z'),
  cross: scaled('M5 2L12 9L19 2L22 5L15 12L22 19L19 22L12 15L5 22L2 19L9 12L2 5Z'),
  question: scaled(
    'M6 8C6 4 9 2 12.2 2C15.8 2 18.5 4.3 18.5 7.6C18.5 12 13.8 12 13.8 16L10.4 16C10.4 10.6 15 10.8 15 7.7C15 6.2 13.8 5 12.2 5C10.6 5 9.4 6.1 9.4 8ZM10.2 18.4L14 18.4L14 22L10.2 22Z',
  ),
  star: scaled('M12 1.5L15.2 8.4L22.8 9.3L17.2 14.4L18.7 21.9L12 18.2L5.3 21.9L6.8 14.4L1.2 9.3L8.8 8.4Z'),
  heart: scaled(
    'M12 21C5 15 1.5 11.5 1.5 7.8C1.5 4.6 4 2.5 6.8 2.5C9 2.5 10.9 3.7 12 5.6C13.1 3.7 15 2.5 17.2 2.5C20 2.5 22.5 4.6 22.5 7.8C22.5 11.5 19 15 12 21Z',
  ),
  up: scaled('M12 2L21 12L15.5 12L15.5 22L8.5 22L8.5 12L3 12Z'),
  down: scaled('M12 22L21 12L15.5 12L15.5 2L8.5 2L8.5 12L3 12Z'),
  dot: scaled(round),
}
