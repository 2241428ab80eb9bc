import {
  paths,
  type AccountInfo,
  type DeviceInfo,
  type InvitationInfo,
  type PairingInfo,
  type PendingInvitation,
  type PresenceCode,
  type RoomDevice,
} from '../../../shared/hub-api/contract.ts'
import type { ScreenPass } from '../../../shared/hub-api/screens.ts'
import type { Board, Minutes } from '../../../shared/council/records/index.ts'
import { success } from '../../../shared/result.ts'
import type { WorkerAsks } from './contract.ts'
import type { Device } from './device.ts'
import { readValue, writeValue } from './store/device-store.ts'

/** How one window hears of what it follows. */
interface Tells {
  readonly tell: Parameters<Device['queries']['open']>[0]
  readonly tellLog: Parameters<Device['log']['logs']['open']>[0]
  readonly tellText: Parameters<Device['texts']['open']>[0]
  readonly tellRoom: Parameters<Device['rooms']['open']>[0]
}

/** What the worker answers to one window. */
export function answersFor(device: Device, { tell, tellLog, tellText, tellRoom }: Tells): WorkerAsks {
  const { session, queries } = device
  return {
    signIn: (login, password) => session.signIn(login, password),
    signOut: (options) => session.signOut(options),
    setUp: (request) => session.setUp(request),
    acceptInvitation: (code, request) => session.acceptInvitation(code, request),
    open: async (key, selection) => queries.open(tell, key, selection),
    close: async (key) => queries.close(tell, key),
    search: (text, limit) => device.search.find(text, limit),
    save: (record) => device.save(record),
    saveNote: (about, text, before) => device.notes.save(about, text, before),
    openText: async (key, room) => device.texts.open(tellText, key, room),
    closeText: async (key) => device.texts.close(tellText, key),
    appendToText: (id, update) => device.texts.append(id, update),
    openRoom: async (key, board) => device.rooms.open(tellRoom, key, board),
    closeRoom: async (key) => device.rooms.close(tellRoom, key),
    openBoard: (board) => device.hub.ask<Board>('POST', paths.boards, board),
    screenPass: (screen) => device.hub.ask<ScreenPass>('POST', paths.screens, screen),
    changeBoard: (id, change) => device.hub.ask<Board>('PATCH', paths.board(id), change),
    revert: (id) => device.outbox.inTurn(id, () => revert(device, id)),
    ...meetingAnswers(device, tellLog),
    openFile: (file) => device.files.open(file),
    addFile: (bytes, name, term) => device.files.add(bytes, name, term),
    setQuota: async (bytes) => {
      await writeValue(device.store, 'quota', bytes)
      await device.cache.setQuota(bytes)
    },
    setPreference: (key, value) => setPreference(device, key, value),
    ...administrationAnswers(device),
    ...roomDeviceAnswers(device),
  }
}

type Meetings =
  | 'openLog'
  | 'closeLog'
  | 'writeEvent'
  | 'castBallot'
  | 'verifyLog'
  | 'presenceCode'
  | 'arriveByCode'
  | 'minutesPdf'
  | 'actOnMinutes'
  | 'presentedMinutes'

/** What happens in meetings. */
function meetingAnswers({ hub, log }: Device, tell: Tells['tellLog']): Pick<WorkerAsks, Meetings> {
  return {
    openLog: async (key, meeting) => log.logs.open(tell, key, meeting),
    closeLog: async (key) => log.logs.close(tell, key),
    writeEvent: (meeting, body) => log.writing.write(meeting, body),
    castBallot: (meeting, ballot) => log.ballots.cast(meeting, ballot),
    verifyLog: (meeting) => log.verify(meeting),
    presenceCode: (meeting) => hub.ask<PresenceCode>('GET', paths.presence(meeting)),
    actOnMinutes: (meeting, act) => hub.ask<void>('POST', paths.minutes(meeting), act),
    arriveByCode: (meeting, code) => hub.ask<void>('POST', paths.presence(meeting), { code }),
    presentedMinutes: (meeting) => hub.ask<Minutes>('GET', paths.presentedMinutes(meeting)),
    minutesPdf: (request) => hub.askBytes(paths.minutesPdf, request),
  }
}

type Administration =
  | 'readInvitation'
  | 'invite'
  | 'invitations'
  | 'withdrawInvitation'
  | 'accounts'
  | 'changeAccount'
  | 'devices'
  | 'revokeDevice'

/** What only the hub knows. */
function administrationAnswers({ hub, mirror }: Device): Pick<WorkerAsks, Administration> {
  return {
    readInvitation: async (code) => {
      const answer = await hub.ask<InvitationInfo>('GET', paths.invitation(code))
      return answer.ok ? success({ name: answer.value.name, town: mirror.parts.town?.name ?? '' }) : answer
    },
    invite: async (request) => {
      const answer = await hub.ask<InvitationInfo>('POST', paths.invitations, request)
      if (!answer.ok) return answer
      return success({ ...answer.value, url: `${hub.origin}/app/#/invitation/${answer.value.code}` })
    },
    invitations: () => hub.ask<PendingInvitation[]>('GET', paths.invitations),
    withdrawInvitation: (id) => hub.ask<void>('DELETE', paths.invitation(id)),
    accounts: () => hub.ask<AccountInfo[]>('GET', paths.accounts),
    changeAccount: (id, change) => hub.ask<AccountInfo>('PATCH', paths.account(id), change),
    devices: (account) =>
      hub.ask<DeviceInfo[]>('GET', account ? `${paths.devices}?account=${encodeURIComponent(account)}` : paths.devices),
    revokeDevice: (id) => hub.ask<void>('DELETE', paths.device(id)),
  }
}

type RoomDevices =
  | 'requestPairing'
  | 'claimPairing'
  | 'pairingInfo'
  | 'confirmPairing'
  | 'roomDevices'
  | 'changeRoomDevice'
  | 'revokeRoomDevice'
  | 'helpRoomDevice'
  | 'forgetHelp'

/** Boards that belong to rooms: on the board itself, and for who lets it in. */
function roomDeviceAnswers({ hub, session, help }: Device): Pick<WorkerAsks, RoomDevices> {
  return {
    requestPairing: (meeting) => session.requestPairing(meeting),
    claimPairing: (secret) => session.claimPairing(secret),
    pairingInfo: (code) => hub.ask<PairingInfo>('GET', paths.pairing(code)),
    confirmPairing: (code, what) => hub.ask<void>('POST', paths.pairing(code), what),
    roomDevices: () => hub.ask<RoomDevice[]>('GET', paths.roomDevices),
    changeRoomDevice: (id, change) => hub.ask<void>('PATCH', paths.roomDevice(id), change),
    revokeRoomDevice: (id) => hub.ask<void>('DELETE', paths.roomDevice(id)),
    helpRoomDevice: (id, act) => hub.ask<void>('POST', paths.roomDeviceActs(id), act),
    forgetHelp: () => help.forget(),
  }
}

/** Bytes that were never sent go with the record that named them. */
async function revert({ outbox, cache, log }: Device, id: string): Promise<void> {
  if (log.outbox.get(id)?.row.refusal) return log.outbox.drop(id)
  const sha512 = outbox.get(id)?.revisions[0]['sha512']
  await outbox.drop(id)
  if (typeof sha512 === 'string' && cache.row(sha512)?.waiting) await cache.remove([sha512])
}

async function setPreference(device: Device, key: string, value: unknown): Promise<void> {
  const { store, session, mirror } = device
  const account = session.current?.account.id
  if (!account) return
  mirror.set({ preferences: new Map(mirror.parts.preferences).set(key, value) })
  const all = (await readValue(store, 'preferences')) ?? {}
  await writeValue(store, 'preferences', { ...all, [account]: Object.fromEntries(mirror.parts.preferences) })
}
