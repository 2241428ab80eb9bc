import type { webcrypto } from 'node:crypto'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { KeyCertificate } from '../../../council/key-certificate.ts'
import type { Author, EventBody, MeetingEvent } from '../../../council/meeting-event.ts'
import type { Signing } from '../../../ports/signing.ts'
import { chair, clerk, hub, makeHistory, members, strangers } from '../testing/history.arbitrary.ts'
import { certificateText, digestText, type LogFault, signedText, verifyLog } from '../verification/index.ts'

const utf8 = new TextEncoder()
const hex = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('hex')
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes))
const fingerprint = (publicKey: string): Promise<string> => sha256(Uint8Array.from(Buffer.from(publicKey, 'base64')))

const signing: Signing = {
  digest: (text) => sha256(utf8.encode(text)),
  fingerprint,
  async verify(publicKey, text, signature) {
    try {
      const key = await crypto.subtle.importKey('raw', Buffer.from(publicKey, 'base64'), 'Ed25519', false, ['verify'])
      return await crypto.subtle.verify('Ed25519', key, Buffer.from(signature, 'base64'), utf8.encode(text))
    } catch {
      return false
    }
  },
}

interface Key {
  readonly publicKey: string
  readonly fingerprint: string
  sign(text: string): Promise<string>
}

async function newKey(): Promise<Key> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const publicKey = Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('base64')
  const sign = async (text: string): Promise<string> =>
    Buffer.from(await crypto.subtle.sign('Ed25519', pair.privateKey, utf8.encode(text))).toString('base64')
  return { publicKey, fingerprint: await fingerprint(publicKey), sign }
}

async function certify(by: Key, key: Key, { account, person, roles }: Author): Promise<KeyCertificate> {
  const certificate: Omit<KeyCertificate, 'signature'> = {
    ...{ publicKey: key.publicKey, account, person, roles, device: 'device' },
    ...{ issued: '2026-05-04T12:00:00Z', hub: by.fingerprint },
  }
  return { ...certificate, signature: await by.sign(certificateText(certificate)) }
}

async function sign(key: Key, event: MeetingEvent): Promise<MeetingEvent> {
  const { signature: _, ...rest } = event
  return { ...rest, signature: await key.sign(signedText(rest)) }
}

/** The events of a random meeting as devices sign and chain them, the hub's own by its own key. */
async function signedLog(
  steps: readonly number[],
  hubKey: Key,
  keys: ReadonlyMap<string, Key>,
): Promise<MeetingEvent[]> {
  const ends = new Map<string, MeetingEvent>()
  const log: MeetingEvent[] = []
  for (const event of makeHistory(steps, { corrections: true }).events) {
    const { account } = event.author
    const key = account === 'hub' ? hubKey : keys.get(account)!
    const end = ends.get(account)
    const author = { ...event.author, key: key.fingerprint }
    const signed = await sign(key, {
      ...event,
      author,
      place: (end?.place ?? 0) + 1,
      previous: end ? await signing.digest(digestText(end)) : null,
      ...(end || account === 'hub' ? {} : { certificate: await certify(hubKey, key, author) }),
    })
    ends.set(account, signed)
    log.push(signed)
  }
  return log
}

let hubKey: Key
let otherHub: Key
const keys = new Map<string, Key>()
beforeAll(async () => {
  hubKey = await newKey()
  otherHub = await newKey()
  for (const { account } of [clerk, chair, ...members, ...strangers]) keys.set(account, await newKey())
})
const check = (events: Iterable<unknown>, trusted = [hubKey.publicKey]) => verifyLog(events, signing, trusted)
const steps = fc.array(fc.nat(), { minLength: 12, maxLength: 25 })
const some = { numRuns: 12 }
const faultsOf = (faults: readonly LogFault[], event: MeetingEvent): LogFault['kind'][] =>
  faults.filter((fault) => fault.event === event._id).map(({ kind }) => kind)
const nextInChain = (log: readonly MeetingEvent[], event: MeetingEvent): MeetingEvent | undefined =>
  log.find(({ author, place }) => author.key === event.author.key && place === event.place + 1)

describe('a log as it was written', () => {
  test('has no fault, in whatever order and however often its events are given, and always the same digest', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (numbers) => {
        const log = await signedLog(numbers, hubKey, keys)
        const found = await check(log)
        expect(found).toMatchObject({ events: log.length, faults: [] })
        expect(found.chains).toBe(new Set(log.map(({ author }) => author.key)).size)
        const stored = [...log, ...log].reverse().map((event) => ({ ...event, _rev: '1-abc' }))
        expect(await check(stored)).toEqual(found)
      }),
      some,
    )
  })

  test('has a chain for every audience that a key wrote into', async () => {
    const [first, second] = [await signedLog([1, 2, 3, 4], hubKey, keys), await signedLog([5, 6, 7], hubKey, keys)]
    const begun = second.find(({ author, place }) => author.account === 'clerk' && place === 1)!
    const later = [await sign(keys.get('clerk')!, { ...begun, _id: begun._id.replace('0000-', '0009-') })]
    const found = await check([...first, ...later])
    expect(found.faults).toEqual([])
    expect(found.chains).toBe(new Set(first.map(({ author }) => author.key)).size + 1)
  })
})

/** Ways to tamper with a log; each says which events must be named, with a kind that must be among the faults. */
type Tampering = (
  log: readonly MeetingEvent[],
  event: MeetingEvent,
) => Promise<{ events: unknown[]; named: [MeetingEvent | undefined, LogFault['kind']][] }>
const replaced = (log: readonly MeetingEvent[], event: MeetingEvent, other: unknown): unknown[] =>
  log.map((one) => (one === event ? other : one))
const lie: EventBody = { kind: 'note-added', text: 'Das wurde nie gesagt' }

const tamperings: Readonly<Record<string, Tampering>> = {
  'taken out': async (log, event) => ({
    events: log.filter((one) => one !== event),
    named: [[nextInChain(log, event), 'missing']],
  }),
  'changed in its content': async (log, event) => {
    const other = { ...event, body: lie }
    return {
      events: replaced(log, event, other),
      named: [
        [event, 'forged'],
        [nextInChain(log, event), 'broken-chain'],
      ],
    }
  },
  'moved to another time': async (log, event) => {
    const other = { ...event, _id: event._id.replace(/[0-9a-f]{4}-/, 'ffff-') }
    return { events: replaced(log, event, other), named: [[other, 'forged']] }
  },
  'exchanged with one that another device signed': async (log, event) => {
    const foreign = keys.get('guest')!
    const other = await sign(foreign, { ...event, body: lie })
    return { events: replaced(log, event, other), named: [[event, 'forged']] }
  },
  'exchanged with one by a key that another hub vouches for': async (log, event) => {
    const key = await newKey()
    const author: Author = { ...event.author, account: chair.account, key: key.fingerprint }
    const _id = event._id.replace(/[^:]+$/, chair.account)
    const certificate = await certify(otherHub, key, author)
    const other = await sign(key, { ...event, _id, author, body: lie, place: 1, previous: null, certificate })
    return { events: replaced(log, event, other), named: [[other, 'uncertified']] }
  },
  'written with roles that the certificate does not give': async (log, event) => {
    const key = keys.get('guest')!
    const author: Author = { ...strangers[0]!, roles: ['chair'], key: key.fingerprint }
    const certificate = await certify(hubKey, key, { ...author, roles: ['guest'] })
    const _id = event._id.replace(/[^:]+$/, author.account)
    const other = await sign(key, { ...event, _id, author, body: lie, place: 1, previous: null, certificate })
    return { events: [...log, other], named: [[other, 'uncertified']] }
  },
  'written in the name of the hub': async (log, event) => {
    const key = keys.get('guest')!
    const _id = event._id.replace(/[^:]+$/, 'hub')
    const author: Author = { ...hub, key: key.fingerprint }
    const other = await sign(key, { ...event, _id, author, body: lie, place: 1, previous: null })
    return { events: [...log, other], named: [[other, 'uncertified']] }
  },
  'written under the label of a key that is another’s': async (log, event) => {
    const key = keys.get('guest')!
    const author: Author = { ...strangers[0]!, key: keys.get('chair')!.fingerprint }
    const certificate = await certify(hubKey, key, author)
    const _id = event._id.replace(/[^:]+$/, author.account)
    const other = await sign(key, { ...event, _id, author, body: lie, place: 1, previous: null, certificate })
    return { events: [...log, other], named: [[other, 'uncertified']] }
  },
  'put in by its own author afterwards': async (log, event) => {
    const key = event.author.account === 'hub' ? hubKey : keys.get(event.author.account)!
    const _id = event._id.replace(/[0-9a-f]{4}-/, '0001-')
    const other = await sign(key, { ...event, _id, body: lie })
    const isFirst = event.place === 1
    return { events: [...log, other], named: isFirst ? [] : [[other, 'broken-chain']] }
  },
  'made unreadable': async (log, event) => ({
    events: replaced(log, event, { ...event, body: { kind: 'nonsense' } }),
    named: [[event, 'unreadable']],
  }),
}

describe('an event is named that was', () => {
  test.each(Object.entries(tamperings))('%s', async (_name, tamper) => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (numbers, place) => {
        const log = await signedLog(numbers, hubKey, keys)
        const event = log[place % log.length]!
        const { events, named } = await tamper(log, event)
        const whole = await check(log)
        const found = await check(events)
        for (const [one, kind] of named) if (one) expect(faultsOf(found.faults, one)).toContain(kind)
        expect(found.digest).not.toBe(whole.digest)
      }),
      some,
    )
  })

  test('dated before the event that it follows', async () => {
    const log = await signedLog([11, 12, 13, 14, 15, 16, 17, 18], hubKey, keys)
    const event = log.filter(({ author }) => author.account === 'clerk').at(-1)!
    const other = await sign(keys.get('clerk')!, { ...event, _id: event._id.replace(/:[0-9a-f]{12}/, ':000000000001') })
    const { faults } = await check([...log.filter((one) => one !== event), other])
    expect(faults).toEqual([{ kind: 'reordered', event: other._id, account: 'clerk', place: other.place }])
  })
})

test('where no hub is trusted, nothing is certified', async () => {
  const log = await signedLog([1, 2, 3], hubKey, keys)
  const { faults } = await check(log, [otherHub.publicKey])
  expect(faults.map(({ kind, event }) => ({ kind, event }))).toEqual(
    log.map(({ _id }) => ({ kind: 'uncertified', event: _id })).sort((a, b) => (a.event < b.event ? -1 : 1)),
  )
})

test('what is no event at all is named, and does not stop the check', async () => {
  const log = await signedLog([1, 2, 3], hubKey, keys)
  const { faults, events } = await check([null, 'text', { _id: 'event:x' }, ...log])
  expect(events).toBe(log.length)
  expect(faults.map(({ kind, event }) => [kind, event])).toEqual([
    ['unreadable', ''],
    ['unreadable', ''],
    ['unreadable', 'event:x'],
  ])
})
