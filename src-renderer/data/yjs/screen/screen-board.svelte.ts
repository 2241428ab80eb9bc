import * as Y from 'yjs'
import { paths } from '../../../../shared/hub-api/contract.ts'
import { screenScheme, type ScreenEvent } from '../../../../shared/hub-api/screens.ts'
import { streamedEvents } from '../../hub/index.ts'
import { BoardPage } from '../board/index.ts'
import { FromOthers } from '../from-others.ts'
import { integrate } from '../integrate.ts'
import { ScreenPresence } from './screen-presence.ts'

/** Milliseconds before the hub is asked again, and without any sign of life after which the line is dead. */
const againAfter = 1500
const silentFor = 40_000

/** How a screen reaches the hub. */
export interface ScreenHub {
  readonly origin: string
  /** The pass of this screen; undefined where the hub gives none. Rejects while it cannot be reached. */
  pass(): Promise<string | undefined>
}

/**
 * `joining`: what is there still comes; `none`: this screen shows no board that may be seen; `cut-off`: the hub does not
 * answer; `refused`: it does not know this screen.
 */
export type ScreenPhase = 'joining' | 'shown' | 'none' | 'cut-off' | 'refused'

/** A page on a screen. */
export interface ShownPage {
  readonly key: string
  /** Where it stands on its board, from 1. */
  readonly number: number
  /** Of the PDF below it. */
  readonly sha512: string | undefined
  readonly page: BoardPage
  readonly presence: ScreenPresence
}

/**
 * The board that the hub says a screen shows, as it is drawn on. All of it is in this window's memory alone, and gone with
 * the hub's word that it is shown no more, or without any word. Nothing is asked with the rights of who is signed in.
 */
export class ScreenBoard {
  readonly #hub: ScreenHub
  readonly #fromHub = new FromOthers()
  #phase: ScreenPhase = $state('joining')
  #shown: ShownPage | undefined = $state.raw()

  constructor(hub: ScreenHub) {
    this.#hub = hub
  }

  get phase(): ScreenPhase {
    return this.#phase
  }

  /** Undefined unless a page is shown, or still comes. */
  get shown(): ShownPage | undefined {
    return this.#shown
  }

  /** Follows until the returned end. */
  follow(): () => void {
    const ended = new AbortController()
    void this.#follow(ended.signal)
    return () => {
      ended.abort()
      this.#forget()
    }
  }

  async #follow(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      const phase = await this.#listen(ended).catch(() => 'cut-off' as const)
      if (ended.aborted) return
      this.#forget()
      this.#phase = phase
      await new Promise((resolve) => setTimeout(resolve, againAfter))
    }
  }

  /** Hears one stream to its end, and says what the end means. */
  async #listen(ended: AbortSignal): Promise<ScreenPhase> {
    const pass = await this.#hub.pass()
    if (pass === undefined) return 'refused'
    const silent = new AbortController()
    const watch = (): ReturnType<typeof setTimeout> => setTimeout(() => silent.abort(), silentFor)
    let timer = watch()
    const heard = (): void => {
      clearTimeout(timer)
      timer = watch()
    }
    try {
      const response = await fetch(`${this.#hub.origin}${paths.screenBoard}`, {
        ...{ credentials: 'omit', cache: 'no-store', headers: { authorization: `${screenScheme} ${pass}` } },
        signal: AbortSignal.any([ended, silent.signal]),
      })
      if (response.status === 403) return 'refused'
      if (!response.ok || !response.body) return 'cut-off'
      // Until it says a page, there is none.
      this.#phase = 'none'
      for await (const { event, data } of streamedEvents(response.body, heard))
        if (!ended.aborted) this.#hear({ event, ...(JSON.parse(data) as object) } as ScreenEvent)
      return 'cut-off'
    } finally {
      clearTimeout(timer)
    }
  }

  #hear(told: ScreenEvent): void {
    switch (told.event) {
      case 'page':
        return this.#begin(told)
      case 'update':
        if (this.#shown) integrate(this.#shown.page.doc, bytesOf(told.bytes), this.#fromHub)
        return
      case 'glance':
        return this.#shown?.presence.hear(told.peer, bytesOf(told.bytes))
      case 'left':
        return this.#shown?.presence.left(told.peer)
      case 'complete':
        this.#phase = 'shown'
        return
      case 'none':
        this.#forget()
        this.#phase = 'none'
    }
  }

  #begin({ key, page: number, sha512 }: ScreenEvent & { event: 'page' }): void {
    this.#forget()
    const page = new BoardPage(new Y.Doc())
    this.#shown = { key, number, sha512, page, presence: new ScreenPresence(key) }
    this.#phase = 'joining'
  }

  #forget(): void {
    const shown = this.#shown
    this.#shown = undefined
    shown?.page.close()
    shown?.page.doc.destroy()
  }
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
