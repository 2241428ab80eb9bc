import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import type { Block, MinutesDocument } from '../../../../shared/council/minutes.ts'
import { arrange, fingerprintOf, writtenMinutes, type Written } from '../../../../shared/rules/minutes/index.ts'
import { openText, received, type TextDevice } from '../testing/text-device.ts'
import { readBlocks, toXml } from './blocks.ts'
import { MinutesText } from './minutes-text.svelte.ts'

const paragraph = (source: string, text: string): Block => ({ block: 'paragraph', source, runs: [{ text }] })

/** What a log says at some time: each block as often reworded as its number tells. */
const draftOf = (states: readonly number[]): MinutesDocument => ({
  ...{ language: 'de', title: 'Niederschrift', body: 'Nibelau', facts: [], signatures: [] },
  sections: [
    { key: 'item:1', public: true, heading: 'TOP 1', blocks: states.map(said).slice(0, 2) },
    { key: 'item:1:closed', public: false, heading: 'TOP 1', blocks: states.map(said).slice(2) },
  ],
})
const said = (state: number, place: number): Block => paragraph(`b${place}`, `Stand ${state}.`)
const sectionOf = (place: number): string => (place < 2 ? 'item:1' : 'item:1:closed')

interface Replica {
  readonly device: TextDevice
  readonly minutes: MinutesText
}

function open(): Replica {
  const { device, text } = openText()
  return { device, minutes: new MinutesText(text) }
}

/** Everybody hears everything. */
async function heal(replicas: readonly Replica[]): Promise<void> {
  for (const { minutes } of replicas) await minutes.text.flush()
  const all = replicas.flatMap(({ device }) => [...device.known])
  for (const { device } of replicas) device.tell([...all].reverse().map(received))
}

const write = ({ minutes }: Replica, name: string, words: string): void => {
  const fragment = minutes.text.doc.getXmlFragment(name)
  const node = fragment.length === 0 ? new Y.XmlElement('paragraph') : (fragment.get(0) as Y.XmlElement)
  if (fragment.length === 0) fragment.insert(0, [node])
  const inner = node.length === 0 ? new Y.XmlText() : (node.get(0) as Y.XmlText)
  if (node.length === 0) node.insert(0, [inner])
  inner.insert(inner.length, words)
}

const lettersOf = (value: unknown): string[] => (JSON.stringify(value).match(/[\u4e00-\u9fff]/g) ?? []).sort()

type Deed = { readonly who: number; readonly place: number } & (
  | { readonly kind: 'own' | 'rephrase' | 'drop' | 'keep' | 'flush' | 'log' }
  | { readonly kind: 'hear'; readonly from: number; readonly updates: readonly number[] }
)
const kinds = ['own', 'own', 'rephrase', 'rephrase', 'drop', 'keep', 'flush', 'log'] as const
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...kinds), who: fc.nat(3), place: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: fc.constant('hear' as const), who: fc.nat(3), from: fc.nat(3), place: fc.constant(0) },
      updates: fc.array(fc.nat(20), { maxLength: 5 }),
    }),
  },
)

test('whoever writes what where, changes which block in which state of the log, gives it up or keeps it: in the end all read the same, and no word is lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 4 }), fc.array(deed, { maxLength: 50 }), async (count, deeds) => {
      const replicas = Array.from({ length: count }, open)
      const logs = replicas.map(() => [0, 0, 0, 0])
      const states = (number: number): number[] => logs[number % count]!
      const letters: string[] = []
      const dropped: string[] = []
      const next = (): string => String.fromCodePoint(0x4e00 + letters.length)
      for (const done of deeds) {
        const replica = replicas[done.who % count]!
        const { minutes, device } = replica
        const { text } = minutes
        const [section, now] = [sectionOf(done.place), said(states(done.who)[done.place]!, done.place)]
        const wording = minutes.written.wordings.find(({ source }) => source === `b${done.place}`)
        if (done.kind === 'own' || done.kind === 'rephrase') {
          const letter = next()
          letters.push(letter)
          const name =
            done.kind === 'own'
              ? minutes.nameOfOwn(section, done.place === 0 ? '' : `b${done.place}`)
              : (wording?.name ?? minutes.rephrase(section, now))
          write(replica, name, letter)
        } else if (done.kind === 'drop' && wording) {
          dropped.push(...lettersOf(wording.blocks))
          minutes.drop(wording)
        } else if (done.kind === 'keep' && wording) minutes.keep(wording, now)
        else if (done.kind === 'flush') await text.flush()
        else if (done.kind === 'log') states(done.who)[done.place]! += 1
        else if (done.kind === 'hear') {
          const there = [...replicas[done.from % count]!.device.known]
          device.tell(done.updates.flatMap((place) => (there[place] ? [received(there[place])] : [])))
        }
      }
      await heal(replicas)
      const draft = draftOf([9, 9, 9, 9])
      const read = replicas.map(({ minutes }) => {
        const sections = arrange(draft, minutes.written)
        return { sections, document: writtenMinutes(draft, sections) }
      })
      for (const other of read.slice(1)) expect(other).toEqual(read[0])
      const found = lettersOf(read[0]!.document)
      expect(new Set(found).size).toBe(found.length)
      expect(letters.filter((letter) => !dropped.includes(letter) && !found.includes(letter))).toEqual([])
      for (const { minutes } of replicas) await minutes.text.close()
    }),
    { numRuns: 150 },
  )
})

function pair(): [Replica, Replica] {
  const made: [Replica, Replica] = [open(), open()]
  onTestFinished(async () => {
    for (const { minutes } of made) await minutes.text.close()
  })
  return made
}
const readings = ({ minutes }: Replica): Written => minutes.written

test('two who change one block without hearing of each other change one wording', async () => {
  const [one, two] = pair()
  const block = paragraph('vote:1/result', 'Abgelehnt.')
  for (const [replica, word] of [
    [one, ' Einstimmig.'],
    [two, ' Ohne Aussprache.'],
  ] as const)
    write(replica, replica.minutes.rephrase('item:1', block), word)
  await heal([one, two])
  expect(readings(one)).toEqual(readings(two))
  const { wordings } = readings(one)
  expect(wordings.length).toBe(1)
  expect(JSON.stringify(wordings).match(/Abgelehnt\./g)).toEqual(['Abgelehnt.'])
  expect(JSON.stringify(wordings)).toContain('Einstimmig.')
  expect(JSON.stringify(wordings)).toContain('Ohne Aussprache.')
})

const template = (...texts: string[]): Block[] => texts.map((text) => ({ block: 'paragraph', runs: [{ text }] }))
const wordsAt = ({ minutes }: Replica, section: string): string[] =>
  minutes.written.own
    .filter((own) => own.section === section)
    .flatMap(({ blocks }) => blocks)
    .map((block) => ('runs' in block ? block.runs.map(({ text }) => text).join('') : ''))

test('two who insert the same template without hearing of each other insert it once, whatever they add to it', async () => {
  const [one, two] = pair()
  const words = template('Die Sitzung wird eröffnet.', 'Niemand widerspricht.')
  write(two, two.minutes.insertTemplate('opening', 'opening', words), ' Um fünf.')
  one.minutes.insertTemplate('opening', 'opening', words)
  await heal([one, two])
  for (const replica of [one, two]) {
    expect(wordsAt(replica, 'opening')).toEqual(['Die Sitzung wird eröffnet. Um fünf.', 'Niemand widerspricht.'])
    expect([...replica.minutes.settledTemplates]).toEqual(['opening'])
  }
  one.minutes.insertTemplate('opening', 'opening', words)
  expect(wordsAt(one, 'opening')).toHaveLength(2)
})

test('a template stands behind words that were there, and of two states of it none is lost', async () => {
  const [one, two] = pair()
  write(one, one.minutes.nameOfOwn('close', 'close'), 'Zuerst.')
  await heal([one, two])
  one.minutes.insertTemplate('close', 'close', template('Alte Worte.'))
  two.minutes.insertTemplate('close', 'close', template('Neue Worte.'))
  await heal([one, two])
  expect(wordsAt(one, 'close')).toEqual(wordsAt(two, 'close'))
  expect(wordsAt(one, 'close')[0]).toBe('Zuerst.')
  expect(wordsAt(one, 'close').sort()).toEqual(['Alte Worte.', 'Neue Worte.', 'Zuerst.'])
})

test('a template that is left out is settled on every device, and nothing of it is written', async () => {
  const [one, two] = pair()
  one.minutes.leaveTemplate('item:1')
  await heal([one, two])
  expect([...two.minutes.settledTemplates]).toEqual(['item:1'])
  expect(wordsAt(two, 'item:1')).toEqual([])
})

test('a block that was opened and not changed stays as the log says it', async () => {
  const [one] = pair()
  one.minutes.rephrase('item:1', said(0, 0))
  expect(readings(one).wordings).toEqual([])
})

test('a wording that is given up begins anew with what the log says, unless somebody went on with it meanwhile', async () => {
  const [one, two] = pair()
  const name = one.minutes.rephrase('item:1', said(0, 0))
  write(one, name, ' Mehr.')
  await heal([one, two])
  one.minutes.drop(readings(one).wordings[0]!)
  expect(readings(one).wordings).toEqual([])
  const again = one.minutes.rephrase('item:1', said(0, 0))
  expect(again).not.toBe(name)
  expect(readBlocks(one.minutes.text.doc.getXmlFragment(again))).toEqual([
    { block: 'paragraph', runs: [{ text: 'Stand 0.' }] },
  ])
  write(two, name, ' Noch mehr.')
  await heal([one, two])
  expect(readings(one).wordings.map(({ blocks }) => blocks)).toEqual([
    [{ block: 'paragraph', runs: [{ text: 'Stand 0. Mehr. Noch mehr.' }] }],
  ])
})

test('every kind of block reads as it was written', () => {
  const blocks: Block[] = [
    { block: 'paragraph', runs: [{ text: 'Ergebnis: ' }, { text: 'abgelehnt', strong: true }] },
    { block: 'resolution', runs: [{ text: 'Der Rat beschließt:\n1. eins\n2. zwei' }] },
    { block: 'heading', text: 'Beratung' },
    { block: 'list', ordered: true, items: [[{ text: 'eins' }], [{ text: 'zwei', strong: true }]] },
    {
      block: 'table',
      caption: 'Stimmen',
      header: ['Name', 'Stimme'],
      rows: [
        ['Frau Ida', 'Ja'],
        ['Herr Bilal', ''],
      ],
    },
  ]
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment('x')
  fragment.insert(0, blocks.map(toXml))
  expect(readBlocks(fragment)).toEqual(blocks)
  expect(readBlocks(fragment).map(fingerprintOf)).toEqual(blocks.map(fingerprintOf))
})
