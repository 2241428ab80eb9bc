import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fileURLToPath } from 'node:url'
import type { Block, MinutesDocument } from '../shared/council/minutes.ts'
import { MeetingLog } from '../shared/rules/meeting/log.ts'
import { draftMinutes, publicMinutes } from '../shared/rules/minutes/index.ts'
import { minutesPdf } from '../src-main/hub/documents/index.ts'
import { longMinutes } from '../src-main/hub/testing/written-minutes.ts'
import { longMeeting } from './meeting/long-meeting.ts'
import { inTurn, lessIsBetter, type Bench, type Figure } from './figure.ts'

const rounds = 15
const inter = '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'
/** What is set before the plain text: nothing, and our font, which takes longer to shape. */
const references = { "Typst's own font": '', Inter: '#set text(font: "Inter")' }
const minutes = longMinutes(60)

/** As the hub does it: through its thread, to a tagged PDF/UA-1. */
async function setMinutes(): Promise<void> {
  const pdf = await minutesPdf({ document: minutes, archived: false, day: '2026-11-30', made: '2026-12-02T10:00:00Z' })
  if (!pdf.ok) throw new Error('A letter is missing.')
}

function linesOf(block: Block): string[] {
  switch (block.block) {
    case 'paragraph':
    case 'resolution':
      return [block.runs.map(({ text }) => text).join('')]
    case 'heading':
      return [block.text]
    case 'list':
      return block.items.map((runs) => runs.map(({ text }) => text).join(''))
    case 'table':
      return [block.caption, ...[block.header, ...block.rows].map((row) => row.join(' '))]
  }
}

/** Every word of minutes, one paragraph per line. */
const textOf = ({ title, facts, sections, signatures }: MinutesDocument): string =>
  [
    title,
    ...facts.map(({ label, value }) => `${label} ${value}`),
    ...sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(linesOf)]),
    ...signatures.map(({ name, capacity }) => `${name} ${capacity}`),
  ].join('\n')

const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fileURLToPath(import.meta.resolve(inter))] }] })
const inputs = { text: textOf(minutes) }

/** Typst alone: the same words as paragraphs, all other settings as they come. */
const setPlainText = (settings: string) => (): Promise<void> => {
  const mainFileContent = `${settings}\n#for line in sys.inputs.text.split("\\n") { par(line) }`
  const { result } = compiler.compile({ mainFileContent, inputs })
  if (!result) throw new Error('Typst did not compile the plain text.')
  compiler.pdf(result)
  compiler.evictCache(0)
  return Promise.resolve()
}

const timed = (set: () => Promise<void>) => async (): Promise<number> => {
  const before = performance.now()
  await set()
  return performance.now() - before
}

/** The same document with headings, lists and tables as Typst has them without any template of ours. */
const structured = `#let minutes = json(bytes(sys.inputs.data))
#let prose(runs) = for run in runs { text(run.text) }
#heading(minutes.title)
#for fact in minutes.facts [/ #fact.label: #fact.value]
#for section in minutes.sections {
  heading(level: 2, section.heading)
  for it in section.blocks {
    if it.block == "paragraph" { par(prose(it.runs)) }
    if it.block == "resolution" { quote(block: true, prose(it.runs)) }
    if it.block == "heading" { heading(level: 3, it.text) }
    if it.block == "list" { list(..it.items.map(prose)) }
    if it.block == "table" {
      figure(table(columns: it.header.len(), table.header(..it.header), ..it.rows.flatten()), caption: it.caption)
    }
  }
}`

/** A log of so many events about so many items. */
const events = longMeeting('meeting:long', 5000, 60)
const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** From the events to the public minutes. */
function minutesOfLog(): MinutesDocument {
  const log = new MeetingLog('meeting:long')
  log.insert(events)
  const items = new Map(
    log.state.agenda.map(({ item }, index) => [item, { number: String(index + 1), name: keyOf(item), shown: true }]),
  )
  const document = draftMinutes({
    ...{ state: log.state, events: log.events, items, locale: 'de', zone: 'Europe/Berlin', body: 'Musterstadt' },
    meeting: { name: '18. Sitzung', organization: 'Stadtrat' },
  })
  if (!document || log.state.refused.length > 0) throw new Error('The long meeting gives no minutes.')
  return publicMinutes(document)
}

async function setLog(): Promise<void> {
  const pdf = await minutesPdf({
    document: minutesOfLog(),
    archived: false,
    day: '2026-05-04',
    made: '2026-05-05T10:00:00Z',
  })
  if (!pdf.ok) throw new Error('A letter is missing.')
}

function setStructured(data: string): Promise<void> {
  const { result } = compiler.compile({ mainFileContent: `#set text(font: "Inter")\n${structured}`, inputs: { data } })
  if (!result) throw new Error('Typst did not compile the structured text.')
  compiler.pdf(result)
  compiler.evictCache(0)
  return Promise.resolve()
}

/** From the log of a long meeting to its PDF, against Typst setting the finished document without our template. */
async function fromLog(): Promise<Figure> {
  const data = JSON.stringify(minutesOfLog())
  const [ours, reference] = [timed(setLog), timed(() => setStructured(data))]
  await Promise.all([ours(), reference()])
  const measured = await inTurn(rounds, ours, reference)
  return lessIsBetter('5,000 events, 60 items, log to PDF, against the same structure without our template', {
    ...{ ...measured, goal: 0.5, unit: ' ms' },
  })
}

/** Minutes of 60 items as PDF, against Typst setting the same words without our template. */
export const bench: Bench = {
  name: 'minutes',
  description: `minutes of 60 items to a tagged PDF, against Typst compiling the same words as plain text; ${rounds} rounds`,
  async run() {
    const figures: Figure[] = []
    for (const [font, settings] of Object.entries(references)) {
      const [ours, reference] = [timed(setMinutes), timed(setPlainText(settings))]
      await Promise.all([ours(), reference()])
      const measured = await inTurn(rounds, ours, reference)
      figures.push(lessIsBetter(`60 items, against plain text in ${font}`, { ...measured, goal: 0.5, unit: ' ms' }))
    }
    return [...figures, await fromLog()]
  },
}
