/** How much of the town is made. Meetings and papers count per legislative term. */
export interface Profile {
  readonly running: { readonly meetings: number; readonly papers: number }
  /** Terms that ended, and how much of each is kept. */
  readonly closed: { readonly terms: number; readonly meetings: number; readonly papers: number }
}

export const profiles = {
  /** Loads in seconds: every person and organization, fewer meetings and papers. */
  small: { running: { meetings: 72, papers: 250 }, closed: { terms: 1, meetings: 16, papers: 40 } },
  /** 50,000 documents, 10,000 of them in the running term. */
  large: { running: { meetings: 300, papers: 2500 }, closed: { terms: 4, meetings: 300, papers: 2570 } },
} as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles
export const isProfileName = (name: string): name is ProfileName => Object.hasOwn(profiles, name)
