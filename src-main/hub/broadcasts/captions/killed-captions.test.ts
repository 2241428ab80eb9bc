import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { broadcastPaths, type BroadcastStatus } from '../../../../shared/hub-api/broadcast.ts'
import { makeCouncil, meetingId, openMeeting } from '../../meetings/council.suite.ts'
import { configForProcess, killHub, runHub } from '../../testing/hub-process.ts'
import { Caller } from '../../testing/hub.ts'
import { Capture } from '../testing/capture.suite.ts'
import { plainInit, plainPart } from '../testing/plain-media.suite.ts'
import { announcementOf, runningClock } from '../testing/room.suite.ts'
import { idAt, readEverywhere, tellCaption } from '../testing/captioners.suite.ts'

/** Milliseconds that a part of this test lasts. */
const partMs = 40

it('a hub that is killed while captions are written has every one that it took, and none that was taken back', async () => {
  const { config } = await configForProcess()
  let hub = await runHub(config)
  const council = await makeCouncil({ origin: hub.origin, setUpCode: hub.setUpCode! }, { size: 1 })
  await openMeeting(council)
  const clock = runningClock()
  const capture = new Capture({ origin: hub.origin, caller: council.administrator, meeting: meetingId, clock })
  await capture.announce(announcementOf(plainInit))
  await expect.poll(async () => (await capture.renew()).key).toBeDefined()
  await setTimeout(partMs)
  let time = { from: 0, to: 0 }
  for (let sequence = 0; sequence < 12; sequence += 1) {
    const captured = (time = { from: clock.now - partMs, to: clock.now })
    const head = capture.next({ sequence, captured, duration: partMs / 1000 })
    expect(await capture.send(head, plainPart(`part ${sequence}`))).toBe(204)
  }
  const [taken, backAgain]: [string[], string[]] = [[], []]
  const writing = (async () => {
    for (let place = 0; ; place += 1) {
      const said = { act: 'said', caption: idAt(place), text: `Zeile ${place}.`, time }
      const answer = await tellCaption({ council }, said).catch(() => 'gone')
      if (answer === 'gone') return
      expect(answer).toBe(204)
      if (place % 3 > 0) taken.push(said.text)
      else if (
        (await tellCaption({ council }, { act: 'taken-back', caption: idAt(place) }).catch(() => 'gone')) === 204
      )
        backAgain.push(said.text)
    }
  })()
  await expect.poll(() => taken.length).toBeGreaterThan(15)
  await killHub(hub)
  await writing
  hub = await runHub(config)
  const { list } = await readEverywhere(hub.origin)
  expect(taken.filter((text) => !list.includes(text))).toEqual([])
  expect(backAgain.filter((text) => list.includes(text))).toEqual([])
  const administrator = new Caller(hub.origin, council.administrator.session)
  await expect
    .poll(async () => (await administrator.tell<BroadcastStatus>('GET', broadcastPaths.broadcast(meetingId))).body.open)
    .toBe(true)
  const late = { act: 'said', caption: idAt(999_999), text: 'Danach.', time }
  expect(await tellCaption({ council: { ...council, administrator } }, late)).toBe(204)
  expect((await readEverywhere(hub.origin)).list).toContain('Danach.')
}, 180_000)
