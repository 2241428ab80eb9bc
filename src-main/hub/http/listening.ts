import type { FastifyInstance } from 'fastify'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { HubConfig } from '../config.ts'
import { StartFault } from '../start-fault.ts'

/** How long answers under way may take once the hub stops. */
const stopMs = 10_000

const remedies: Readonly<Record<string, (config: HubConfig) => string>> = {
  EADDRINUSE: ({ listen }) =>
    `Port ${listen.port} on ${listen.host} is taken by another program, perhaps another hub. Stop it, or set listen.port to another one.`,
  EACCES: ({ listen }) =>
    `This user may not listen on port ${listen.port}. Set listen.port to one from 1024 on, or allow it to the service.`,
  EADDRNOTAVAIL: ({ listen }) =>
    `listen.host: ${listen.host} is no address of this machine. Use 127.0.0.1, 0.0.0.0 or one of its own.`,
  ENOTFOUND: ({ listen }) =>
    `listen.host: nobody knows ${listen.host}. Use 127.0.0.1, 0.0.0.0 or an address of this machine.`,
}

/** Opens the server for requests and says at which port. Throws `StartFault` when the address cannot be had. */
export async function listen(app: FastifyInstance, config: HubConfig): Promise<number> {
  try {
    await app.listen({ ...config.listen, listenTextResolver: () => 'listening' })
  } catch (fault) {
    const remedy = remedies[(fault as NodeJS.ErrnoException).code ?? '']
    throw remedy ? new StartFault(remedy(config)) : fault
  }
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

/** Takes no more requests, lets those under way end, and cuts what has not ended after ten seconds. */
export async function stopListening(app: FastifyInstance): Promise<void> {
  // Connections stay open for a next request; once their answer is out, they are the ones to close.
  const closeIdle = setInterval(() => app.server.closeIdleConnections(), 50)
  const cut = setTimeout(() => app.server.closeAllConnections(), stopMs)
  await app.close()
  clearTimeout(cut)
  clearInterval(closeIdle)
}

/** How others call the hub; one that listens everywhere goes by its first address in the network. */
export function originOf({ listen: { host } }: HubConfig, port: number, isTls: boolean): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outward = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
  const name = everywhere ? outward : isIPv6(host) ? `[${host}]` : host
  return `${isTls ? 'https' : 'http'}://${name}:${port}`
}
