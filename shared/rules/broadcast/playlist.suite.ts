import { partSeconds, partsPerSegment } from '../../council/broadcast.ts'
import { addPart, type LiveWindow, type Run, type ShownPart } from './live-window.ts'

export const start = Date.parse('2026-05-04T15:00:00Z')
export const encoder: Run = { run: 1, init: 'init-1.mp4' }
export const slate: Run = { run: 2, init: 'init-slate.mp4' }

export const partAt = (place: number): ShownPart => ({
  duration: partSeconds,
  independent: place % partsPerSegment === 0,
  from: start + place * partSeconds * 1000,
  to: start + (place + 1) * partSeconds * 1000,
  last: place % partsPerSegment === partsPerSegment - 1,
})

/** Shows parts one after the other, those of a run counted from 0. */
export const showParts = (window: LiveWindow, run: Run, count: number): LiveWindow =>
  Array.from({ length: count }, (_, place) => partAt(place)).reduce((shown, part) => addPart(shown, run, part), window)
