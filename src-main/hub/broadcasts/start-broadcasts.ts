import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { ObjectStore } from '../../../shared/ports/object-store.ts'
import type { Speaker } from '../../../shared/council/events/speech.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import type { PublicCatalogue } from '../public-catalogue.ts'
import type { Recordings, TransmissionOf } from '../public-transmissions.ts'
import type { Sessions } from '../session.ts'
import type { Broadcast } from './broadcast.ts'
import { captioningRoutes } from './captions/captioning-routes.ts'
import { MeetingCaptions } from './captions/meeting-captions.ts'
import { readingRoutes } from './captions/reading-routes.ts'
import { consentRoutes } from './consent/consent-routes.ts'
import { ConsentRegister } from './consent/register.ts'
import { Broadcasts } from './broadcasts.ts'
import { Depot } from './depot/depot.ts'
import { encoderRoutes } from './encoder/encoder-routes.ts'
import { Encoders } from './encoder/encoders.ts'
import { publishedOf, type Published } from './recorded/published.ts'
import { recutRoutes, type RecutOptions } from './recut/recut-routes.ts'
import { transmittingRoutes } from './transmitting-routes.ts'
import { watchingRoutes, type WatchingOptions } from './watching-routes.ts'

/** The logs of meetings, as the service that keeps them tells of them. */
export interface FollowedMeetings {
  stateOf(meeting: string): Promise<MeetingState>
  /** Calls back as soon as a log holds something new. */
  onState(listener: (meeting: string, state: MeetingState) => void): void
}

export interface StartOptions {
  /** The hub's data folder. */
  readonly data: string
  readonly meetings: FollowedMeetings
  readonly sessions: Sessions
  readonly catalogue: PublicCatalogue
  readonly log: Pick<Logger, 'error' | 'info'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Days for which a recording is kept after its end; undefined: without an end. */
  readonly recordingDays?: number | undefined
  /** Where the media of recordings goes once they are over; undefined: it stays. */
  readonly objects: ObjectStore | undefined
  /** The program that reads external encoders. */
  readonly ffmpeg: string
}

export interface BroadcastsService {
  readonly transmissionOf: TransmissionOf
  readonly recordings: Recordings
  /** What does not work as it should at the moment, though everything else does. */
  readonly impaired: () => readonly string[]
  readonly stop: () => Promise<void>
}

const dayMs = 86_400_000
/** Milliseconds between two looks for recordings whose time is over. */
const tidyEvery = 3_600_000

/** Transmits meetings: takes parts in, shows and records what is let through. */
export async function startBroadcasts(app: FastifyInstance, options: StartOptions): Promise<BroadcastsService> {
  const { data, meetings, sessions, catalogue, log, now, recordingDays } = options
  const onFault = (fault: unknown): void => log.error({ err: fault }, 'a broadcast failed')
  const stateOf = (meeting: string): Promise<MeetingState> => meetings.stateOf(meeting)
  const register = await ConsentRegister.open(join(data, 'consents.jsonl'))
  const consentsOf = (meeting: string, speaker: Speaker) => register.of(meeting, speaker)
  const depot = new Depot({ store: options.objects, log })
  await depot.start()
  const followed = { folder: join(data, 'broadcasts'), depot, stateOf, consentsOf, now, onFault }
  const broadcasts = await Broadcasts.open(followed)
  const captions = await MeetingCaptions.open({ ...followed, broadcasts })
  const encoders = new Encoders({ ...followed, broadcasts, ffmpeg: options.ffmpeg, films: join(data, 'films') })
  register.onChange(() => {
    for (const one of [encoders, broadcasts, captions]) void one.followConsent().catch(onFault)
  })
  meetings.onState((meeting, state) => {
    encoders.follow(meeting, state)
    for (const one of [broadcasts, captions]) void one.follow(meeting, state).catch(onFault)
  })

  const isPublic = (meeting: string): boolean => catalogue.get('meeting', meeting) !== undefined
  const keptUntil = (broadcast: Broadcast): number | undefined =>
    recordingDays === undefined || broadcast.endedAt === undefined
      ? undefined
      : broadcast.endedAt + recordingDays * dayMs
  const everything = {
    ...{ broadcasts, captions, encoders, register, sessions, catalogue },
    ...{ isPublic, stateOf, keptUntil, now },
  }
  await serveBroadcasts(app, everything)

  const stopTidying = await keepTidy({ ...everything, onFault })
  return {
    ...publishedOf({ ...everything, recorded: (meeting) => captions.recorded(meeting) }),
    impaired: () => (depot.trouble === undefined ? [] : ['recordings']),
    stop: async () => {
      stopTidying()
      await depot.stop()
      await encoders.stop()
      await captions.stop()
      await broadcasts.stop()
      await register.close()
    },
  }
}

/** Removes recordings whose time is over, now and from time to time; returns what ends that. */
async function keepTidy({
  broadcasts,
  captions,
  keptUntil,
  now,
  onFault,
}: Pick<Served, 'broadcasts' | 'captions' | 'keptUntil' | 'now'> & {
  readonly onFault: (fault: unknown) => void
}): Promise<() => void> {
  const tidy = async (): Promise<void> => {
    for await (const [meeting, broadcast] of broadcasts.all())
      if ((keptUntil(broadcast) ?? Infinity) <= now()) {
        if (broadcast.recording.holdsMedia) await broadcast.removeRecording()
        await captions.remove(meeting)
      }
  }
  await tidy()
  const timer = setInterval(() => void tidy().catch(onFault), tidyEvery).unref()
  return () => clearInterval(timer)
}

interface Served extends RecutOptions, Omit<WatchingOptions, 'progressOf'>, Published {
  readonly register: ConsentRegister
  readonly encoders: Encoders
}

async function serveBroadcasts(app: FastifyInstance, served: Omit<Served, 'onCut' | 'recorded'>): Promise<void> {
  const { captions, catalogue, stateOf } = served
  await app.register(async (scope) => transmittingRoutes(scope, served))
  encoderRoutes(app, served)
  recutRoutes(app, { ...served, onCut: async (meeting) => captions.follow(meeting, await stateOf(meeting)) })
  consentRoutes(app, served)
  watchingRoutes(app, { ...served, progressOf: (meeting) => catalogue.progress(meeting) })
  captioningRoutes(app, served)
  readingRoutes(app, served)
}
