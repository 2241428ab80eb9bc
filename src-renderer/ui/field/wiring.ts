/** What a control carries so that label, hint and error belong to it. */
export interface Wiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** One choice of several. */
export interface Option {
  readonly value: string
  readonly label: string
}
