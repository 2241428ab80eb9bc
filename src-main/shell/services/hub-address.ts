import { get as getPlain, type RequestOptions } from 'node:http'
import { get as getSecure } from 'node:https'
import * as v from 'valibot'
import { paths } from '../../../shared/hub-api/contract.ts'
import { linkToJoinCode } from '../../../shared/hub-api/join-code.ts'
import type { FoundHub, HubAddress, JoinFault } from '../../../shared/ipc/contract.ts'
import { connectPinned } from './hub-pin.ts'
import { readState, writeState } from './state-file.ts'

/** Milliseconds, and characters: a stranger may answer. */
const patience = 10_000
const longestAnswer = 100_000
const townSchema = v.pipe(v.string(), v.parseJson(), v.object({ name: v.pipe(v.string(), v.maxLength(200)) }))
const schema = v.pipe(
  v.strictObject({ origin: v.string(), fingerprint: v.optional(v.string()) }),
  v.check(({ origin }) => URL.canParse(origin)),
)

/** The hub that this desktop belongs to: named by the environment, else the one that it joined. */
export class HubAddressBook {
  readonly #path: string
  #address: HubAddress | null

  /** @param given Origin of a hub on this computer, as `npm start` names it; it is used but not remembered. */
  constructor(path: string, given: string | undefined) {
    this.#path = path
    this.#address = given ? { origin: new URL(given).origin } : readAddress(path)
  }

  get address(): HubAddress | null {
    return this.#address
  }

  /** The hub of a join code: only when it answers as a hub, under the certificate that the code names. */
  async find(joinCode: string): Promise<FoundHub | { fault: JoinFault }> {
    const code = linkToJoinCode(joinCode)
    if (!code.ok) return { fault: 'unreadable' }
    const town = await askTown(code.value)
    return typeof town === 'string' ? { fault: town } : { ...code.value, town: town.name }
  }

  /** This desktop belongs to a hub from now on. */
  keep({ origin, fingerprint }: HubAddress): HubAddress {
    const address = fingerprint === undefined ? { origin } : { origin, fingerprint }
    writeState(this.#path, address)
    return (this.#address = address)
  }
}

function readAddress(path: string): HubAddress | null {
  const stored = v.safeParse(schema, readState(path))
  if (!stored.success) return null
  const { origin, fingerprint } = stored.output
  return fingerprint === undefined ? { origin } : { origin, fingerprint }
}

type Answer = v.InferOutput<typeof townSchema>

async function askTown(hub: HubAddress): Promise<Answer | 'unreachable' | 'other-certificate'> {
  if (hub.origin.startsWith('http:')) return readTown(hub, getPlain, {})
  const socket = await connectPinned(hub, patience)
  if (typeof socket === 'string') return socket
  const town = await readTown(hub, getSecure, { createConnection: () => socket })
  socket.destroy()
  return town
}

/** What anybody may ask a hub; whoever answers otherwise is none. */
function readTown(hub: HubAddress, get: typeof getPlain, options: RequestOptions): Promise<Answer | 'unreachable'> {
  return new Promise((resolve) => {
    const give = (text: string | undefined) => {
      const town = v.safeParse(townSchema, text)
      resolve(town.success ? town.output : 'unreachable')
    }
    const request = get(hub.origin + paths.town, { ...options, agent: false, timeout: patience }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        if (text.length > longestAnswer) request.destroy()
      })
      response.once('end', () => give(response.statusCode === 200 ? text : undefined))
      response.once('error', () => give(undefined))
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => give(undefined))
  })
}
