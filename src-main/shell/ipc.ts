import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import * as v from 'valibot'
import { askArguments } from '../../shared/ipc/ask-arguments.ts'
import {
  askChannels,
  type QuitAnswer,
  quitAnswers,
  type ShellAsks,
  type ShellTells,
  tellChannels,
  windowChannels,
} from '../../shared/ipc/contract.ts'
import type { Log } from './services/log.ts'
import { isAppUrl } from './services/app-protocol.ts'

/** What answers each ask. Whatever it throws is logged here and reaches the window without its text. */
export type AskHandlers = {
  readonly [Ask in keyof ShellAsks]: (
    ...args: Parameters<ShellAsks[Ask]>
  ) => ReturnType<ShellAsks[Ask]> | Promise<ReturnType<ShellAsks[Ask]>>
}

/** Only the top frame of a page of ours is heard: no embedded frame, no page of another origin. */
function isOwnPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isAppUrl(frame.url)
}

/** Answers the asks of windows. Each passes here: sender checked, arguments parsed, failures logged in one place. */
export function answerAsks(handlers: AskHandlers, log: Log): () => void {
  const names = Object.keys(askChannels) as (keyof ShellAsks)[]
  for (const ask of names) {
    ipcMain.handle(askChannels[ask], async (event, ...given: unknown[]) => {
      if (!isOwnPage(event)) {
        log.warn({ ask }, 'refused an ask of a foreign page')
        throw new Error('refused')
      }
      const args = v.safeParse(askArguments[ask], given)
      if (!args.success) {
        log.warn({ ask, faults: args.issues.map((issue) => issue.type) }, 'refused an ask with unfit arguments')
        throw new Error(`${ask}: unfit arguments`)
      }
      try {
        return await (handlers[ask] as (...args: unknown[]) => unknown)(...args.output)
      } catch (error) {
        log.error({ ask, error }, 'an ask failed')
        throw new Error(`${ask}: failed`, { cause: error })
      }
    })
  }
  return () => names.forEach((ask) => ipcMain.removeHandler(askChannels[ask]))
}

/** The way of tells to windows; a window hears what its page listens to. */
export class Tells {
  readonly #listening = new WeakMap<WebContents, Set<string>>()
  readonly #awaited = new Map<WebContents, (answer: QuitAnswer) => void>()

  constructor() {
    ipcMain.on(windowChannels.listening, (event, tell: unknown) => {
      if (!isOwnPage(event) || typeof tell !== 'string' || !(tell in tellChannels)) return
      this.#heardBy(event.sender).add(tell)
    })
    ipcMain.on(windowChannels.quitAnswer, (event, given: unknown) => {
      const answer = quitAnswers.find((known) => known === given)
      if (answer && isOwnPage(event)) this.#awaited.get(event.sender)?.(answer)
    })
  }

  tell<Tell extends keyof ShellTells>(window: WebContents, tell: Tell, ...args: Parameters<ShellTells[Tell]>): void {
    if (!window.isDestroyed() && this.#heardBy(window).has(tell)) window.send(tellChannels[tell], ...args)
  }

  /**
   * Asks a window whether it may close: `late` when it says nothing for `limit` milliseconds; a person whom it asks may
   * take any time.
   */
  askToClose(window: WebContents, limit: number): Promise<'ready' | 'stay' | 'late'> {
    if (window.isDestroyed() || !this.#heardBy(window).has('quitting')) return Promise.resolve('ready')
    return new Promise((resolve) => {
      const end = (answer: 'ready' | 'stay' | 'late') => {
        clearTimeout(timer)
        this.#awaited.delete(window)
        resolve(answer)
      }
      const timer = setTimeout(() => end('late'), limit)
      this.#awaited.set(window, (answer) => (answer === 'asking' ? clearTimeout(timer) : end(answer)))
      window.once('destroyed', () => end('ready'))
      this.tell(window, 'quitting')
    })
  }

  #heardBy(window: WebContents): Set<string> {
    const known = this.#listening.get(window)
    if (known) return known
    const heard = new Set<string>()
    this.#listening.set(window, heard)
    // A page that loads anew listens to nothing until it says so.
    window.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) heard.clear()
    })
    return heard
  }
}
