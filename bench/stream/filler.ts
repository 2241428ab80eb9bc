import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { partSeconds, partsPerSegment } from '../../shared/council/broadcast.ts'
import { broadcastPaths } from '../../shared/hub-api/broadcast.ts'
import type { SessionInfo } from '../../shared/hub-api/contract.ts'
import { Capture } from '../../src-main/hub/broadcasts/testing/capture.suite.ts'
import { plainInit, plainPart } from '../../src-main/hub/broadcasts/testing/plain-media.suite.ts'
import { Caller } from '../../src-main/hub/testing/hub.ts'
import { meeting, meetingKey, type CalledCouncil } from './transmission.ts'

const partMs = partSeconds * 1000
const soundBitrate = 64_000
/** As the broadcast desk sends them: bits per second of the picture. */
const renditions = [
  { rendition: 'main', bitrate: 2_500_000, picture: { width: 1280, height: 720 } },
  { rendition: 'small', bitrate: 600_000, picture: { width: 640, height: 360 } },
  { rendition: 'sound', bitrate: 0 },
] as const
/** Milliseconds in which a whole segment has to be shown. */
const beginning = 20_000
/** How much larger than the others the part of a segment is that begins with a key frame. */
const keyWeight = 3

/** Bytes that no compressor makes smaller, as many as a part of these renditions has. */
function fillerPart(bitrate: number, place: number): Buffer {
  const share = ((place === 0 ? keyWeight : 1) * partsPerSegment) / (partsPerSegment - 1 + keyWeight)
  const bytes = ((bitrate * share + soundBitrate) * partSeconds) / 8
  return plainPart(
    randomBytes(Math.ceil(bytes / 2))
      .toString('hex')
      .slice(0, bytes),
  )
}

/**
 * Sends parts of the size of 720p, 360p and sound at the pace of a camera, in a process of its own: whatever else is busy
 * here, they are to be in time.
 */
export class Filler {
  readonly #child: ChildProcess

  static async begin({ council: { hub, devices }, open }: CalledCouncil): Promise<Filler> {
    const session = JSON.stringify(devices[0]?.session)
    const child = fork(import.meta.filename, [hub.address, session], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const failed = once(child, 'exit').then(() => Promise.reject(new Error('The hub takes no transmission.')))
    await Promise.race([once(child, 'message'), failed])
    failed.catch(() => undefined)
    await open()
    await untilWatched(`${hub.address}${broadcastPaths.rendition(meetingKey, 'main', 'live')}`)
    return new Filler(child)
  }

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** Whether everything was taken until now. */
  get isOn(): boolean {
    return this.#child.exitCode === null
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }
}

/** What the process does until it is ended, or the hub refuses something. */
async function send(origin: string, session: SessionInfo): Promise<never> {
  const clock = { now: Date.now() }
  const capture = new Capture({ origin, caller: new Caller(origin, session), meeting, clock })
  const status = await capture.announce({
    renditions: renditions.map(({ rendition, bitrate, ...more }) => ({
      ...{ rendition, bandwidth: Math.round(bitrate * 1.3) + 80_000, init: plainInit.toString('base64') },
      ...{ codecs: 'avc1.42e01f,mp4a.40.2', ...more },
    })),
  })
  if (status !== 201) throw new Error(`The hub takes no transmission: ${status}`)
  process.send?.('announced')
  const begun = Date.now()
  for (let tick = 1; ; tick += 1) {
    await setTimeout(Math.max(0, begun + tick * partMs - Date.now()))
    clock.now = begun + tick * partMs
    const { key } = await capture.renew()
    // What was captured before the gate opened is refused.
    if (key === undefined || tick < partsPerSegment) continue
    const sent = renditions.map(({ rendition, bitrate }) => {
      const head = capture.next({ rendition })
      return capture.send(head, fillerPart(bitrate, head.sequence % partsPerSegment))
    })
    const answers = await Promise.all(sent)
    if (answers.some((answer) => answer !== 204)) throw new Error(`The hub refused a part: ${answers.join()}`)
  }
}

/** Settles when a playlist has a whole segment of what was sent. */
async function untilWatched(playlist: string): Promise<void> {
  for (const end = Date.now() + beginning; Date.now() < end; await setTimeout(partMs)) {
    const text = await (await fetch(playlist)).text()
    const [, sent = ''] = text.split(/MAP:URI="init-(?!slate)/)
    if (/^segment-/m.test(sent)) return
  }
  throw new Error(`The hub shows nothing of what was sent at ${playlist}.`)
}

const [, program, hubOrigin, sessionText] = process.argv
if (process.send && program === import.meta.filename)
  await send(hubOrigin ?? '', JSON.parse(sessionText ?? '{}') as SessionInfo)
