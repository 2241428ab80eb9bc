import { beforeEach, expect, test } from 'vitest'
import { overwriteGetLocale } from '../../../shared/i18n/index.ts'
import type { SyncStatus } from '../../data/contract.ts'
import { describeRefusal, describeSync } from './describe-sync.ts'

beforeEach(() => overwriteGetLocale(() => 'en'))
const now = Date.parse('2026-05-04T12:00:00Z')
const status = (more: Partial<SyncStatus>): SyncStatus => ({
  phase: 'live',
  freshAsOf: '2026-05-04T11:00:00Z',
  pending: 0,
  refused: [],
  progress: null,
  filling: false,
  ...more,
})
const refused = { id: 'paper:1', audience: 'office', refusal: { reason: 'role' } } as const

test('what asks for an action goes before what only informs', () => {
  const said = (more: Partial<SyncStatus>) => {
    const { tone, label } = describeSync(status(more), now)
    return [tone, label]
  }
  expect([
    said({}),
    said({ phase: 'offline' }),
    said({ phase: 'catching-up' }),
    said({ phase: 'catching-up', progress: { done: 1, of: 3 } }),
    said({ phase: 'offline', pending: 2 }),
    said({ pending: 2, refused: [refused] }),
  ]).toEqual([
    ['positive', 'Up to date'],
    ['caution', 'Offline'],
    ['neutral', 'Catching up'],
    ['neutral', 'Catching up, 33 %'],
    ['caution', '2 changes only here'],
    ['critical', '1 change refused'],
  ])
})

test('freshness is never claimed without contact', () => {
  const detail = (more: Partial<SyncStatus>) => describeSync(status(more), now).detail
  expect([detail({ phase: 'offline' }), detail({ phase: 'offline', freshAsOf: null })]).toEqual([
    'As of 04/05/2026, 13:00 (1 hour ago)',
    'This device has not received everything yet.',
  ])
})

test('a refusal names the fields at fault', () => {
  expect(describeRefusal({ reason: 'invalid', faults: [{ field: 'name', message: 'must not be empty' }] })).toBe(
    'The record is incomplete or faulty: name',
  )
})
