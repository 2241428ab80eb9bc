import { expect, it } from 'vitest'
import { warningsOf, type Figures } from './warnings.ts'

const well: Figures = {
  ...{ dropped: 0, silence: 0, refused: 0, unanswered: 0, uploadDelay: 100, loudest: -18, lostDevices: 0 },
}

it('says nothing while all is well', () => {
  expect(warningsOf(well)).toEqual([])
})

it('names what is wrong, the gravest first, and no consequence of it', () => {
  expect(warningsOf({ ...well, unanswered: 3, uploadDelay: 9000 })).toEqual(['cut-off'])
  expect(warningsOf({ ...well, uploadDelay: 2000, dropped: 0.2 })).toEqual(['slow-upload', 'slow-machine'])
  expect(warningsOf({ ...well, silence: 1, loudest: -60 })).toEqual(['no-sound'])
  expect(warningsOf({ ...well, loudest: -55 })).toEqual(['quiet'])
  expect(warningsOf({ ...well, loudest: 0, lostDevices: 1, refused: 2 })).toEqual([
    'refused',
    'lost-device',
    'too-loud',
  ])
})
