import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import { imagesOf } from '../../../shared/rules/publication.ts'
import { towns } from '../../../shared/rules/town.arbitrary.ts'
import { applyReadings } from './affected.ts'
import { WorkingState, type Reading } from './working-state.ts'

const readingsOf = (records: readonly AnyRecord[]): Map<string, Reading> =>
  new Map(records.map((record) => [record._id, { kind: 'record', record, disputed: false }]))

function imagesIn(state: WorkingState): Map<string, string> {
  const images = new Map<string, string>()
  for (const id of state.ids()) {
    const record = state.get(id)
    const text = record && JSON.stringify([...imagesOf(record, state)].sort())
    if (text && text !== '[]') images.set(id, text)
  }
  return images
}

it('names every record whose images a change touches, however far away', () => {
  fc.assert(
    fc.property(towns(), towns(), fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (first, later, picks) => {
      const state = new WorkingState()
      const visibilities = new Map<string, string>()
      applyReadings(state, visibilities, readingsOf(first))
      const before = imagesIn(state)
      const edits = picks.flatMap((pick) => later[pick % later.length] ?? [])
      const affected = applyReadings(state, visibilities, readingsOf(edits))
      const after = imagesIn(state)
      const touched = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id))
      expect(touched.filter((id) => !affected.has(id))).toEqual([])
    }),
    { numRuns: 400 },
  )
})
