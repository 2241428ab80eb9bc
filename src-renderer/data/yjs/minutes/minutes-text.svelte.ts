import * as Y from 'yjs'
import type { Block } from '../../../../shared/council/minutes.ts'
import { fingerprintOf, type OwnText, type Wording, type Written } from '../../../../shared/rules/minutes/index.ts'
import type { SharedText } from '../shared-text.svelte.ts'
import { readBlocks } from './blocks.ts'
import { headsName, seedOf, templateSeed, templatesName, type WordingHead } from './seed.ts'

/** What is entered of a person. */
const excused = 'excused'

/** Names of the roots of the document; the JSON of their parts, as sections and sources may hold any letter. */
const ownName = (section: string, after: string): string => JSON.stringify(['own', section, after])
const wordingName = (section: string, source: string, of: string, round: number): string =>
  JSON.stringify(['wording', section, source, of, round])

function ownPlace(name: string): { section: string; after: string } | undefined {
  if (!name.startsWith('["own",')) return undefined
  const [, section, after] = JSON.parse(name) as string[]
  return section === undefined || after === undefined ? undefined : { section, after }
}

/**
 * What people wrote into the minutes of a meeting, and nothing of what follows from its log. Every place has a root of
 * its own in the document, which is there by its name and never made: whoever writes at a place writes in the same text,
 * whether they heard of each other or not.
 */
export class MinutesText {
  readonly text: SharedText
  readonly #written = $derived.by(() => this.#read(this.#version))
  readonly #known = $derived.by(() => this.#readFacts(this.#version))
  readonly #settled = $derived.by(() => this.#readTemplates(this.#version))
  /** Rises with every change of the document, which Svelte does not see. */
  #version = $state(0)

  constructor(text: SharedText) {
    this.text = text
    this.#doc.on('update', () => (this.#version += 1))
  }

  get #doc(): Y.Doc {
    return this.text.doc
  }

  /** Names of wordings, with a fingerprint of the words that they had when somebody gave them up. */
  get #dropped(): Y.Map<string> {
    return this.#doc.getMap('dropped')
  }

  /** Names of wordings, with the fingerprint of the log's block that somebody saw and left aside. */
  get #kept(): Y.Map<string> {
    return this.#doc.getMap('kept')
  }

  /** All that people wrote, as it stands. */
  get written(): Written {
    return this.#written
  }

  /** Name of the root that an editor shows for words between blocks. */
  nameOfOwn = ownName

  /** Begins to change a block of the log; returns the name of the root that an editor shows. */
  rephrase(section: string, block: Block): string {
    const of = fingerprintOf(block)
    let round = 0
    let name = wordingName(section, block.source ?? '', of, round)
    while (this.#dropped.has(name)) name = wordingName(section, block.source ?? '', of, ++round)
    Y.applyUpdate(this.#doc, seedOf(name, section, block))
    return name
  }

  /** Gives a wording up. What others write into it without having heard of that brings it back. */
  drop({ name, blocks }: Wording): void {
    this.#dropped.set(name, fingerprintOf(blocks))
  }

  /** Says that the wording stays, though the log now says something else. */
  keep({ name }: Wording, block: Block): void {
    this.#kept.set(name, fingerprintOf(block))
  }

  /** Sections of whose template somebody said already what becomes of it. */
  get settledTemplates(): ReadonlySet<string> {
    return this.#settled
  }

  /** Inserts the template of a section behind a block of it; returns the name of the root in which its words are. */
  insertTemplate(section: string, after: string, blocks: readonly Block[]): string {
    const name = ownName(section, after)
    Y.applyUpdate(this.#doc, templateSeed(name, section, blocks))
    return name
  }

  /** Does without the template of a section. */
  leaveTemplate(section: string): void {
    this.#templates.set(section, 'left')
  }

  get #templates(): Y.Map<string> {
    return this.#doc.getMap(templatesName)
  }

  /** Who writes the minutes, as somebody entered it. */
  get clerk(): string {
    return this.#known.get('clerk') ?? ''
  }

  set clerk(name: string) {
    this.#doc.getMap<string>('facts').set('clerk', name)
  }

  /** Absent members of whom somebody entered that they are excused. */
  get excused(): ReadonlySet<string> {
    return new Set([...this.#known].flatMap(([key, value]) => (value === excused ? [key] : [])))
  }

  excuse(person: string, isExcused: boolean): void {
    const facts = this.#doc.getMap<string>('facts')
    if (isExcused) facts.set(person, excused)
    else facts.delete(person)
  }

  #readFacts(_version: number): ReadonlyMap<string, string> {
    return new Map(this.#doc.getMap<string>('facts'))
  }

  #readTemplates(_version: number): ReadonlySet<string> {
    return new Set(this.#templates.keys())
  }

  #read(_version: number): Written {
    return { own: this.#readOwn(), wordings: this.#readWordings() }
  }

  #readOwn(): OwnText[] {
    return [...this.#doc.share.keys()].flatMap((name) => {
      const place = ownPlace(name)
      const blocks = place ? readBlocks(this.#doc.getXmlFragment(name)) : []
      return place && blocks.length > 0 ? [{ ...place, blocks }] : []
    })
  }

  #readWordings(): Wording[] {
    return [...this.#doc.getMap<WordingHead>(headsName)].flatMap(([name, { section, source, of, begun }]) => {
      const blocks = readBlocks(this.#doc.getXmlFragment(name))
      const words = fingerprintOf(blocks)
      if (words === begun || words === this.#dropped.get(name)) return []
      const kept = this.#kept.get(name)
      return [{ name, section, source, of, blocks, ...(kept === undefined ? {} : { kept }) }]
    })
  }
}
