import { SvelteMap } from 'svelte/reactivity'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import type { AnyRecord } from '../../../../shared/council/records/index.ts'
import { success } from '../../../../shared/result.ts'
import type {
  Data,
  LiveMeeting,
  NoteFailure,
  OwnNote,
  OwnNotes,
  Selection,
  SyncStatus,
} from '../../../data/contract.ts'

/** The meeting that somebody sits in. */
interface Staged {
  readonly me: { readonly person: string | null }
  readonly state: LiveMeeting['state']
  readonly live: Pick<LiveMeeting, 'castBallot' | 'events'>
  readonly run: (body: EventBody) => Promise<unknown>
}

/**
 * What a member's device has, over a staged room: the records of the meeting, bytes of its papers, and notes that are
 * sent for as long as there is a hub.
 */
export class SeatData {
  phase = $state<SyncStatus['phase']>('live')
  /** What the next saving of a note meets. */
  noteFault = $state<NoteFailure | undefined>()
  locked = $state(false)
  readonly #notes = new SvelteMap<string, OwnNote>()
  readonly #room: Staged
  readonly #records: readonly AnyRecord[]
  /** Address of the bytes of every file. */
  readonly #bytes: string

  constructor(room: Staged, records: readonly AnyRecord[], bytes: string) {
    this.#room = room
    this.#records = records
    this.#bytes = bytes
  }

  /** The device as a page sees it; questions that no page of a seat asks are not answered. */
  get data(): Data {
    return this as unknown as Data
  }
  get session(): unknown {
    const principal = {
      account: 'staged',
      person: this.#room.me.person,
      roles: ['member'],
      organizations: [],
      factions: [],
    }
    return { kind: 'signed-in', session: { principal } }
  }
  get sync(): unknown {
    return { phase: this.phase }
  }
  get notes(): OwnNotes {
    return { phase: this.locked ? 'locked' : 'ready', sealed: 0, texts: this.#notes }
  }

  saveNote: Data['saveNote'] = async (about, text) => {
    if (this.noteFault) return { ok: false, failure: this.noteFault }
    this.#notes.set(about, { text, pending: this.phase === 'offline' })
    return success(undefined)
  }

  select = ({ type, ids, where }: Selection): unknown => {
    const fits = (record: AnyRecord): boolean =>
      record.type === type &&
      (ids?.includes(record._id) ?? true) &&
      Object.entries(where ?? {}).every(([field, value]) => (record as never)[field] === value)
    const entries = this.#records.filter(fits).map((record) => ({ record, audience: 'public', pending: false }))
    return { entries, state: 'ready' }
  }

  meeting = (): unknown => {
    const room = this.#room
    return {
      phase: 'ready',
      get state() {
        return room.state
      },
      get events() {
        return room.live.events
      },
      now: () => Date.parse('2026-11-30T18:30:00Z'),
      write: room.run,
      castBallot: room.live.castBallot,
    }
  }

  openFile = async (): Promise<unknown> => success(await (await fetch(this.#bytes)).blob())
  fileState = (): unknown => ({ held: 'here', pinned: false })
  preference = (): undefined => undefined
  setPreference = async (): Promise<void> => {}
}
