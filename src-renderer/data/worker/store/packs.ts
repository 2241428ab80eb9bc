import { typeOfId } from '../../../../shared/oparl/record.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { OpenCopy } from './databases.ts'
import type { DeviceStore } from './device-store.ts'
import { sealText, unsealText } from './sealing.ts'

/** One line of a pack's titles: what a search of closed terms reads, `<id>\t<title>\t<detail>\t<lower-case words>`. */
export type TitleLine = (document: StoredDocument) => string | undefined

/** Documents of closed terms: immutable texts, parsed only when their type is shown. */
export class Packs {
  #store: DeviceStore
  #titleLine: TitleLine

  constructor(store: DeviceStore, titleLine: TitleLine) {
    this.#store = store
    this.#titleLine = titleLine
  }

  async has(open: OpenCopy, digest: string): Promise<boolean> {
    return (await this.#store.count('packs', `${open.copy.key}/${digest}`)) > 0
  }

  async keep(open: OpenCopy, digest: string, text: string): Promise<void> {
    const documents = parseLines(text)
    const types = [...new Set(documents.flatMap(({ _id }) => typeOfId(_id) ?? []))]
    const titles = documents.flatMap((document) => this.#titleLine(document) ?? []).join('\n')
    const key = `${open.copy.key}/${digest}`
    await this.#store.put('packs', {
      key,
      copy: open.copy.key,
      digest,
      types,
      text: await sealText(open.key, key, text),
      titles: await sealText(open.key, key, titles),
    })
  }

  /** All documents of a type that closed terms hold and that were not deleted since. */
  async readType(open: OpenCopy, type: string): Promise<Map<string, StoredDocument>> {
    const found = new Map<string, StoredDocument>()
    const rows = await this.#store.getAllFromIndex('packs', 'copy', open.copy.key)
    for (const row of rows)
      if (row.types.includes(type))
        for (const document of parseLines(await unsealText(open.key, row.key, row.text), `"${type}:`))
          if (typeOfId(document._id) === type) found.set(document._id, document)
    if (found.size > 0) for (const id of await this.#withdrawn(open)) found.delete(id)
    return found
  }

  /** Titles of everything in closed terms, for searching. */
  async titles(open: OpenCopy): Promise<string> {
    const rows = await this.#store.getAllFromIndex('packs', 'copy', open.copy.key)
    const texts = await Promise.all(rows.map((row) => unsealText(open.key, row.key, row.titles)))
    const withdrawn = new Set(await this.#withdrawn(open))
    const all = texts.join('\n')
    if (withdrawn.size === 0) return all
    return all
      .split('\n')
      .filter((line) => !withdrawn.has(line.slice(0, line.indexOf('\t'))))
      .join('\n')
  }

  async #withdrawn(open: OpenCopy): Promise<string[]> {
    const rows = await this.#store.getAllFromIndex('withdrawn', 'copy', open.copy.key)
    return rows.map(({ id }) => id)
  }
}

const parseLines = (text: string, naming = ''): StoredDocument[] =>
  text.split('\n').flatMap((line) => (line && line.includes(naming) ? (JSON.parse(line) as StoredDocument) : []))
