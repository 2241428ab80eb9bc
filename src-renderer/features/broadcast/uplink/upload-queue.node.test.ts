import { expect, it } from 'vitest'
import type { EncodedPart } from '../capture-contract.ts'
import { UploadQueue, type Sent } from './upload-queue.ts'

const partOf = (index: number): EncodedPart => ({
  ...{ generation: 1, rendition: 'main', index, from: index * 320, to: (index + 1) * 320 },
  ...{ independent: index % 6 === 0, lastOfSegment: index % 6 === 5, bytes: new Uint8Array() },
})
const numberOf = ({ from }: EncodedPart): number => from / 320

it('sends in order, and the same part again until the hub answered', async () => {
  const answers: Sent[] = ['unreachable', 'unreachable', 'taken', 'refused', 'taken']
  const tries: number[] = []
  const settled: string[] = []
  const done = Promise.withResolvers<void>()
  const queue = new UploadQueue({
    send: async (part) => {
      tries.push(numberOf(part))
      return answers.shift() ?? 'taken'
    },
    lets: () => true,
    isLate: () => false,
    pause: async () => undefined,
    onSettled: (part, outcome) => {
      settled.push(`${numberOf(part)} ${outcome}`)
      if (settled.length === 3) done.resolve()
    },
  })
  for (const index of [0, 1, 2]) queue.add(partOf(index))
  await done.promise
  expect(tries).toEqual([0, 0, 0, 1, 2])
  expect(settled).toEqual(['0 taken', '1 refused', '2 taken'])
})

it('lets the oldest segments go when a minute waits, and begins with a key frame again', () => {
  const gone: number[] = []
  const queue = new UploadQueue({
    send: () => Promise.resolve('taken'),
    lets: () => false,
    isLate: () => false,
    pause: () => new Promise(() => undefined),
    onSettled: (part) => gone.push(numberOf(part)),
  })
  for (let index = 0; index < 200; index += 1) queue.add(partOf(index))
  expect(gone).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(queue.oldest?.from).toBe(12 * 320)
})

it('goes on live from a key frame after an outage, and sends what is late when nothing new waits', async () => {
  let online = false
  let wake = (): void => {}
  const tries: number[] = []
  const done = Promise.withResolvers<void>()
  const queue = new UploadQueue({
    lets: () => online,
    isLate: (part) => numberOf(part) < 10,
    send: async (part) => {
      tries.push(numberOf(part))
      if (tries.length === 20) done.resolve()
      return 'taken'
    },
    pause: () => new Promise((resolve) => (wake = resolve)),
  })
  for (let index = 0; index < 20; index += 1) queue.add(partOf(index))
  online = true
  wake()
  await done.promise
  expect(tries).toEqual([...[12, 13, 14, 15, 16, 17, 18, 19], ...Array.from({ length: 12 }, (_, index) => index)])
})
