import type { Block, Section } from '../../../council/minutes.ts'

interface Begun {
  readonly section: Omit<Section, 'blocks'>
  /** By source: what is told anew replaces what was told before, at its place. */
  readonly blocks: Map<string, Block>
}

const keyOf = (about: string, isPublic: boolean): string => (isPublic ? about : `${about}:closed`)

/** Collects blocks into sections, in the order in which each section first has something to say. */
export class Sections {
  readonly #begun = new Map<string, Begun>()

  /** What is closed about the same matter has a section of its own. */
  has(about: string, isPublic: boolean): boolean {
    return this.#begun.has(keyOf(about, isPublic))
  }

  add(about: string, isPublic: boolean, heading: string, blocks: readonly Block[]): void {
    const key = keyOf(about, isPublic)
    const begun = this.#begun.get(key) ?? { section: { key, public: isPublic, heading }, blocks: new Map() }
    this.#begun.set(key, begun)
    for (const block of blocks) begun.blocks.set(block.source ?? '', block)
  }

  finish(): Section[] {
    return [...this.#begun.values()].map(({ section, blocks }) => ({ ...section, blocks: [...blocks.values()] }))
  }
}
