import type { Block, MinutesDocument, TextRun } from '../../council/minutes.ts'

const textOfRuns = (runs: readonly TextRun[]): string => runs.map(({ text }) => text).join('')

function textOfBlock(block: Block): string {
  switch (block.block) {
    case 'paragraph':
      return textOfRuns(block.runs)
    case 'resolution':
      return textOfRuns(block.runs)
        .split('\n')
        .map((line) => `    ${line}`.trimEnd())
        .join('\n')
    case 'heading':
      return block.text
    case 'list':
      return block.items.map((runs, index) => `${block.ordered ? `${index + 1}.` : '-'} ${textOfRuns(runs)}`).join('\n')
    case 'table':
      return [block.caption, ...block.rows.map((row) => rowText(block.header, row))].join('\n')
  }
}

/** A row as it is read aloud: its header, then each cell with the name of its column. */
const rowText = ([, ...header]: readonly string[], [first = '', ...cells]: readonly string[]): string => {
  const named = cells.flatMap((cell, index) => (cell === '' ? [] : [`${header[index] ?? ''}: ${cell}`]))
  return `- ${[first, ...named].join(', ')}`
}

/** Blocks as plain text, a paragraph each. */
export const textOfBlocks = (blocks: readonly Block[]): string => blocks.map(textOfBlock).join('\n\n')

/** Minutes as plain text, in the order in which they are read. */
export function textOf({ title, body, facts, sections, signatures }: MinutesDocument): string {
  const head = [body, title, ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n')
  const parts = sections.map(({ heading, blocks }) => [`# ${heading}`, ...blocks.map(textOfBlock)].join('\n\n'))
  const foot = signatures.map(({ capacity, name, signed }) => [capacity, name, ...(signed ? [signed] : [])].join(': '))
  return `${[head, ...parts, ...(foot.length > 0 ? [foot.join('\n')] : [])].join('\n\n')}\n`
}
