/** Windows of the desktop app: one of a kind and key; opening it again brings it to the front. */
export interface WindowAddress {
  readonly kind: 'council' | 'reader'
  /** Path inside the app, such as `/meetings/meeting:01J…`. */
  readonly path: string
}

/** Questions of a window to the shell; each answers with a promise. Arguments and answers are structured-clone data. */
export interface ShellAsks {
  /** A secret from the operating system's keyring; null when there is none. */
  readSecret(name: string): string | null
  /** Keeps a secret. `kept: false`: this computer has no keyring, the secret ends with the app. */
  writeSecret(name: string, value: string): { kept: boolean }
  forgetSecret(name: string): void
  /** The hub that this desktop belongs to; null before the first join. */
  readHub(): HubAddress | null
  /** Looks at the hub of a join code (link text with address and fingerprint) without joining it. */
  findHub(joinCode: string): FoundHub | { readonly fault: JoinFault }
  /**
   * Joins the hub of a join code and pins its certificate. Where the desktop belonged to another hub, everything of that
   * one is removed. After a success the shell reloads the windows: their content security policy names the hub.
   */
  joinHub(joinCode: string): HubAddress | { readonly fault: JoinFault }
  openWindow(address: WindowAddress): void
  readKiosk(): KioskView
  /** What the hub says of this device; it is kept, and the app starts so again. */
  obeyKiosk(wish: KioskWish): void
  /** Lets out whoever types the exit code; asks no network. */
  leaveKiosk(code: string): KioskExit
  /** Goes back into the kiosk mode that was left. */
  enterKiosk(): void
  readDisplays(): DisplaysView
  /** Fills another display with the page of what is public; false when that display is gone. */
  showScreen(wish: ScreenWish): boolean
  hideScreen(): void
  appInfo(): { readonly version: string; readonly platform: string; readonly keyring: boolean }
}

/** `wanted`: the hub wants kiosk mode here; `held`: the window fills the screen and is left by the exit code alone. */
export interface KioskView {
  readonly wanted: boolean
  readonly held: boolean
}

export interface KioskWish {
  readonly on: boolean
  /** Hash of the exit code (`exitHashSchema`); the one of before stays without it. There is no kiosk mode without any. */
  readonly exit?: string | undefined
}

/** `wait`: seconds until another code is looked at. */
export type KioskExit = { readonly left: true } | { readonly left: false; readonly wait: number }

/** The displays beside the one on which the app's window stands, and what one of them shows. */
export interface DisplaysView {
  readonly others: readonly {
    readonly id: number
    /** As the system calls it; may be empty. */
    readonly name: string
    readonly width: number
    readonly height: number
  }[]
  /** `isThere`: false while its display is unplugged; it goes on when that is back. */
  readonly shown: { readonly address: string; readonly isThere: boolean } | null
}

export interface ScreenWish {
  readonly display: number
  /** The page `screen.html` with its query, and its pass as fragment. */
  readonly address: string
}

/**
 * Why a hub cannot be joined: no join link, no hub answers, one under another certificate than the link names, or the
 * kiosk mode has to be left first.
 */
export type JoinFault = 'unreadable' | 'unreachable' | 'other-certificate' | 'in-kiosk'

/** A hub that answers under the certificate that its join code names. */
export interface FoundHub extends HubAddress {
  /** Name of its town; empty before the town is set up. */
  readonly town: string
}

export interface HubAddress {
  /** Origin such as `https://192.168.1.20:8443`, without a trailing slash. */
  readonly origin: string
  /** Pin of the hub's key as in its join code; absent where a public authority vouches or on loopback. */
  readonly fingerprint?: string
}

/** News from the shell to a window; nobody answers. */
export interface ShellTells {
  /** A menu entry or shortcut was chosen. */
  command(name: 'search' | 'settings' | 'home' | 'calendar' | 'reload-data'): void
  /** The window is about to close: answer with `answerQuit`. */
  quitting(): void
  /** The system opened the app by a join link. */
  joinLink(link: string): void
  /** The hub's address shows another certificate than the one that was pinned; nothing was sent to it. */
  otherCertificate(): void
  kiosk(view: KioskView): void
  displays(view: DisplaysView): void
  /** Somebody tried to close the window of the kiosk: ask for the exit code. */
  askToLeaveKiosk(): void
}

/** The channel of every ask; a preload and the shell build their two ends from this table. */
export const askChannels = {
  readSecret: 'ask:read-secret',
  writeSecret: 'ask:write-secret',
  forgetSecret: 'ask:forget-secret',
  readHub: 'ask:read-hub',
  findHub: 'ask:find-hub',
  joinHub: 'ask:join-hub',
  openWindow: 'ask:open-window',
  readKiosk: 'ask:read-kiosk',
  obeyKiosk: 'ask:obey-kiosk',
  leaveKiosk: 'ask:leave-kiosk',
  enterKiosk: 'ask:enter-kiosk',
  readDisplays: 'ask:read-displays',
  showScreen: 'ask:show-screen',
  hideScreen: 'ask:hide-screen',
  appInfo: 'ask:app-info',
} as const satisfies Record<keyof ShellAsks, string>

/** The channel of every tell. */
export const tellChannels = {
  command: 'tell:command',
  quitting: 'tell:quitting',
  joinLink: 'tell:join-link',
  otherCertificate: 'tell:other-certificate',
  kiosk: 'tell:kiosk',
  displays: 'tell:displays',
  askToLeaveKiosk: 'tell:ask-to-leave-kiosk',
} as const satisfies Record<keyof ShellTells, string>

/** What a window sends unasked: which tells it listens to, and whether it may close. */
export const windowChannels = { listening: 'window:listening', quitAnswer: 'window:quit-answer' } as const

export const quitAnswers = ['ready', 'asking', 'stay'] as const
/** `ready`: nothing is unsaved; `asking`: a person is asked, one of the others follows; `stay`: the window stays. */
export type QuitAnswer = (typeof quitAnswers)[number]

/** What a preload offers as `window.shell`, and what the web implements without a shell. */
export type Shell = {
  readonly [Ask in keyof ShellAsks]: (...args: Parameters<ShellAsks[Ask]>) => Promise<ReturnType<ShellAsks[Ask]>>
} & {
  /** Listens to a tell; returns the end of it. */
  on<Tell extends keyof ShellTells>(tell: Tell, listener: (...args: Parameters<ShellTells[Tell]>) => void): () => void
  answerQuit(answer: QuitAnswer): void
}
