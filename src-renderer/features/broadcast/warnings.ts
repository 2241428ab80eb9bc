/** The figures of a transmission at one moment. */
export interface Figures {
  /** Share of frames left out, of the last seconds. */
  readonly dropped: number
  /** Share of the last seconds without any sound from the devices. */
  readonly silence: number
  readonly refused: number
  /** Leases in a row that the hub did not answer. */
  readonly unanswered: number
  /** Milliseconds by which the upload is behind. */
  readonly uploadDelay: number
  /** Of the mix, in decibels below full scale, the loudest of the last seconds. */
  readonly loudest: number
  readonly lostDevices: number
}

export type Warning =
  'cut-off' | 'slow-upload' | 'slow-machine' | 'refused' | 'no-sound' | 'quiet' | 'too-loud' | 'lost-device'

const laws: readonly (readonly [Warning, (figures: Figures) => boolean])[] = [
  ['cut-off', ({ unanswered }) => unanswered >= 2],
  ['slow-upload', ({ uploadDelay, unanswered }) => uploadDelay > 1500 && unanswered < 2],
  ['slow-machine', ({ dropped }) => dropped > 0.1],
  ['refused', ({ refused }) => refused > 0],
  ['lost-device', ({ lostDevices }) => lostDevices > 0],
  ['no-sound', ({ silence }) => silence > 0.3],
  ['quiet', ({ loudest, silence }) => loudest <= -50 && silence <= 0.3],
  ['too-loud', ({ loudest }) => loudest >= -1],
]

/** What whoever transmits has to be told, the gravest first. Each has a sentence that says what to do. */
export const warningsOf = (figures: Figures): readonly Warning[] =>
  laws.filter(([, holds]) => holds(figures)).map(([warning]) => warning)
