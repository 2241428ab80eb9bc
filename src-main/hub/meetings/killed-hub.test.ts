import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Choice } from '../../../shared/council/events/vote.ts'
import type { ApiFailure, BallotReceipt } from '../../../shared/hub-api/contract.ts'
import { Caller } from '../testing/hub.ts'
import { configForProcess, killHub, runHub } from '../testing/hub-process.ts'
import {
  cast,
  castLive,
  makeCouncil,
  meetingId,
  openMeeting,
  openSocket,
  personAt,
  send,
  stateIn,
  voteOpened,
  type Council,
} from './council.suite.ts'

const size = 53

/** The same people at the hub that runs now: sessions and keys outlive its process. */
const movedTo = (council: Council, origin: string): Council => {
  const move = <Item extends { readonly caller: Caller }>(item: Item): Item => ({
    ...item,
    caller: new Caller(origin, item.caller.session),
  })
  const members = council.members.map(move)
  return { origin, members, chair: members[0]!, administrator: new Caller(origin, council.administrator.session) }
}

/** mulberry32, so that a failing seed tells the whole course. */
function diceOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Undefined where the hub went away before it answered. */
const unlessGone = async <Value>(asked: Promise<Value>): Promise<Value | undefined> =>
  asked.catch((fault: unknown) => {
    if (fault instanceof TypeError) return undefined
    throw fault
  })

type VotingDevice = (vote: string, choice: Choice) => Promise<BallotReceipt | ApiFailure | undefined>

/** Every other member votes over the live socket, which is open then; the others by HTTP. */
const votingDevices = (council: Council): Promise<VotingDevice[]> =>
  Promise.all(
    council.members.map(async ({ caller }, index): Promise<VotingDevice> => {
      if (index % 2 === 0) return async (vote, choice) => (await unlessGone(cast(caller, vote, { choice })))?.body
      const socket = await openSocket(council, caller)
      return (vote, choice) => castLive(socket, vote, { choice })
    }),
  )

test('a vote of 53 whose hub is killed again and again loses nothing, doubles nothing, and counts what has a receipt', async () => {
  const { config } = await configForProcess()
  let hub = await runHub(config)
  let council = await makeCouncil({ origin: hub.origin, setUpCode: hub.setUpCode! }, { size })
  await openMeeting(council)

  for (const seed of [1, 2, 3, 4]) {
    const dice = diceOf(seed)
    const vote = `vote:${seed}`
    const opened = council.chair.device.write(meetingId, voteOpened(vote), { audience: 'org-council' })
    expect(await send(council.chair.caller, 'org-council', [opened])).toEqual([])
    const choices = council.members.map((): Choice => (['yes', 'no', 'abstain'] as const)[Math.floor(dice() * 3)]!)
    const receipts = new Map<string, BallotReceipt>()
    const castAll = async (devices: readonly VotingDevice[], indexes: readonly number[]) => {
      await Promise.all(
        indexes.map(async (index) => {
          const answer = await devices[index]!(vote, choices[index]!)
          if (!answer || 'error' in answer) return
          const before = receipts.get(personAt(index))
          if (before) expect(answer, `seed ${seed}`).toEqual(before)
          receipts.set(personAt(index), answer)
        }),
      )
    }
    const everybody = council.members.map((_, index) => index)
    const casting = castAll(await votingDevices(council), everybody)
    await setTimeout(dice() * 250)
    await killHub(hub)
    await casting
    hub = await runHub(config)
    council = movedTo(council, hub.origin)
    // Who heard nothing sends again, and some who did hear.
    await castAll(
      await votingDevices(council),
      everybody.filter((index) => !receipts.has(personAt(index)) || dice() < 0.2),
    )
    expect(receipts.size, `seed ${seed}`).toBe(size)

    const closed = council.chair.device.write(meetingId, { kind: 'vote-closed', vote }, { audience: 'org-council' })
    const closing = unlessGone(send(council.chair.caller, 'org-council', [closed]))
    await setTimeout(dice() * 30)
    await killHub(hub)
    await closing
    hub = await runHub(config)
    council = movedTo(council, hub.origin)
    expect(await send(council.chair.caller, 'org-council', [closed]), `seed ${seed}`).toEqual([])

    const ballots = choices.map((choice, index) => ({ person: personAt(index), choice }))
    await expect
      .poll(async () => (await stateIn(council.chair.caller)).votes.get(vote))
      .toMatchObject({ status: 'decided', ballots })
    const state = await stateIn(council.chair.caller)
    expect([seed, state.refused]).toEqual([seed, []])
    expect(state.votes.get(vote)?.received.size).toBe(size)
  }
}, 180_000)
