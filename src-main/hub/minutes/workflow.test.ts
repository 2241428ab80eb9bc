import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditPublication } from '../publisher/audit.ts'
import { startTestHub } from '../testing/hub.ts'
import {
  act,
  closedVote,
  draftOf,
  openVote,
  recordIn,
  signBoth,
  spendEvening,
  words,
  type Evening,
} from './evening.suite.ts'

const ends: (() => Promise<void>)[] = []
let evening: Evening
let log: () => string
beforeAll(async () => {
  const hub = await startTestHub({ onEnd: (end) => ends.push(end) })
  log = hub.log
  evening = await spendEvening(hub)
}, 60_000)
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

test('a meeting that is over has a draft with its deadline, and a resolution for each decided vote', async () => {
  const { hub } = evening
  const draft = await recordIn(hub, 'minutes', 'minutes:1')
  expect(draft).toMatchObject({ state: 'draft', signOffs: [], annotations: [], meeting: 'meeting:1' })
  const [dueMonth, month] = [draft!.due!, draft!.day!].map((day) => Number(day.slice(5, 7)))
  expect((dueMonth! - month! + 12) % 12).toBe(1)
  expect(await recordIn(hub, 'resolution', 'resolution:01OPEN')).toMatchObject({
    ...{ vote: openVote, agendaItem: 'agenda-item:open', wording: words.open, outcome: 'accepted' },
    ...{ public: true, state: 'open', tally: { yes: 2, no: 0, abstain: 0, invalid: 0 } },
  })
  expect(await recordIn(hub, 'resolution', 'resolution:02CLOSED')).toMatchObject({
    ...{ vote: closedVote, wording: words.closedWording, outcome: 'accepted', public: false, state: 'open' },
  })
})

test('nobody but who prepares meetings presents, and no closed section as a public one', async () => {
  const { clerk, council, letIn, outsider } = evening
  const document = await draftOf(evening)
  for (const caller of [letIn, outsider, council.chair.caller])
    expect(await act(caller, { act: 'present', document })).toBe(403)
  const opened = { ...document, sections: document.sections.map((section) => ({ ...section, public: true })) }
  expect(await act(clerk, { act: 'present', document: opened })).toBe(400)
  expect(await act(clerk, { act: 'publish' })).toBe(409)
  expect(await recordIn(evening.hub, 'minutes', 'minutes:1')).toMatchObject({ state: 'draft' })
})

test('what is presented is signed by two, anew after each change, and can be taken back until then', async () => {
  const { hub, clerk, council, letIn, keptOut } = evening
  const chair = council.chair.caller
  const document = await draftOf(evening)
  expect(await act(clerk, { act: 'present', document })).toBe(204)
  const first = (await recordIn(hub, 'minutes', 'minutes:1'))!
  expect(first).toMatchObject({ state: 'presented', document, signOffs: [] })
  const digest = first.digest!
  for (const caller of [letIn, keptOut, clerk])
    expect(await act(caller, { act: 'sign', by: 'chair', digest })).toBe(403)
  for (const caller of [letIn, chair]) expect(await act(caller, { act: 'sign', by: 'clerk', digest })).toBe(403)
  expect(await act(evening.outsider, { act: 'sign', by: 'chair', digest })).toBe(404)
  expect(await act(chair, { act: 'sign', by: 'chair', digest: '0'.repeat(64) })).toBe(409)
  expect(await act(chair, { act: 'sign', by: 'chair', digest })).toBe(204)
  expect((await recordIn(hub, 'minutes', 'minutes:1'))!.signOffs).toMatchObject([{ by: 'chair', digest }])

  const corrected = { ...document, title: `${document.title}, berichtigt` }
  expect(await act(clerk, { act: 'present', document: corrected })).toBe(204)
  const second = (await recordIn(hub, 'minutes', 'minutes:1'))!
  expect([second.signOffs, second.digest === digest]).toEqual([[], false])
  expect(await act(clerk, { act: 'take-back' })).toBe(204)
  const { document: gone, state } = (await recordIn(hub, 'minutes', 'minutes:1'))!
  expect([gone, state]).toEqual([undefined, 'draft'])

  const signed = await signBoth(evening)
  expect(signed.state).toBe('signed')
  expect(signed.signOffs.map(({ by, digest: under }) => [by, under])).toEqual([
    ['chair', signed.digest],
    ['clerk', signed.digest],
  ])
  for (const what of [{ act: 'take-back' }, { act: 'present', document }] as const)
    expect(await act(clerk, what)).toBe(409)
})

test('signed minutes are with the body, each closed section with its circle alone, and with nobody else', async () => {
  const { hub } = evening
  await expect.poll(() => recordIn(hub, 'minutes', 'minutes:1', 'org-council')).toBeDefined()
  const handedOut = (await recordIn(hub, 'minutes', 'minutes:1', 'org-council'))!
  const text = JSON.stringify(handedOut)
  expect([text.includes(words.note), text.includes(words.open)]).toEqual([true, true])
  for (const word of [words.closedName, words.closedWording, words.closedNote, '"account"', '"digest"'])
    expect(text).not.toContain(word)
  const section = await recordIn(hub, 'minutes-section', 'minutes-section:1-closed', 'circle-closed')
  expect(JSON.stringify(section)).toContain(words.closedNote)
  for (const audience of ['org-council', 'public'] as const)
    expect(await recordIn(hub, 'minutes-section', 'minutes-section:1-closed', audience)).toBeUndefined()
  expect(await recordIn(hub, 'minutes', 'minutes:1', 'public')).toBeUndefined()
  expect(await recordIn(hub, 'resolution', 'resolution:02CLOSED', 'circle-closed')).toMatchObject({
    outcome: 'accepted',
  })
  expect(await recordIn(hub, 'resolution', 'resolution:02CLOSED', 'org-council')).toBeUndefined()
})

test('published, everybody has the public part alone, as record and as file', async () => {
  const { hub, clerk, letIn } = evening
  expect(await act(letIn, { act: 'publish' })).toBe(403)
  expect(await act(clerk, { act: 'publish' })).toBe(204)
  await expect.poll(() => recordIn(hub, 'minutes', 'minutes:1', 'public')).toBeDefined()
  const shown = (await recordIn(hub, 'minutes', 'minutes:1', 'public'))!
  expect(shown.document!.sections.every((section) => section.public)).toBe(true)
  expect(JSON.stringify(shown)).toContain(words.open)
  expect(await recordIn(hub, 'file', shown.publicFile!, 'public')).toMatchObject({ mimeType: 'application/pdf' })
  await expect
    .poll(() => recordIn(hub, 'resolution', 'resolution:01OPEN', 'public'))
    .toMatchObject({
      ...{ wording: words.open, outcome: 'accepted', file: 'file:01OPEN-excerpt' },
    })
  for (const id of ['resolution:02CLOSED', 'minutes-section:1-closed'])
    expect(await (await hub.store.open('public')).get(id)).toBeUndefined()
  const everything = JSON.stringify((await (await hub.store.open('public')).list({ includeDocs: true })).rows)
  for (const word of [words.closedName, words.closedWording, words.closedNote]) expect(everything).not.toContain(word)
  expect(await auditPublication(hub.store)).toEqual([])
  for (const word of Object.values(words)) expect(log()).not.toContain(word)
})
