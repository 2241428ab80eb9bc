import { join } from 'node:path'
import type { ConsentAct } from '../../../../shared/council/consent.ts'
import type { Speaker } from '../../../../shared/council/events/speech.ts'
import { airtimeOf } from '../../../../shared/rules/broadcast/airtime.ts'
import { consentAirtimeOf } from '../../../../shared/rules/broadcast/consent.ts'
import type { PublicCaption } from '../../../../shared/hub-api/captions.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'
import type { Broadcasts } from '../broadcasts.ts'
import { CaptionDeskRoom } from './caption-desk-room.ts'
import { Captions, publicCaption } from './captions.ts'
import { PublicFeed } from './public-feed.ts'

interface MeetingCaptionsOptions {
  readonly broadcasts: Broadcasts
  /** Holds a folder for each broadcast, named by the key of its meeting. */
  readonly folder: string
  readonly stateOf: (meeting: string) => Promise<MeetingState>
  readonly consentsOf: (meeting: string, speaker: Speaker) => readonly ConsentAct[]
  readonly now: () => number
  readonly onFault: (fault: unknown) => void
}

/** The captions of a meeting, who writes them and who reads along. */
export interface Captioned {
  readonly captions: Captions
  readonly desk: CaptionDeskRoom
  readonly feed: PublicFeed
}

/** The captions of all meetings that are transmitted, each following log and register. */
export class MeetingCaptions {
  readonly #options: MeetingCaptionsOptions
  readonly #known = new Map<string, Promise<Captioned | undefined>>()
  readonly #opened = new Map<string, Captions>()

  private constructor(options: MeetingCaptionsOptions) {
    this.#options = options
  }

  /** Opens the captions of every broadcast that there is. */
  static async open(options: MeetingCaptionsOptions): Promise<MeetingCaptions> {
    const captions = new MeetingCaptions(options)
    for await (const [meeting] of options.broadcasts.all()) await captions.find(meeting)
    return captions
  }

  /** Those of a meeting; undefined when it is not transmitted, or what is stored of them cannot be read. */
  async find(meeting: string): Promise<Captioned | undefined> {
    if (!this.#options.broadcasts.find(meeting)) return undefined
    return this.#known.get(meeting) ?? this.#begin(meeting)
  }

  /** What everybody may read of a recording at this moment, the earliest first. */
  recorded(meeting: string): readonly PublicCaption[] {
    return this.#opened.get(meeting)?.recorded.map(publicCaption) ?? []
  }

  /** The log of a meeting became another. */
  async follow(meeting: string, state: MeetingState): Promise<void> {
    const known = await this.#known.get(meeting)
    if (known) this.#apply(known.captions, meeting, state)
  }

  /** The register of consent became another. */
  async followConsent(): Promise<void> {
    for (const meeting of this.#known.keys()) await this.follow(meeting, await this.#options.stateOf(meeting))
  }

  /** The recording of a meeting was removed. */
  async remove(meeting: string): Promise<void> {
    await (await this.#known.get(meeting))?.captions.remove()
  }

  async stop(): Promise<void> {
    for (const known of this.#known.values()) await (await known)?.captions.stop()
  }

  /** A file that is damaged keeps nobody from the picture: it is told, and tried again when somebody asks. */
  #begin(meeting: string): Promise<Captioned | undefined> {
    const beginning = this.#open(meeting).catch((fault: unknown) => {
      this.#known.delete(meeting)
      this.#options.onFault(fault)
      return undefined
    })
    this.#known.set(meeting, beginning)
    return beginning
  }

  async #open(meeting: string): Promise<Captioned> {
    const { broadcasts, folder, now, onFault, stateOf } = this.#options
    const broadcast = await broadcasts.of(meeting)
    const path = join(folder, meeting.slice(meeting.indexOf(':') + 1), 'captions.jsonl')
    const captions = await Captions.open({ path, broadcast, now, onFault })
    this.#apply(captions, meeting, await stateOf(meeting))
    this.#opened.set(meeting, captions)
    return { captions, desk: new CaptionDeskRoom(captions, now), feed: new PublicFeed(captions, now) }
  }

  #apply(captions: Captions, meeting: string, state: MeetingState): void {
    const { closed } = airtimeOf(state)
    const consent = consentAirtimeOf(state, (speaker) => this.#options.consentsOf(meeting, speaker))
    // What was cut for good is withheld as what turns out to be closed.
    const cut = captions.broadcast.corrections.cuts.filter(({ final }) => final)
    const live = [...closed, ...consent.live, ...cut]
    captions.follow({ live, recorded: [...live, ...consent.recording] })
  }
}
