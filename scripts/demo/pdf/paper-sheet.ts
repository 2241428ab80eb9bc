import { germanDay, yearOf } from '../town/calendar.ts'
import type { Print, Sheet } from '../town/prints.ts'
import type { Dice } from '../town/random.ts'
import { fill, phrases } from '../town/words.ts'
import { type DocumentWriter } from './document-writer.ts'

const { sheet: words } = phrases
type PaperSheet = Extract<Sheet, { kind: 'paper' }>
type InvitationSheet = Extract<Sheet, { kind: 'invitation' }>

/** Two to four pages: head, route, proposed resolution, facts, amounts, schedule. */
export function writePaper(writer: DocumentWriter, sheet: PaperSheet, print: Print, dice: Dice): void {
  writer.title(sheet.title)
  writeHead(writer, sheet, print)
  if (sheet.route.length > 0) writeRoute(writer, sheet)
  writer.heading(words.resolution, 2)
  writer.paragraph(sheet.resolution ?? words.noResolution)
  writer.heading(words.facts, 2)
  for (const fact of sheet.facts) writer.paragraph(`${fact} ${dice.pick(words.sections).sentences[0]}`)
  for (const { title, sentences } of words.sections) {
    writer.heading(title, 2)
    const drawn = dice.shuffle(sentences)
    writer.paragraph(drawn.slice(0, 2).join(' '))
    writer.paragraph(drawn.slice(2).join(' '))
  }
  writeAmounts(writer, dice)
  writeSchedule(writer, yearOf(print.day))
}

function writeHead(writer: DocumentWriter, sheet: PaperSheet, print: Print): void {
  const columns = [
    { title: sheet.paperType, share: 0.3 },
    { title: sheet.reference ?? '', share: 0.7 },
  ]
  const rows = [
    [words.office, sheet.office],
    [words.date, germanDay(print.day)],
    [words.status, sheet.closed ? words.closed : words.open],
  ]
  writer.table(
    columns,
    rows.map((cells) => ({ cells })),
  )
}

function writeRoute(writer: DocumentWriter, sheet: PaperSheet): void {
  const { title, columns } = words.route
  writer.heading(title, 2)
  const shares = [0.5, 0.25, 0.25]
  writer.table(
    columns.map((column, place) => ({ title: column, share: shares[place]! })),
    sheet.route.map(({ organization, day, role }) => ({ cells: [organization, germanDay(day), role] })),
  )
}

function writeAmounts(writer: DocumentWriter, dice: Dice): void {
  const { title, text, columns, rows, sum } = words.amounts
  writer.heading(title, 2)
  writer.paragraph(text)
  const amounts = rows.map(() => [dice.between(2, 400) * 500, dice.between(2, 400) * 500])
  const line = ([now = 0, later = 0]: readonly number[]): string[] => [now, later, now + later].map(euros)
  const total = [0, 1].map((year) => amounts.reduce((all, row) => all + row[year]!, 0))
  writer.table(
    columns.map((column, place) => ({ title: column, share: place === 0 ? 0.4 : 0.2, align: alignOf(place) })),
    [
      ...rows.map((row, place) => ({ cells: [row, ...line(amounts[place]!)] })),
      { cells: [sum, ...line(total)], strong: true },
    ],
  )
}

function writeSchedule(writer: DocumentWriter, year: number): void {
  const { title, columns, rows, quarter } = words.schedule
  writer.heading(title, 2)
  writer.table(
    columns.map((column, place) => ({ title: column, share: place === 0 ? 0.6 : 0.4 })),
    rows.map((row, place) => ({ cells: [row, fill(quarter, { quarter: place + 1, year: year + 1 })] })),
  )
}

export function writeInvitation(writer: DocumentWriter, sheet: InvitationSheet): void {
  const { title, text, open, closed, columns } = words.invitation
  const { meeting, day, hour, room } = sheet
  writer.title(title)
  writer.paragraph(fill(text, { meeting, day: germanDay(day), hour, room }))
  const parts = [
    { heading: open, from: 1, items: sheet.open },
    { heading: closed, from: sheet.open.length + 1, items: sheet.closed },
  ]
  for (const { heading, from, items } of parts) {
    if (items.length === 0) continue
    writer.heading(heading, 2)
    writer.table(
      columns.map((column, place) => ({ title: column, share: place === 0 ? 0.1 : 0.9 })),
      items.map((item, place) => ({ cells: [String(from + place), item] })),
    )
  }
}

export const euros = (amount: number): string => amount.toLocaleString('de-DE')
export const alignOf = (place: number): 'left' | 'right' => (place === 0 ? 'left' : 'right')
