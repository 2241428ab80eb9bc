import { expect, test } from 'vitest'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { AgendaItem, Consultation, Meeting, Paper } from '../../../shared/oparl/index.ts'
import { failed, success } from '../../../shared/result.ts'
import { judgeWrite, nobody, type Principal, type Role } from '../../../shared/rules/access.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import type { Data } from '../../data/contract.ts'
import { createMeeting, createPaper, publish, takeBack } from '../editing/index.ts'
import {
  addAgendaItem,
  addPaperAsItem,
  moveAgendaItem,
  publishWithPapers,
  takePaperOffAgenda,
} from './agenda-commands.ts'

/** The working state of a town in memory, which accepts what the rules of the hub accept. */
function deskOf(role: Role) {
  const records = new Map<string, AnyRecord>()
  const principal: Principal = { ...nobody, account: 'account', roles: [role] }
  let last = 0
  const data = {
    newId: (type: string) => `${type}:k${String((last += 1)).padStart(4, '0')}`,
    save: async (record: AnyRecord) => {
      const stored = records.get(record._id) as unknown as Record<string, unknown> | undefined
      const document = record as unknown as Record<string, unknown>
      const verdict = judgeWrite(principal, { audience: 'office', document, stored, liveLeaves: stored ? 1 : 0 })
      if (!verdict.allowed) return failed({ reason: verdict.reason })
      records.set(record._id, record)
      return success(record)
    },
  } as unknown as Data
  const all = <Type extends AnyRecord['type']>(type: Type) =>
    [...records.values()].filter(
      (record): record is Extract<AnyRecord, { type: Type }> => record.type === type && !record.deleted,
    )
  return { data, all }
}

const term = 'legislative-term:t'
const council = 'organization:council'
const meetingFields = { name: 'Sitzung', term, organization: [council], start: '2026-06-01T15:00:00Z', public: true }
const optional = { end: undefined, cancelled: undefined, location: undefined, invitation: undefined }

async function prepare(role: Role = 'clerk') {
  const desk = deskOf(role)
  const made = await createMeeting(desk.data, { ...meetingFields, ...optional })
  if (!made.ok) throw new Error(made.failure.reason)
  return { ...desk, meeting: made.value }
}

const must = async <Value>(saved: Promise<{ ok: true; value: Value } | { ok: false; failure: unknown }>) => {
  const outcome = await saved
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}
const paperFields = { name: 'Vorlage', term, public: true } as Parameters<typeof createPaper>[1]

test('items keep their order and part: new ones stand behind, moves end at the edge of a part', async () => {
  const { data, all, meeting } = await prepare()
  for (const [name, open] of [
    ['Eröffnung', true],
    ['Ankauf', false],
    ['Haushalt', true],
  ] as const)
    await must(addAgendaItem(data, meeting, all('agenda-item'), { name, public: open }))
  const names = () => sortAgenda(all('agenda-item')).map(({ name }) => name)
  const itemOf = (name: string): AgendaItem => all('agenda-item').find((item) => item.name === name)!
  expect(names()).toEqual(['Eröffnung', 'Haushalt', 'Ankauf'])
  await must(moveAgendaItem(data, all('agenda-item'), itemOf('Haushalt'), -1)!)
  expect(names()).toEqual(['Haushalt', 'Eröffnung', 'Ankauf'])
  expect(moveAgendaItem(data, all('agenda-item'), itemOf('Haushalt'), -1)).toBeUndefined()
  expect(moveAgendaItem(data, all('agenda-item'), itemOf('Ankauf'), -1)).toBeUndefined()
  expect(numberAgenda(all('agenda-item')).get(itemOf('Ankauf')._id)).toBe(3)
})

test('a planned consultation takes place in the meeting, is published with it, and goes when it is taken off', async () => {
  const { data, all, meeting } = await prepare()
  const paper = await must(createPaper(data, paperFields))
  const planned: Consultation = {
    ...{
      _id: 'consultation:planned',
      type: 'consultation',
      schema: 1,
      created: paper.created,
      modified: paper.created,
    },
    ...{ paper: paper._id, term, organization: [council], authoritative: true },
  }
  await must(data.save(planned) as ReturnType<typeof publish<Paper>>)
  await must(addPaperAsItem(data, meeting, [], paper, planned))
  const [item] = all('agenda-item')
  expect(all('consultation')).toMatchObject([
    { _id: planned._id, meeting: meeting._id, agendaItem: item?._id, authoritative: true },
  ])
  expect(item).toMatchObject({ name: 'Vorlage', public: true, consultation: planned._id })

  const shown = await must(publishWithPapers(data, meeting, [paper]))
  const states = () => [...all('meeting'), ...all('paper')].map(({ publication }) => publication)
  expect(states()).toEqual([
    { state: 'published', step: 1 },
    { state: 'published', step: 1 },
  ])
  await must(takeBack(data, shown))
  expect(states()[0]).toEqual({ state: 'withdrawn', step: 2 })
  await must(takePaperOffAgenda(data, item!, all('consultation')[0]!))
  expect([all('consultation'), all('agenda-item')[0]?.consultation, all('paper').length]).toEqual([[], undefined, 1])
})

test('staff hands in papers as drafts and decides nothing', async () => {
  const { data } = deskOf('staff')
  const paper = await must(createPaper(data, paperFields))
  const refusal = { ok: false, failure: { reason: 'role' } }
  expect(await publish(data, paper)).toEqual(refusal)
  expect(await createMeeting(data, { ...meetingFields, ...optional })).toEqual(refusal)
  const { meeting } = await prepare()
  expect(await publishWithPapers(data, meeting satisfies Meeting, [paper])).toEqual(refusal)
})
