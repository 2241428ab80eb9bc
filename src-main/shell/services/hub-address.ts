import { get as getPlain, type RequestOptions } from 'node:http'
import { get as getSecure } from 'node:https'
import * as v from 'valibot'
import { paths } from '../../../shared/hub-api/contract.ts'
import { linkToJoinCode } from '../../../shared/hub-api/join-code.ts'
import type { HubAddress, ShellAsks } from '../../../shared/ipc/contract.ts'
import { connectPinned } from './hub-pin.ts'
import { readState, writeState } from './state-file.ts'

const patience = 10_000
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

  /** Joins the hub of a join code: only when it answers as a hub, under the certificate that the code names. */
  async join(joinCode: string): Promise<ReturnType<ShellAsks['joinHub']>> {
    const code = linkToJoinCode(joinCode)
    if (!code.ok) return { fault: 'unreadable' }
    const found = await lookUp(code.value)
    if (found !== 'found') return { fault: found }
    this.#address = code.value
    writeState(this.#path, code.value)
    return code.value
  }
}

function readAddress(path: string): HubAddress | null {
  const stored = v.safeParse(schema, readState(path))
  if (!stored.success) return null
  const { origin, fingerprint } = stored.output
  return fingerprint === undefined ? { origin } : { origin, fingerprint }
}

async function lookUp(hub: HubAddress): Promise<'found' | 'unreachable' | 'other-certificate'> {
  if (hub.origin.startsWith('http:')) return (await answersAsHub(hub, getPlain, {})) ? 'found' : 'unreachable'
  const socket = await connectPinned(hub, patience)
  if (typeof socket === 'string') return socket
  const answers = await answersAsHub(hub, getSecure, { createConnection: () => socket })
  socket.destroy()
  return answers ? 'found' : 'unreachable'
}

function answersAsHub(hub: HubAddress, get: typeof getPlain, options: RequestOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(hub.origin + paths.town, { ...options, agent: false, timeout: patience }, (response) => {
      response.resume()
      const type = response.headers['content-type'] ?? ''
      response.once('end', () => resolve(response.statusCode === 200 && type.startsWith('application/json')))
      response.once('error', () => resolve(false))
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })
}
