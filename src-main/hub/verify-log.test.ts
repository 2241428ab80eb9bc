import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  cast,
  eventsIn,
  makeCouncil,
  meetingId,
  openMeeting,
  say,
  stateIn,
  voteOpened,
} from './meetings/council.suite.ts'
import { startTestHub } from './testing/hub.ts'

const entry = fileURLToPath(new URL('./main.ts', import.meta.url))

function run(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [entry, ...args])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

test(
  'the log of a meeting is checked while the hub runs, and what was changed in it is named',
  { timeout: 60_000 },
  async () => {
    const hub = await startTestHub()
    const council = await makeCouncil(hub, { size: 3 })
    await openMeeting(council)
    await say(council.chair, [voteOpened('vote:1')])
    await cast(council.members[1]!.caller, 'vote:1', { choice: 'yes' })
    await say(council.chair, [{ kind: 'vote-closed', vote: 'vote:1' }])
    const { caller } = council.chair
    await expect.poll(async () => (await stateIn(caller)).votes.get('vote:1')?.status).toBe('decided')
    const config = join(hub.folder, 'hub.yml')
    await writeFile(config, `data: ${hub.folder}\nlogLevel: fatal\n`)

    const events = await eventsIn(caller)
    const clean = await run('verify-log', meetingId, '--config', config)
    expect(clean).toEqual({
      code: 0,
      output: expect.stringMatching(
        new RegExp(`^${events.length} events in 2 chains\\. Digest: [0-9a-f]{64}\\n$`),
      ) as string,
    })

    // Somebody with the disk in hand lets the chair have said something else.
    const store = await hub.store.open('org-council')
    const opened = events.find(({ body }) => body.kind === 'vote-opened')!
    const held = (await store.get(opened._id))!
    await store.write([{ ...held, body: { ...opened.body, question: 'Shall it not be so?' } }])
    const { code, output } = await run('verify-log', '1', '--config', config)
    expect(code).toBe(1)
    expect(output).toContain(`forged: ${opened._id}, place ${opened.place} of ${opened.author.account}\n`)
    expect(output).toContain('has 2 faults')
    const [first, other] = [/Digest: (\w+)/.exec(clean.output), /Digest: (\w+)/.exec(output)]
    expect(other![1]).not.toBe(first![1])

    expect(await run('verify-log', 'meeting:none', '--config', config)).toEqual({
      code: 1,
      output: 'ratssaal: There are no events of meeting:none. Name the meeting by its id.\n',
    })
  },
)
