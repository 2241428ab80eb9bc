import { ulid } from 'ulid'
import type { TextRoom } from '../../shared/council/text-update.ts'
import type { RecordType } from '../../shared/council/records/index.ts'
import type { Shell } from '../../shared/ipc/contract.ts'
import { broadcastLink } from './broadcast-link.ts'
import { encoderLink } from './encoder-link.ts'
import { captionLink } from './caption-link.ts'
import { recordingLink } from './recording-link.ts'
import { consentLink } from './consent-link.ts'
import { publicCourse } from './public-course.ts'
import { reachWorker } from './connection.ts'
import type {
  Data,
  FileState,
  LiveQuery as LiveQueryContract,
  RoomLine,
  RoomNews,
  Selection,
  TextChange,
  TextUpdates,
} from './contract.ts'
import { boardFilingLink, HubClient } from './hub/index.ts'
import { LiveMeeting, MeetingMirror } from './live-meeting.svelte.ts'
import { LiveQuery, type OpenSelection } from './live-query.svelte.ts'
import { webShell } from './shell/index.ts'
import type { Hello, LogChange, Mirror, SelectionChange, WindowTells, WorkerAsks } from './worker/contract.ts'
import { connect, type Link, type Wire } from './worker/transport.ts'

export interface DataOptions {
  /** The desktop app's shell; absent in a browser. */
  readonly shell?: Shell | undefined
  /** Shown in the list of devices, such as "Chrome on Android". */
  readonly deviceName?: string
}

/** Opens this device's data for a window. The hub is the page's own origin, or the one that the desktop app has joined. */
export async function createData(options: DataOptions = {}): Promise<Data> {
  const shell = options.shell ?? webShell()
  const hub = await shell.readHub()
  const hello: Hello = {
    window: ulid(),
    hub: hub?.origin ?? null,
    desktop: options.shell !== undefined,
    deviceName: options.deviceName ?? navigator.userAgent.slice(0, 100),
  }
  let reopen = (): void => {}
  const client = new HubClient(hub?.origin ?? 'http://hub.invalid', () => shell.readSecret('token'))
  const data = new WindowData(shell, await reachWorker(hello, () => reopen()), client)
  reopen = () => data.reopen()
  return data
}

/** Screens may hand over reactive proxies, which cannot be sent to a worker. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- svelte-check sees it differently
const plain = <Value extends object>(value: Value): Value => $state.snapshot(value) as unknown as Value

const notHere: FileState = { held: 'not-here', pinned: false }

/** What the worker tells of the device, part by part: whoever reads one part is not disturbed by the others. */
class WindowMirror implements Mirror {
  session: Mirror['session'] = $state.raw({ kind: 'unknown' })
  sync: Mirror['sync'] = $state.raw({
    phase: 'offline',
    freshAsOf: null,
    pending: 0,
    refused: [],
    progress: null,
    filling: false,
  })
  town: Mirror['town'] = $state.raw(null)
  storage: Mirror['storage'] = $state.raw({ used: 0, pinned: 0, quota: 0 })
  files: Mirror['files'] = $state.raw(new Map())
  preferences: Mirror['preferences'] = $state.raw(new Map())
  notes: Mirror['notes'] = $state.raw({ phase: 'loading', sealed: 0, texts: new Map() })
  changes: Mirror['changes'] = $state.raw(0)
  help: Mirror['help'] = $state.raw(null)
}

/** The window's side of the data worker: mirrors what the worker tells, passes on what screens ask. */
class WindowData implements Data {
  readonly #mirror = new WindowMirror()
  #link: Link<WorkerAsks, WindowTells>
  #open = new Map<string, { selection: Selection; onChange: (change: SelectionChange) => void }>()
  #logs = new Map<string, { meeting: string; onChange: (change: LogChange) => void }>()
  #texts = new Map<string, { room: TextRoom; onChange: (change: TextChange) => void }>()
  #rooms = new Map<string, { board: string; onNews: (news: RoomNews) => void }>()
  #meetings = new Map<string, MeetingMirror>()
  readonly broadcast: Data['broadcast']
  readonly encoder: Data['encoder']
  readonly captions: Data['captions']
  readonly recording: Data['recording']
  readonly consents: Data['consents']
  readonly boardFiling: Data['boardFiling']
  readonly publicCourse: Data['publicCourse']

  constructor(shell: Shell, wire: Wire, hub: HubClient) {
    this.broadcast = (meeting) => broadcastLink(hub, meeting)
    this.encoder = (meeting) => encoderLink(hub, meeting)
    this.captions = (meeting) => captionLink(hub, meeting)
    this.recording = (meeting) => recordingLink(hub, meeting)
    this.consents = consentLink(hub)
    this.boardFiling = (board) => boardFilingLink(hub, board)
    this.publicCourse = (meeting) => publicCourse(hub.origin, meeting)
    this.#link = connect<WorkerAsks, WindowTells>(
      wire,
      {
        readSecret: (name: string) => shell.readSecret(name),
        writeSecret: (name: string, value: string) => shell.writeSecret(name, value),
        forgetSecret: (name: string) => shell.forgetSecret(name),
      },
      {
        mirror: (parts: Partial<Mirror>) => void Object.assign(this.#mirror, parts),
        selection: (key: string, change: SelectionChange) => this.#open.get(key)?.onChange(change),
        log: (key: string, change: LogChange) => this.#logs.get(key)?.onChange(change),
        text: (key: string, change: TextChange) => this.#texts.get(key)?.onChange(change),
        room: (key: string, news: RoomNews) => this.#rooms.get(key)?.onNews(news),
      },
    )
    addEventListener('online', () => this.#link.tell('wake'))
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#link.tell('wake')
    })
  }

  /** A worker begins that knows nothing of what this window had asked. */
  reopen(): void {
    for (const [key, { selection }] of this.#open) void this.#link.ask.open(key, selection)
    for (const [key, { meeting }] of this.#logs) void this.#link.ask.openLog(key, meeting)
    for (const [key, { room }] of this.#texts) void this.#link.ask.openText(key, room)
    for (const [key, { board, onNews }] of this.#rooms) {
      onNews({ kind: 'out', because: 'offline' })
      void this.#link.ask.openRoom(key, board)
    }
    this.#link.repeat()
  }

  get session(): Data['session'] {
    return this.#mirror.session
  }
  get sync(): Data['sync'] {
    return this.#mirror.sync
  }
  get town(): Data['town'] {
    return this.#mirror.town
  }
  get storage(): Data['storage'] {
    return this.#mirror.storage
  }
  get notes(): Data['notes'] {
    return this.#mirror.notes
  }
  get changes(): number {
    return this.#mirror.changes
  }
  get help(): Data['help'] {
    return this.#mirror.help
  }
  fileState(sha512: string): FileState {
    return this.#mirror.files.get(sha512) ?? notHere
  }
  preference<Value>(key: string): Value | undefined {
    return this.#mirror.preferences.get(key) as Value | undefined
  }

  select<Type extends RecordType>(selection: Selection<Type>): LiveQueryContract<Type> {
    const open: OpenSelection = (onChange) => {
      const key = ulid()
      this.#open.set(key, { selection: selection as Selection, onChange })
      void this.#link.ask.open(key, selection as Selection)
      return () => {
        this.#open.delete(key)
        void this.#link.ask.close(key)
      }
    }
    return new LiveQuery<Type>(open)
  }

  meeting(id: string): LiveMeeting {
    const mirror = this.#meetings.get(id) ?? new MeetingMirror(id, (onChange) => this.#openLog(id, onChange))
    this.#meetings.set(id, mirror)
    return new LiveMeeting(id, mirror, this.#link.ask)
  }

  #openLog(meeting: string, onChange: (change: LogChange) => void): () => void {
    const key = ulid()
    this.#logs.set(key, { meeting, onChange })
    void this.#link.ask.openLog(key, meeting)
    return () => {
      this.#logs.delete(key)
      this.#meetings.delete(meeting)
      void this.#link.ask.closeLog(key)
    }
  }

  text(room: TextRoom): TextUpdates {
    return {
      room,
      follow: (onChange) => {
        const key = ulid()
        this.#texts.set(key, { room, onChange })
        void this.#link.ask.openText(key, room)
        return () => {
          this.#texts.delete(key)
          void this.#link.ask.closeText(key)
        }
      },
      append: (id, update) => this.#link.ask.appendToText(id, update),
    }
  }

  room(board: string): RoomLine {
    const keys = new Set<string>()
    return {
      board,
      follow: (onNews) => {
        const key = ulid()
        keys.add(key)
        this.#rooms.set(key, { board, onNews })
        void this.#link.ask.openRoom(key, board)
        return () => {
          keys.delete(key)
          this.#rooms.delete(key)
          void this.#link.ask.closeRoom(key)
        }
      },
      send: (kind, body, peers = []) => {
        for (const key of keys) this.#link.tell('sendToRoom', key, kind, body, peers)
      },
    }
  }

  newId<Type extends RecordType>(type: Type): `${Type}:${string}` {
    return `${type}:${ulid()}`
  }

  openBoard: Data['openBoard'] = (board) =>
    this.#link.ask.openBoard({ ...plain(board), id: this.newId('board'), firstPage: ulid() })
  changeBoard: Data['changeBoard'] = (id, change) => this.#link.ask.changeBoard(id, plain(change))
  screenPass: Data['screenPass'] = (screen) => this.#link.ask.screenPass(plain(screen))
  signIn: Data['signIn'] = (login, password) => this.#link.ask.signIn(login, password)
  signOut: Data['signOut'] = (options) => this.#link.ask.signOut(options)
  setUp: Data['setUp'] = (request) => this.#link.ask.setUp(request)
  acceptInvitation: Data['acceptInvitation'] = (code, request) => this.#link.ask.acceptInvitation(code, request)
  readInvitation: Data['readInvitation'] = (code) => this.#link.ask.readInvitation(code)
  search: Data['search'] = (text, limit) => this.#link.ask.search(text, limit)
  save: Data['save'] = (record) => this.#link.ask.save(plain(record))
  saveNote: Data['saveNote'] = (about, text, before) => this.#link.ask.saveNote(about, text, before)
  revert: Data['revert'] = (id) => this.#link.ask.revert(id)
  presenceCode: Data['presenceCode'] = (meeting) => this.#link.ask.presenceCode(meeting)
  arriveByCode: Data['arriveByCode'] = (meeting, code) => this.#link.ask.arriveByCode(meeting, code)
  minutesPdf: Data['minutesPdf'] = (request) => this.#link.ask.minutesPdf(plain(request))
  presentedMinutes: Data['presentedMinutes'] = (meeting) => this.#link.ask.presentedMinutes(meeting)
  actOnMinutes: Data['actOnMinutes'] = (meeting, act) => this.#link.ask.actOnMinutes(meeting, plain(act))
  openFile: Data['openFile'] = (file) => this.#link.ask.openFile(plain(file))
  addFile: Data['addFile'] = (bytes, name, term) => this.#link.ask.addFile(bytes, name, term)
  setQuota: Data['setQuota'] = (bytes) => this.#link.ask.setQuota(bytes)
  requestPairing: Data['requestPairing'] = (meeting) => this.#link.ask.requestPairing(meeting)
  claimPairing: Data['claimPairing'] = (secret) => this.#link.ask.claimPairing(secret)
  pairingInfo: Data['pairingInfo'] = (code) => this.#link.ask.pairingInfo(code)
  confirmPairing: Data['confirmPairing'] = (code, what) => this.#link.ask.confirmPairing(code, what)
  roomDevices: Data['roomDevices'] = () => this.#link.ask.roomDevices()
  changeRoomDevice: Data['changeRoomDevice'] = (id, change) => this.#link.ask.changeRoomDevice(id, plain(change))
  revokeRoomDevice: Data['revokeRoomDevice'] = (id) => this.#link.ask.revokeRoomDevice(id)
  helpRoomDevice: Data['helpRoomDevice'] = (id, help) => this.#link.ask.helpRoomDevice(id, plain(help))
  forgetHelp: Data['forgetHelp'] = () => this.#link.ask.forgetHelp()
  describeApp: Data['describeApp'] = (app) => this.#link.tell('describeApp', app)
  invite: Data['invite'] = (request) => this.#link.ask.invite(request)
  invitations: Data['invitations'] = () => this.#link.ask.invitations()
  withdrawInvitation: Data['withdrawInvitation'] = (id) => this.#link.ask.withdrawInvitation(id)
  accounts: Data['accounts'] = () => this.#link.ask.accounts()
  changeAccount: Data['changeAccount'] = (id, change) => this.#link.ask.changeAccount(id, change)
  devices: Data['devices'] = (account) => this.#link.ask.devices(account)
  revokeDevice: Data['revokeDevice'] = (id) => this.#link.ask.revokeDevice(id)
  refresh: Data['refresh'] = () => this.#link.tell('wake')
  setPreference: Data['setPreference'] = (key, value) => this.#link.ask.setPreference(key, value)
}
