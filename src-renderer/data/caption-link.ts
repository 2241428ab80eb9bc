import { captionPaths, type CaptionDesk, type CaptionRefusal } from '../../shared/hub-api/captions.ts'
import { failed } from '../../shared/result.ts'
import type { CaptionFailure, CaptionLink } from './contract.ts'
import { readFailure, streamedEvents, type HubClient } from './hub/index.ts'

/** Milliseconds before the desk is asked for again, and without any sign of life after which its end is gone. */
const againAfter = 1500
const silentFor = 40_000
/** Milliseconds for the hub to take words. */
const answerWithin = 8000

/** Speaks of the captions of one meeting to the hub. */
export const captionLink = (hub: HubClient, meeting: string): CaptionLink => ({
  async tell(request) {
    const answer = await hub.ask<void>('POST', captionPaths.captions(meeting), request, answerWithin)
    return answer.ok ? answer : failed(whyRefused(answer.failure))
  },
  setTurn: (account) => hub.ask('PUT', captionPaths.turn(meeting), { account }, answerWithin),
  bring: (vtt) => hub.ask('POST', captionPaths.import(meeting), { vtt }),
  follow(listener) {
    const ended = new AbortController()
    void follow(hub, captionPaths.desk(meeting), { listener, ended: ended.signal })
    return () => ended.abort()
  },
})

type Failure = Extract<Awaited<ReturnType<HubClient['ask']>>, { ok: false }>['failure']

function whyRefused(failure: Failure): CaptionFailure {
  if (failure === 'unreachable') return failure
  if ('reason' in failure) return (failure as CaptionRefusal).reason
  const isFinal = ['bad-request', 'forbidden', 'not-found', 'not-signed-in', 'revoked'].includes(failure.error)
  // A hub or proxy that is busy or restarts may take the words later.
  return isFinal ? 'forbidden' : 'unreachable'
}

interface Following {
  readonly listener: Parameters<CaptionLink['follow']>[0]
  readonly ended: AbortSignal
}

async function follow(hub: HubClient, path: string, { listener, ended }: Following): Promise<void> {
  while (!ended.aborted) {
    const why = await listen(hub, path, { listener, ended }).catch(() => 'unreachable' as const)
    if (ended.aborted) return
    listener(why)
    await new Promise((resolve) => setTimeout(resolve, againAfter))
  }
}

/** Hears one stream to its end. By fetch, as an `EventSource` cannot carry the desktop's token. */
async function listen(
  hub: HubClient,
  path: string,
  { listener, ended }: Following,
): Promise<'unreachable' | 'missing'> {
  const silent = new AbortController()
  const watch = (): ReturnType<typeof setTimeout> => setTimeout(() => silent.abort(), silentFor)
  let timer = watch()
  try {
    const response = await hub.request(path, { signal: AbortSignal.any([ended, silent.signal]) })
    if (!response?.ok || !response.body)
      return response && (await readFailure(response)).error === 'not-found' ? 'missing' : 'unreachable'
    const heard = (): void => {
      clearTimeout(timer)
      timer = watch()
    }
    for await (const { event, data } of streamedEvents(response.body, heard))
      if (event === 'desk') listener(JSON.parse(data) as CaptionDesk)
    return 'unreachable'
  } finally {
    clearTimeout(timer)
  }
}
