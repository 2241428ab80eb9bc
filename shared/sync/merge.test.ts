import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeRecords } from './merge.ts'

type Fields = Record<string, unknown>

const texts = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })
/** Few values, so that they collide often. */
const fields = fc.record(
  {
    name: fc.constantFrom('Alt', 'Neu', 'Anders'),
    reference: fc.constantFrom('1', '2', '3'),
    place: fc.record({ room: fc.constantFrom('A', 'B') }),
    organization: texts,
  },
  { requiredKeys: ['name'] },
)
const stamps = fc.record({
  modified: fc.constantFrom('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'),
  publication: fc.record({
    state: fc.constantFrom('draft', 'published', 'withdrawn'),
    step: fc.integer({ min: 0, max: 2 }),
  }),
})
const record = fc
  .tuple(fields, stamps)
  .map(([own, stamp]): Fields => ({ _id: 'paper:1', type: 'paper', ...own, ...stamp }))
const history = fc.record({ base: record, leaves: fc.array(record, { minLength: 1, maxLength: 4 }) })
const decided = ['name', 'reference', 'place', 'organization']

const versionsOf = (merged: Fields): Record<string, unknown[]> =>
  (merged['versions'] ?? {}) as Record<string, unknown[]>
const isIn = (value: unknown, values: readonly unknown[]): boolean =>
  values.some((other) => JSON.stringify(other) === JSON.stringify(value ?? null))

describe('for random histories', () => {
  test('nothing is lost: what somebody wrote is in the field, in its list, or open among its versions', () => {
    fc.assert(
      fc.property(history, ({ base, leaves }) => {
        const merged = mergeRecords(base, leaves)
        for (const leaf of leaves)
          for (const field of decided) {
            const value = leaf[field]
            if (JSON.stringify(value) === JSON.stringify(base[field])) continue
            if (isIn(value, [merged[field] ?? null]) || isIn(value, versionsOf(merged)[field] ?? [])) continue
            const [now, added] = [merged[field], (value ?? []) as string[]]
            expect(Array.isArray(now), `${field} lost ${JSON.stringify(value)}`).toBe(true)
            const before = (base[field] ?? []) as string[]
            for (const entry of added) if (!before.includes(entry)) expect(now).toContain(entry)
            for (const entry of before) if (!added.includes(entry)) expect(now).not.toContain(entry)
          }
      }),
    )
  })

  test('the order of leaves decides only what is shown of open fields', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), ({ base, leaves }, chance) => {
        const shuffled = leaves
          .map((leaf) => ({ leaf, place: chance.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ leaf }) => leaf)
        const [one, other] = [mergeRecords(base, leaves), mergeRecords(base, shuffled)]
        expect(other['versions']).toEqual(one['versions'])
        for (const field of Object.keys(versionsOf(one))) {
          delete one[field]
          delete other[field]
        }
        expect(other).toEqual(one)
      }),
    )
  })

  test('a merge is settled: merged again with what it came from, or with itself, it stays', () => {
    fc.assert(
      fc.property(history, ({ base, leaves }) => {
        const merged = mergeRecords(base, leaves)
        expect(mergeRecords(base, [merged])).toEqual(merged)
        expect(mergeRecords(base, [merged, structuredClone(merged)])).toEqual(merged)
        expect(mergeRecords(merged, [merged, merged])).toEqual(merged)
      }),
    )
  })

  test('it depends on content alone, not on the order of keys, and changes none of its arguments', () => {
    fc.assert(
      fc.property(history, ({ base, leaves }) => {
        const before = structuredClone({ base, leaves })
        const reversed = leaves.map((leaf) => Object.fromEntries(Object.entries(leaf).reverse()))
        expect(mergeRecords(base, reversed)).toEqual(mergeRecords(base, leaves))
        expect({ base, leaves }).toEqual(before)
      }),
    )
  })

  test('without an ancestor every difference is open', () => {
    fc.assert(
      fc.property(record, record, (left, right) => {
        const versions = versionsOf(mergeRecords(undefined, [left, right]))
        for (const field of decided)
          expect(field in versions).toBe(JSON.stringify(left[field]) !== JSON.stringify(right[field]))
      }),
    )
  })

  test('publication follows the later decision, and shows less where two are equal', () => {
    fc.assert(
      fc.property(history, ({ base, leaves }) => {
        const { publication } = mergeRecords(base, leaves) as { publication: { state: string; step: number } }
        const all = leaves.map((leaf) => leaf['publication'] as { state: string; step: number })
        expect(publication.step).toBe(Math.max(...all.map(({ step }) => step)))
        const equals = all.filter(({ step }) => step === publication.step)
        if (equals.some(({ state }) => state !== 'published')) expect(publication.state).not.toBe('published')
      }),
    )
  })
})

const base = { name: 'Alt', organization: ['a', 'b', 'c'] }

test('fields that only one side wrote hold', () => {
  expect(
    mergeRecords(base, [
      { ...base, name: 'Neu' },
      { ...base, organization: ['a', 'c', 'd'] },
    ]),
  ).toEqual({
    name: 'Neu',
    organization: ['a', 'c', 'd'],
  })
})

test('a list takes the order of whoever changed it, and asks when two did', () => {
  const added = { ...base, organization: ['a', 'b', 'c', 'd'] }
  const turned = { ...base, organization: ['c', 'b', 'a'] }
  expect(mergeRecords(base, [added, turned])['organization']).toEqual(['c', 'b', 'a', 'd'])
  const other = { ...base, organization: ['b', 'a', 'c'] }
  expect(mergeRecords(base, [turned, other])).toMatchObject({
    organization: ['c', 'b', 'a'],
    versions: {
      organization: [
        ['b', 'a', 'c'],
        ['c', 'b', 'a'],
      ],
    },
  })
})

test('a deletion that did not see an edit waits for a person; the record stays shown', () => {
  const deleted = { ...base, deleted: true }
  expect(mergeRecords(base, [deleted, { ...base }])).toEqual(deleted)
  expect(mergeRecords(base, [deleted, { ...base, name: 'Neu' }])).toEqual({
    name: 'Neu',
    organization: ['a', 'b', 'c'],
    versions: { deleted: [null, true] },
  })
})

test('settling closes what the settler saw, and not what came since', () => {
  const open = { name: 'A', versions: { name: ['A', 'B'] } }
  expect(mergeRecords(open, [{ name: 'B' }, { ...open, reference: '1' }])).toEqual({ name: 'B', reference: '1' })
  const since = { name: 'A', versions: { name: ['A', 'B', 'C'] } }
  expect(mergeRecords(open, [{ name: 'B' }, since])).toEqual({ name: 'B', versions: { name: ['C'] } })
})
