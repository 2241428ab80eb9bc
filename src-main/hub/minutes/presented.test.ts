import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '../../../shared/hub-api/contract.ts'
import { startTestHub, type Caller } from '../testing/hub.ts'
import { act, draftOf, recordIn, spendEvening, words, type Evening } from './evening.suite.ts'

let evening: Evening
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  evening = await spendEvening(await startTestHub({ onEnd: (end) => ends.push(end) }))
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const ask = (caller: Caller) => caller.ask('GET', paths.presentedMinutes('meeting:1'))

test('whoever presided reads what is presented, and nobody else learns that there is anything', async () => {
  const { clerk, council, keptOut, letIn, outsider, hub } = evening
  const everybodyElse = [keptOut, letIn, outsider]
  expect((await ask(council.chair.caller)).status).toBe(404)
  expect(await act(clerk, { act: 'present', document: await draftOf(evening) })).toBe(204)
  const answer = await ask(council.chair.caller)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const text = await answer.text()
  expect(text).toContain(words.closedNote)
  const { digest } = (await recordIn(hub, 'minutes', 'minutes:1'))!
  expect(JSON.parse(text)).toMatchObject({ digest, signOffs: [] })
  for (const caller of everybodyElse) {
    const refused = await ask(caller)
    expect(refused.status).toBe(404)
    expect(await refused.text()).not.toContain(words.closedNote)
  }
  expect(await act(clerk, { act: 'take-back' })).toBe(204)
  expect((await ask(council.chair.caller)).status).toBe(404)
})
