import type { MeetingEvent } from '../../shared/council/meeting-event.ts'
import { reduceMeeting } from '../../shared/rules/meeting/log.ts'
import { lessIsBetter, median, percentile, type Bench, type Figure } from '../figure.ts'
import { durableWrites } from './durable-write.ts'
import { Echo } from './echo.ts'
import { longMeeting } from './long-meeting.ts'
import { clients, messageOf, Room, voters } from './room.ts'

const rounds = 5
/** Events of a round of which the 95th percentile is taken. */
const eventsSeen = 60
const votesPerRound = 7
/** Events of the meeting that is replayed. */
const longLog = 5000
/** Changed documents in one message of the hub, at most. */
const messageSize = 50
/** How many times as long as the echo each may take. */
const goal = 1 / 3

/** Milliseconds until the state of a long meeting follows from its events. */
function replay(events: readonly MeetingEvent[]): number {
  const begin = performance.now()
  const state = reduceMeeting('meeting:long', events)
  const took = performance.now() - begin
  if (state.refused.length > 0) throw new Error(`${state.refused.length} events of the long meeting have no effect`)
  return took
}

/** The messages in which the hub sends so many events to one client. */
const messagesOf = (events: readonly MeetingEvent[]): string[] =>
  Array.from({ length: Math.ceil(events.length / messageSize) }, (_, index) =>
    messageOf(events.slice(index * messageSize, (index + 1) * messageSize)),
  )

async function times(count: number, once: () => Promise<number>): Promise<number[]> {
  const measured: number[] = []
  for (let index = 0; index < count; index += 1) measured.push(await once())
  return measured
}

interface Round {
  readonly event: number
  readonly eventMedian: number
  readonly eventEcho: number
  readonly vote: number
  readonly voteEcho: number
  readonly replay: number
  readonly replayEcho: number
  readonly disk: number
  readonly diskSlow: number
}

async function measure(room: Room, echo: Echo, events: readonly MeetingEvent[]): Promise<Round> {
  const message = room.message('speech-requested')
  const ofVote = [room.message('vote-closed'), room.message('ballots-received', 'vote-sealed')]
  const disk = await durableWrites()
  const seen = await times(eventsSeen, () => room.event())
  return {
    ...{ disk: median(disk), diskSlow: percentile(disk, 0.95) },
    ...{ event: percentile(seen, 0.95), eventMedian: median(seen) },
    eventEcho: percentile(await times(eventsSeen, () => echo.event(message)), 0.95),
    vote: median(await times(votesPerRound, () => room.vote())),
    voteEcho: median(await times(votesPerRound, () => echo.vote(voters, room.ballot(), ofVote))),
    replay: replay(events),
    replayEcho: await echo.back(messagesOf(events)),
  }
}

async function run(): Promise<Figure[]> {
  const room = await Room.open()
  const echo = await Echo.open(clients)
  try {
    const events = longMeeting('meeting:long', longLog)
    await room.event()
    await room.vote()
    const measured: Round[] = []
    // The first round compiles.
    for (let round = 0; round <= rounds; round += 1) {
      const one = await measure(room, echo, events)
      if (round > 0) measured.push(one)
    }
    const of = (part: keyof Round): number => median(measured.map((round) => round[part]))
    console.log(
      `One durable write of an event: ${of('disk').toPrecision(3)} ms, p95 ${of('diskSlow').toPrecision(3)} ms`,
    )
    console.log(`Event to the state of the last, median: ${of('eventMedian').toPrecision(3)} ms`)
    return [
      lessIsBetter(`event to the state of the last of ${clients} clients, p95`, {
        ...{ ours: of('event'), reference: of('eventEcho'), goal, unit: 'ms' },
      }),
      lessIsBetter(`vote of ${voters}, from ballots sent to result at the last of ${clients} clients`, {
        ...{ ours: of('vote'), reference: of('voteEcho'), goal, unit: 'ms' },
      }),
      lessIsBetter(`state of ${longLog} events`, {
        ...{ ours: of('replay'), reference: of('replayEcho'), goal, unit: 'ms' },
      }),
    ]
  } finally {
    echo.close()
    await room.close()
  }
}

export const bench: Bench = {
  name: 'P9',
  description: `a meeting of ${clients} clients; events, votes and the reducer against the echo of a bare socket server`,
  run,
}
