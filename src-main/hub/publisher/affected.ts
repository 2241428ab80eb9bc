import { visibilityOf } from '../../../shared/rules/publication.ts'
import type { Reading, WorkingState } from './working-state.ts'

/** How every record was last seen to be visible; what neighbours depend on. */
export type Visibilities = Map<string, string>

const visibilityAt = (id: string, state: WorkingState): string => {
  const record = state.get(id)
  return record ? visibilityOf(record, state) : ''
}

/**
 * Puts new readings into the state and says whose images can be others now: the changed records, their neighbours
 * before and after, and from there the neighbours of everything whose visibility changed.
 */
export function applyReadings(
  state: WorkingState,
  visibilities: Visibilities,
  readings: ReadonlyMap<string, Reading>,
): Set<string> {
  const affected = new Set<string>(readings.keys())
  const addNeighbours = (id: string): void => state.neighbours(id).forEach((neighbour) => affected.add(neighbour))
  for (const id of readings.keys()) addNeighbours(id)
  for (const [id, reading] of readings) state.take(id, reading)
  for (const id of readings.keys()) addNeighbours(id)
  // A set is walked in the order of insertion, additions of the walk included.
  for (const id of affected) {
    const visibility = visibilityAt(id, state)
    if (visibility === (visibilities.get(id) ?? '')) continue
    visibilities.set(id, visibility)
    addNeighbours(id)
  }
  return affected
}
