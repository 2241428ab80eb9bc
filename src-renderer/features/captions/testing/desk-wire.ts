import type { CaptionAct } from '../../../../shared/council/caption.ts'
import type { CaptionDesk, CaptionRequest, CaptionsImported } from '../../../../shared/hub-api/captions.ts'
import { captionsOf, type CaptionRefusalReason } from '../../../../shared/rules/broadcast/captions.ts'
import { readWebVtt } from '../../../../shared/rules/broadcast/webvtt.ts'
import { failed, success } from '../../../../shared/result.ts'
import type { CaptionLink } from '../../../data/contract.ts'

const names: Readonly<Record<string, string>> = { 'account:me': 'Ada Amt', 'account:other': 'Ben Protokoll' }

/** The wire to the hub, which keeps what goes over it and folds it as the hub does; it can be cut. */
export class DeskWire {
  readonly heard: CaptionRequest[] = []
  isCut = false
  /** What the next words are refused for. */
  refusal: CaptionRefusalReason | undefined
  desk: Omit<CaptionDesk, 'lines' | 'now' | 'present'> = {
    ...{ open: true, because: [], ended: false, delay: 0, turn: 'account:me' },
  }
  readonly #acts: CaptionAct[] = []
  readonly #listeners = new Map<Parameters<CaptionLink['follow']>[0], string>()

  /** Somebody else at the desk says something. */
  say(account: string, request: CaptionRequest): void {
    const signed = { by: account, name: names[account] ?? account, at: new Date().toISOString() }
    this.#acts.push({ ...request, ...signed })
    this.tell()
  }

  tell(): void {
    const present = [...new Set(this.#listeners.values())].map((account) => ({ account, name: names[account] ?? '' }))
    const lines = [...captionsOf(this.#acts).values()].map((each) => ({
      ...each,
      state: each.takenBack ? ('taken-back' as const) : ('shown' as const),
    }))
    for (const listener of this.#listeners.keys())
      listener(this.isCut ? 'unreachable' : { ...this.desk, present, lines, now: Date.now() })
  }

  cut(isCut: boolean): void {
    this.isCut = isCut
    this.tell()
  }

  linkOf(account: string): CaptionLink {
    return {
      tell: async (request) => {
        if (this.isCut) return failed('unreachable')
        if (this.refusal) return failed(this.refusal)
        this.heard.push(request)
        this.say(account, request)
        return success(undefined)
      },
      setTurn: async (turn) => {
        this.desk = { ...this.desk, turn }
        this.tell()
        return success(undefined)
      },
      bring: async (vtt) => {
        const { cues, faults } = readWebVtt(vtt)
        const imported: CaptionsImported = { imported: cues.length, left: [{ line: 9, reason: 'not-public' }] }
        return faults.length > 0 ? failed({ error: 'bad-request', message: '', vtt: faults }) : success(imported)
      },
      follow: (listener) => {
        this.#listeners.set(listener, account)
        this.tell()
        return () => void this.#listeners.delete(listener)
      },
    }
  }
}
