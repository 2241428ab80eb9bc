/** A projector beside a board: turned on and off at the board, shown by `public-screen`. */
export { default as SecondDisplayButton } from './SecondDisplayButton.svelte'
export { SecondDisplay } from './second-display.svelte.ts'
