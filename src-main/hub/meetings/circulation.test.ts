import { expect, test } from 'vitest'
import { startTestHub } from '../testing/hub.ts'
import {
  cast,
  closedItem,
  eventsIn,
  makeCouncil,
  meetingId,
  openItem,
  personAt,
  prepared,
  say,
  stateIn,
  voteOpened,
  type Council,
} from './council.suite.ts'

const vote = 'vote:1'
const hour = 3_600_000

/** A log that is prepared and never opened, with a question on its way to all members until an hour from now. */
async function circulate(size: number, item = openItem) {
  let passed = 0
  const now = (): number => Date.now() + passed
  const hub = await startTestHub({ now })
  const council = await makeCouncil(hub, { size })
  await say(council.chair, [
    prepared(council),
    voteOpened(vote, { item, subject: 'circular', majority: 'unanimous-statutory', until: now() + hour }),
  ])
  return { hub, council, pass: (ms: number) => void (passed += ms), now }
}
const voteIn = async (council: Council) => (await stateIn(council.chair.caller)).votes.get(vote)
const shown = (council: Council) => expect.poll(() => voteIn(council))

test('all members answer without a meeting, and what they agree to is sealed', async () => {
  const { council, now } = await circulate(4)
  for (const { caller } of council.members) expect((await cast(caller, vote, { choice: 'yes' })).status).toBe(200)
  await shown(council).toMatchObject({ status: 'open', received: { size: 4 } })
  const before = await eventsIn(council.chair.caller)
  expect(JSON.stringify(before)).not.toContain('"yes"')
  await say(council.chair, [{ kind: 'vote-closed', vote }], { at: now() })
  await shown(council).toMatchObject({ status: 'decided', finding: { outcome: 'accepted', needed: 4, of: 4 } })
  expect((await stateIn(council.chair.caller)).refused).toEqual([])
})

test('after the deadline no answer is taken, and what came in before it counts', async () => {
  const { council, pass, now } = await circulate(3)
  expect((await cast(council.members[1]!.caller, vote, { choice: 'yes' })).status).toBe(200)
  pass(hour + 1000)
  expect((await cast(council.members[2]!.caller, vote, { choice: 'yes' })).status).toBe(409)
  expect((await cast(council.members[1]!.caller, vote, { choice: 'no' })).status).toBe(409)
  await say(council.chair, [{ kind: 'vote-closed', vote }], { at: now() })
  await shown(council).toMatchObject({
    ...{ status: 'decided', ballots: [{ person: personAt(1), choice: 'yes' }] },
    finding: { outcome: 'rejected', needed: 3, of: 3 },
  })
})

test('who is kept out has no answer to give', async () => {
  const { council } = await circulate(3)
  const { caller, person } = council.members[2]!
  await say(council.chair, [{ kind: 'conflict-declared', person: person!, item: openItem, away: 'table' }])
  await shown(council).toMatchObject({ entitled: [personAt(0), personAt(1)] })
  expect((await cast(caller, vote, { choice: 'yes' })).status).toBe(403)
})

test.for([openItem, closedItem])(
  'everybody else learns nothing of it while it runs, and after it (%s)',
  async (item) => {
    const { council } = await circulate(2, item)
    for (const { caller } of council.members) await cast(caller, vote, { choice: 'yes' })
    await shown(council).toMatchObject({ received: { size: 2 } })
    const seen = async (): Promise<string> => {
      const key = meetingId.slice('meeting:'.length)
      const paths = [`/db/public/_all_docs?include_docs=true`, `/meetings/${key}`, '/oparl/v1.1/meetings']
      return (await Promise.all(paths.map(async (path) => (await fetch(council.origin + path)).text()))).join('\n')
    }
    const hidden = /vote:1|Shall it be so|progress:/
    expect(await seen()).not.toMatch(hidden)
    await say(council.chair, [{ kind: 'vote-closed', vote }])
    await shown(council).toMatchObject({ status: 'decided' })
    expect(await seen()).not.toMatch(hidden)
  },
)
