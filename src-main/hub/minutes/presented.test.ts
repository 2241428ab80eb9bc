import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '../../../shared/hub-api/contract.ts'
import { eventsIn, personAt, say } from '../meetings/council.suite.ts'
import { startTestHub, writeOffice, type Caller } from '../testing/hub.ts'
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

test('whoever presided and is kept out of an item reads nothing of what is presented, by the record or by the log', async () => {
  const { clerk, council, hub } = evening
  const item = (await recordIn(hub, 'agenda-item', 'agenda-item:closed'))!
  expect(await act(clerk, { act: 'present', document: await draftOf(evening) })).toBe(204)
  const readsIt = async (): Promise<void> => {
    const answer = await ask(council.chair.caller)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(words.closedNote)])
  }
  const readsNothing = async (): Promise<void> => {
    const answer = await ask(council.chair.caller)
    const text = await answer.text()
    expect(answer.status).toBe(404)
    for (const word of [words.closedNote, words.closedWording, words.note, 'digest']) expect(text).not.toContain(word)
  }
  await readsIt()
  await writeOffice(hub, { ...item, excluded: [...(item.excluded ?? []), personAt(0)] })
  await readsNothing()
  await writeOffice(hub, item)
  await readsIt()

  // It turns out that it was the chair who should have left.
  const declared = (await eventsIn(council.administrator, 'org-council')).find(
    ({ body }) => body.kind === 'conflict-declared',
  )!
  const instead = { kind: 'conflict-declared', person: personAt(0), item: 'agenda-item:closed', away: 'room' } as const
  await say(council.chair, [{ kind: 'corrected', replaces: declared._id, instead, reason: 'Verwechselt' }])
  await readsNothing()
})
