import { SvelteMap } from 'svelte/reactivity'
import type { AnyRecord } from '../../../../shared/oparl/index.ts'
import { success } from '../../../../shared/result.ts'
import type { Data, NoteFailure, OwnNote, OwnNotes, Selection, SyncStatus } from '../../../data/contract.ts'
import threePages from '../../reader/testing/three-pages.pdf?url'
import { itemIds, items, meeting } from '../../votes/testing/council.ts'
import type { StagedRoom } from '../../votes/testing/stage.svelte.ts'

const stamps = { schema: 1, created: '2026-11-01T08:00:00Z', modified: '2026-11-01T08:00:00Z' }
const file = (key: string, name: string) => ({
  ...{ ...stamps, _id: `file:${key}`, type: 'file', name, fileName: `${key}.pdf`, mimeType: 'application/pdf' },
  ...{ size: 1, sha512: key.padEnd(128, '0') },
})
const paper = (key: string, name: string) => ({
  ...{ ...stamps, _id: `paper:${key}`, type: 'paper', name, mainFile: `file:${key}`, public: true },
  publication: { state: 'published', step: 1 },
})
const consultation = (key: string, agendaItem: string, role?: string) => ({
  ...{ ...stamps, _id: `consultation:${key}`, type: 'consultation', paper: `paper:${key}`, agendaItem },
  ...{ meeting: meeting._id, organization: ['organization:council'], ...(role ? { role } : {}) },
})

/** The bridge's paper is dealt with from its second page on; the statute's paper names no page. */
const records = [
  meeting,
  ...items,
  ...[file('bridge', 'Brückenvorlage'), paper('bridge', 'Brücke')],
  ...[file('graves', 'Satzungsvorlage'), paper('graves', 'Friedhofssatzung')],
  ...[consultation('bridge', itemIds.resolution, 'Entscheidung (Seite 2)'), consultation('graves', itemIds.statute)],
] as unknown as readonly AnyRecord[]

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
  readonly #room: StagedRoom

  constructor(room: StagedRoom) {
    this.#room = room
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
    const entries = records.filter(fits).map((record) => ({ record, audience: 'public', pending: false }))
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

  openFile = async (): Promise<unknown> => success(await (await fetch(threePages)).blob())
  fileState = (): unknown => ({ held: 'here', pinned: false })
  preference = (): undefined => undefined
  setPreference = async (): Promise<void> => {}
}
