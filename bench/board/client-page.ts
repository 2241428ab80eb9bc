export type System = 'ours' | 'y-webrtc' | 'y-websocket'

/** The clients of one page. */
export interface BenchPage {
  /** @param urls for ours a socket each, for the others their server */
  open(system: System, room: string, urls: readonly string[]): void
  /** How many names each of the clients has. */
  named(): number[]
  name(client: number, name: string): void
  draw(client: number, key: string): void
  /** Milliseconds from drawing to each of the documents here that got it from elsewhere. */
  seen(): number[]
  /** Links of each client, where there are any. */
  links(): number[]
}
