import type { SyncStatus } from './contract.ts'

/** Whether the device's first copy is still arriving, so that what is not found may yet come. */
export const isFilling = (sync: Pick<SyncStatus, 'phase' | 'freshAsOf'>): boolean =>
  sync.phase === 'catching-up' && sync.freshAsOf === null
