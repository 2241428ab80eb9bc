import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { DocumentStore } from '../../../shared/ports/document-store.ts'
import type { BallotDoor } from '../ballot-door.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import type { Sessions } from '../session.ts'
import type { HubKey } from '../signing.ts'
import type { WriteDoor } from '../write-door.ts'
import { failureOf } from './ballots/ballot-failures.ts'
import { BallotOffice } from './ballots/ballot-office.ts'
import { ballotRoutes } from './ballots/ballot-routes.ts'
import { Chores } from '../chores.ts'
import { Chains } from './intake/chains.ts'
import { EventIntake } from './intake/event-intake.ts'
import { Exclusions } from './exclusions.ts'
import { MeetingPlaces } from './meeting-places.ts'
import { PresenceCodes } from './presence/presence-code.ts'
import { presenceRoutes } from './presence/presence-routes.ts'
import { HubAuthor } from './record/hub-author.ts'
import { MeetingRecords } from './record/meeting-records.ts'
import { JointRelay } from './relay.ts'

export interface MeetingsOptions {
  readonly store: DocumentStore
  readonly sessions: Sessions
  readonly turns: AudienceTurns
  readonly key: HubKey
  readonly log: Pick<Logger, 'error'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Draws the conclusions of a log that decided something; called until it settles. */
  readonly conclude: (meeting: string) => Promise<void>
}

export interface MeetingsService {
  /** What every event has to pass on its way in. */
  readonly door: WriteDoor
  /** Takes ballots from devices. */
  readonly castBallot: BallotDoor
  /** The state of a meeting, with everything that was stored before the call. */
  readonly stateOf: (meeting: string) => Promise<MeetingState>
  /** Calls back as soon as a log holds something new. */
  readonly onState: (listener: (meeting: string, state: MeetingState) => void) => void
  readonly stop: () => Promise<void>
}

/** Milliseconds between two looks at what may be remembered and what may be removed. */
const tidyEvery = 60_000

/**
 * Follows what happens in meetings: takes events in, takes and seals ballots, shows the code of the room and carries
 * the events of joint meetings to all bodies. Settles when what the last run left undone is under way.
 */
export async function startMeetings(app: FastifyInstance, options: MeetingsOptions): Promise<MeetingsService> {
  const { store, sessions, turns, key, log, now, conclude } = options
  const office = await store.open('office')
  const places = new MeetingPlaces(office)
  const chores = new Chores(log)
  const chains = new Chains()
  const records = new MeetingRecords(store, log)
  const author = new HubAuthor({ key, chains, now })
  const ballots = new BallotOffice({ store, records, author, turns, chores, now })
  const relay = new JointRelay({ store, turns, chores, places })
  const exclusions = new Exclusions({ office, records, turns, chores, now })
  records.onEvents((record, audience, events) => {
    exclusions.follow(record)
    relay.carry(record.meeting, audience, events)
    ballots.settle(record)
    if (isConclusive(record.state)) chores.run(`conclude ${record.meeting}`, () => conclude(record.meeting))
  })
  await records.start()
  await ballots.start()
  const timer = setInterval(() => {
    if (chores.isIdle) chores.run('tidy', () => tidy(records, ballots))
  }, tidyEvery).unref()

  ballotRoutes(app, { office: ballots, sessions })
  const codes = new PresenceCodes(key.secretFor('presence'), now)
  presenceRoutes(app, { store, sessions, records, author, turns, codes })
  const began = await beginningOf(store, now)
  return {
    stateOf: async (meeting) => (await records.current(meeting)).state,
    onState: (listener) => records.onEvents(({ meeting, state }) => listener(meeting, state)),
    door: new EventIntake({ key, chains, now, began, places, follow: (audience) => records.follow(audience) }),
    castBallot: async (principal, vote, request) => {
      const receipt = await ballots.cast(principal, vote, request)
      return receipt.ok ? receipt.value : failureOf(receipt.failure)
    },
    stop: async () => {
      clearInterval(timer)
      await records.stop()
      const isDone = chores.isIdle
      await chores.stop()
      if (isDone) await records.keepPlaces()
    },
  }
}

/** Whether a meeting is over, or decided by circulation. */
const isConclusive = ({ phase, votes }: MeetingState): boolean =>
  phase === 'closed' || [...votes.values()].some(({ subject, status }) => subject === 'circular' && status !== 'open')

async function tidy(records: MeetingRecords, ballots: BallotOffice): Promise<void> {
  await records.keepPlaces()
  await ballots.removeOld()
}

/** When this incarnation of the data was first seen to run. */
async function beginningOf(store: DocumentStore, now: () => number): Promise<number> {
  const office = await store.open('office')
  const known = await office.getLocal('incarnation')
  if (known?.['uuid'] === store.uuid() && typeof known['began'] === 'number') return known['began']
  const began = now()
  await office.putLocal('incarnation', { uuid: store.uuid(), began })
  return began
}
