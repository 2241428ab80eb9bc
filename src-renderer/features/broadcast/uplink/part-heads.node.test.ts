import * as v from 'valibot'
import { expect, it } from 'vitest'
import { partHeadSchema } from '../../../../shared/council/broadcast-part.ts'
import type { EncodedPart } from '../capture-contract.ts'
import { HubClock } from './hub-clock.ts'
import { PartHeads } from './part-heads.ts'

const opening = { generation: 1, stream: 'stream:01JQZ3N4V5W6X7Y8Z9ABCDEFGH', epoch: 3, key: 'k' }
const partAt = (from: number, rendition = 'main', { index = from / 320, generation = 1 } = {}): EncodedPart => ({
  ...{ generation, rendition, index, bytes: new Uint8Array(), from, to: from + 320 },
  ...{ independent: true, lastOfSegment: false },
})

it('parts are numbered for each rendition, and their intervals touch whatever the clocks do', () => {
  let offset = 5000
  const heads = new PartHeads((time) => time + offset)
  const made = [0, 320, 640].map((from) => {
    offset -= 30
    return heads.headOf(partAt(from), opening)
  })
  expect(made.map(({ sequence }) => sequence)).toEqual([0, 1, 2])
  expect(made[1]?.captured.from).toBe(made[0]?.captured.to)
  expect(made[2]?.captured.from).toBe(made[1]?.captured.to)
  expect(heads.headOf(partAt(0, 'small'), opening).sequence).toBe(0)
  for (const head of made) expect(v.is(partHeadSchema, head)).toBe(true)
})

it('what is captured after a pause says so', () => {
  const heads = new PartHeads((time) => time)
  heads.headOf(partAt(0), opening)
  expect(heads.headOf(partAt(9000), opening).captured).toEqual({ from: 9000, to: 9320 })
})

it('encoders that began anew leave a number out, however short the break was', () => {
  const heads = new PartHeads((time) => time)
  const made = [
    partAt(0),
    partAt(320),
    partAt(700, 'main', { index: 0 }),
    partAt(1020, 'main', { index: 1 }),
    partAt(1400, 'main', { index: 2, generation: 2 }),
  ].map((part) => heads.headOf(part, opening))
  expect(made.map(({ sequence, captured }) => [sequence, captured.from])).toEqual([
    [0, 0],
    [1, 320],
    [3, 700],
    [4, 1020],
    [6, 1400],
  ])
})

it('of all answers of the hub the quickest tells its clock, as long as it is not old', () => {
  const clock = new HubClock()
  expect(clock.at(1000)).toBe(1000)
  clock.hear(51_000, 900, 1100)
  clock.hear(51_900, 1100, 2100)
  expect(clock.at(2000)).toBe(52_000)
  for (let answer = 0; answer < 40; answer += 1) clock.hear(60_000, 2000, 2600)
  expect(clock.at(2300)).toBe(60_000)
})
