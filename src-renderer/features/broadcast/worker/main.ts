import type { BroadcastPicture } from '../../../../shared/council/broadcast.ts'
import { frameRate } from '../../../../shared/media/cadence.ts'
import { machineTime, type EncodingPlan, type FromCapture, type Scene, type ToCapture } from '../capture-contract.ts'
import { Compositor } from './compositor.ts'
import { HeldPictures } from './held-pictures.ts'
import { measure, measureSecond } from './measure.ts'
import { Run } from './run.ts'
import { readSound } from './sound-input.ts'

/** The worker of the broadcast desk: composes 25 pictures a second, whatever its sources give, and encodes them. */
const tell = (message: FromCapture, moved: Transferable[] = []): void => self.postMessage(message, moved)
const frameMs = 1000 / frameRate
/** Milliseconds in which sound of before an opening, which was on its way through the mixer, has certainly come. */
const settledAfter = 500
const wordOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault))

const held = new HeldPictures((source) => tell({ tell: 'shown', source }))
let compositor: Compositor | undefined
let scene: Scene | undefined
let run: Run | undefined
/** What is to be encoded while the gate is open. */
let begun: { readonly generation: number; readonly plan: EncodingPlan } | undefined
let soundReader: ReadableStreamDefaultReader<AudioData> | undefined

/** Whether there is a picture of this moment. */
const isThere = (): boolean => scene?.fallback !== null || held.get(scene.main) !== undefined

function begin(generation: number, plan: EncodingPlan): void {
  endRun()
  begun = { generation, plan }
  if (isThere()) startRun(begun)
}

function startRun({ generation, plan }: NonNullable<typeof begun>): void {
  const picture = plan.renditions.find((one) => one.picture)?.picture
  if (compositor && picture) Object.assign(compositor.canvas, { width: picture.width, height: picture.height })
  // Half a frame before a tick, so that no tick falls on the edge between two frames.
  const startedAt = Math.ceil(machineTime() / frameMs + 0.5) * frameMs - frameMs / 2
  run = new Run(generation, plan, startedAt, {
    onPart: (part) => tell({ tell: 'part', part }, [part.bytes.buffer]),
    onInits: (inits) => tell({ tell: 'inits', generation, inits }),
    onFailure: (fault) => tell({ tell: 'failed', message: wordOf(fault) }),
  })
}

function endRun(): void {
  run?.close()
  run = undefined
}

function close(): void {
  endRun()
  begun = undefined
  held.purge()
  void soundReader?.cancel().catch(() => undefined)
  soundReader = undefined
}

async function measured(picture: BroadcastPicture): Promise<void> {
  const found = await (picture === 'main' ? measure() : measureSecond())
  tell(typeof found === 'string' ? { tell: 'unable', reason: found } : { tell: 'measured', measurement: found })
}

async function listen(readable: ReadableStream<AudioData>): Promise<void> {
  const reader = readable.getReader()
  void soundReader?.cancel().catch(() => undefined)
  soundReader = reader
  const settled = machineTime() + settledAfter
  await readSound(reader, (samples, capturedAt) => {
    if (soundReader === reader && capturedAt >= settled) run?.sound(samples, capturedAt)
  })
}

function obey(message: ToCapture): void {
  switch (message.tell) {
    case 'stage':
      compositor = new Compositor(message.canvas, held)
      return
    case 'measure':
      return void measured(message.picture)
    case 'scene':
      scene = message.scene
      return
    case 'frames':
      return void held.follow(message.source, message.readable)
    case 'still':
      return held.setStill(message.source, message.picture)
    case 'card':
      return held.setCard(message.source, message.card)
    case 'drop':
      return held.drop(message.source)
    case 'sound':
      return void listen(message.readable)
    case 'begin':
      return begin(message.generation, message.plan)
    case 'close':
      return close()
  }
}

let ticks = 0
function tick(): void {
  const now = machineTime()
  if (compositor && scene) compositor.draw(scene)
  if (!isThere()) endRun()
  else if (begun && !run) startRun(begun)
  if (compositor && scene) run?.picture(compositor.canvas, now)
  ticks += 1
  if (ticks % 5 === 0) tell({ tell: 'beat' })
  if (run && ticks % frameRate === 0) tell({ tell: 'health', health: run.takeHealth() })
  setTimeout(tick, frameMs - (machineTime() % frameMs))
}

self.onmessage = ({ data }: MessageEvent<ToCapture>) => obey(data)
tick()
