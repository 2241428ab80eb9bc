import { expect, test } from 'vitest'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import { bytesOf, readPdf } from '../documents/testing/read-pdf.ts'
import { cast, constitutionOf, send, voteOpened } from '../meetings/council.suite.ts'
import { auditPublication } from '../publisher/audit.ts'
import { startTestHub, writeOffice } from '../testing/hub.ts'
import { act, recordIn, signBoth, spendEvening, words, type Evening } from './evening.suite.ts'

const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
const [laterMeeting, laterItem] = ['meeting:2', 'agenda-item:objection']

/** Everything that the store of an audience holds of objections. */
async function objectionsIn({ hub }: Evening, audience: 'office' | 'org-council' | 'circle-closed' | 'public') {
  const { rows } = await (await hub.store.open(audience)).list({ startKey: 'objection:', endKey: 'objection;' })
  return rows.map(({ id }) => id)
}

/** A later meeting of the same body, with an item about the objection, up to the question. */
async function openLaterMeeting({ hub, council }: Evening): Promise<void> {
  await writeOffice(
    hub,
    {
      ...{ ...stamp, _id: laterMeeting, type: 'meeting', term: 'legislative-term:1', name: '2. Sitzung' },
      ...{ organization: ['organization:council'], start: '2126-12-08T17:00:00Z', public: true },
      publication: { state: 'published', step: 1 },
    },
    {
      ...{ ...stamp, _id: laterItem, type: 'agenda-item', meeting: laterMeeting, term: 'legislative-term:1' },
      ...{ order: 'a0', name: 'Einwendung', public: true },
    },
  )
  const agenda = [{ item: laterItem, public: true, matter: 'ordinary' } as const]
  await sayLater(council, [
    { kind: 'meeting-prepared', constitution: { ...constitutionOf(council), agenda } },
    ...council.members.map(({ person }) => ({
      ...({ kind: 'person-arrived', person: person ?? '', mode: 'room', by: 'list' } as const),
    })),
    { kind: 'meeting-opened' },
    { kind: 'item-opened', item: laterItem },
  ])
}

async function sayLater({ chair }: Evening['council'], bodies: readonly EventBody[]): Promise<void> {
  const events = bodies.map((body) => chair.device.write(laterMeeting, body, { audience: 'org-council' }))
  expect(await send(chair.caller, 'org-council', events)).toEqual([])
}

async function decideLater({ council, letIn }: Evening, vote: string, choice: 'yes' | 'no'): Promise<void> {
  await sayLater(council, [voteOpened(vote, { item: laterItem })])
  const body = { meeting: laterMeeting, choice }
  for (const caller of [council.chair.caller, letIn]) expect((await cast(caller, vote, body)).status).toBe(200)
  await sayLater(council, [{ kind: 'vote-closed', vote }])
}

test(
  'an objection is decided by a later meeting, and stands beside the text that was signed',
  { timeout: 60_000 },
  async () => {
    const hub = await startTestHub()
    const evening = await spendEvening(hub)
    const { clerk, letIn, keptOut, outsider } = evening
    const wish = { act: 'object', section: 'item:open', wished: 'QWISHQ', reason: 'QREASONQ' } as const
    expect(await act(letIn, wish)).toBe(404)
    const signed = await signBoth(evening)

    // A member objects to what they may read; to a section that they do not know there is none for them.
    const closed = { ...wish, section: 'item:closed:closed', wished: 'QCLOSEDWISHQ' } as const
    expect([await act(outsider, wish), await act(keptOut, closed), await act(clerk, wish)]).toEqual([404, 404, 404])
    expect(await act(letIn, { ...wish, section: 'item:nowhere' })).toBe(404)
    expect([await act(letIn, wish), await act(letIn, closed)]).toEqual([204, 204])
    const [first, second] = await objectionsIn(evening, 'office')
    const open = (await recordIn(hub, 'objection', first!))!
    expect(open).toMatchObject({
      state: 'raised',
      agendaItem: 'agenda-item:open',
      wished: 'QWISHQ',
      person: 'person:p01',
    })
    await expect.poll(() => objectionsIn(evening, 'circle-closed')).toEqual([second])
    await expect.poll(() => objectionsIn(evening, 'org-council')).toEqual([first])
    expect(await objectionsIn(evening, 'public')).toEqual([])

    // Published before the objection is decided.
    expect(await act(clerk, { act: 'publish' })).toBe(204)
    await openLaterMeeting(evening)
    const put = { act: 'table', objection: open._id, agendaItem: laterItem } as const
    expect(await act(letIn, put)).toBe(403)
    expect(await act(clerk, { ...put, agendaItem: 'agenda-item:open' })).toBe(400)
    const decision = { act: 'decide', objection: open._id, vote: 'vote:03', correction: 'QCORRECTIONQ' } as const
    expect(await act(clerk, decision)).toBe(400)
    expect(await act(clerk, put)).toBe(204)
    expect(await act(clerk, { ...decision, vote: 'vote:01OPEN' })).toBe(400)
    await decideLater(evening, 'vote:03', 'yes')
    await expect.poll(() => act(clerk, decision)).toBe(204)
    expect(await act(clerk, decision)).toBe(409)

    expect(await recordIn(hub, 'objection', open._id)).toMatchObject({ state: 'accepted', vote: 'vote:03' })
    const after = (await recordIn(hub, 'minutes', 'minutes:1'))!
    expect([after.document, after.digest, after.signOffs]).toEqual([signed.document, signed.digest, signed.signOffs])
    expect(after.annotations).toMatchObject([
      { objection: open._id, section: 'item:open', public: true, accepted: true, correction: 'QCORRECTIONQ' },
    ])

    // What a closed section should read like stays behind its doors, whatever is decided about it in public.
    const closedPut = { ...put, objection: second! } as const
    expect(await act(clerk, closedPut)).toBe(204)
    await decideLater(evening, 'vote:04', 'yes')
    const closedDecision = { act: 'decide', objection: second!, vote: 'vote:04' } as const
    await expect.poll(() => act(clerk, closedDecision)).toBe(204)
    await expect.poll(async () => (await recordIn(hub, 'minutes', 'minutes:1', 'public'))?.annotations.length).toBe(1)
    for (const audience of ['public', 'org-council'] as const) {
      const { rows } = await (await hub.store.open(audience)).list({ includeDocs: true })
      expect(JSON.stringify(rows)).not.toContain('QCLOSEDWISHQ')
    }
    // The next meeting is over: what nobody said by then is not said any more, to whoever may read the section alone.
    await sayLater(evening.council, [{ kind: 'item-closed', item: laterItem }, { kind: 'meeting-closed' }])
    await expect.poll(() => recordIn(hub, 'minutes', 'minutes:2')).toBeDefined()
    const late = { act: 'object', section: 'item:open', wished: 'QLATEQ' } as const
    const refused = await letIn.tell<{ error: string }>('POST', paths.minutes('meeting:1'), late)
    expect([refused.status, refused.body.error]).toEqual([409, 'too-late'])
    expect(await act(keptOut, { ...late, section: 'item:closed:closed' })).toBe(404)
    expect(await objectionsIn(evening, 'office')).toHaveLength(2)
    expect(await auditPublication(hub.store)).toEqual([])
    for (const word of ['QWISHQ', 'QREASONQ', 'QCLOSEDWISHQ', 'QCORRECTIONQ']) expect(hub.log()).not.toContain(word)

    await readsFiles(evening)
  },
)

/** The files that everybody may have: by another library, what is in them, and what is in none of their bytes. */
async function readsFiles({ hub, outsider }: Evening): Promise<void> {
  const closed = [words.closedName, words.closedWording, words.closedNote, 'QCLOSEDWISHQ', 'QWISHQ', 'QREASONQ']
  for (const [id, saying] of [
    ['file:1-minutes', [words.note, words.open, 'QCORRECTIONQ', 'Grundstücksangelegenheit']],
    ['file:1-archive', [words.note, words.open, 'QCORRECTIONQ']],
    ['file:01OPEN-excerpt', [words.open]],
  ] as const) {
    await expect.poll(() => recordIn(hub, 'file', id, 'public')).toBeDefined()
    const file = (await recordIn(hub, 'file', id, 'public'))!
    const answer = await outsider.ask('GET', `/files/${file.sha512}`)
    expect(answer.status).toBe(200)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const { pdf, tagged, untagged } = await readPdf(bytes)
    const text = JSON.stringify(tagged)
    expect([untagged, (await pdf.getMetadata()).info]).toMatchObject([[], { Language: 'de' }])
    expect((await pdf.getOutline()).map(({ title }) => title).some((title) => title.includes('TOP 1'))).toBe(true)
    for (const word of saying) expect(text).toContain(word)
    const raw = bytesOf(bytes)
    for (const word of closed) expect([text.includes(word), raw.includes(word)]).toEqual([false, false])
  }
}
