import type { Dice } from '../town/random.ts'
import { budgetWords as words, fill } from '../town/words.ts'
import type { DocumentWriter, OutlineEntry, TableRow } from './document-writer.ts'
import { alignOf, euros } from './paper-sheet.ts'

/** Euros of one position: the year before last, last year, the budget's year and two years ahead. */
type Years = readonly number[]
interface Product {
  readonly name: string
  readonly part: string
  readonly income: readonly Years[]
  readonly expense: readonly Years[]
  readonly investments: readonly Years[]
}

const years = 5

/** The budget: front matter of 12 pages and three pages for each of 96 products; totals add up. */
export function writeBudget(writer: DocumentWriter, year: number, dice: Dice): void {
  const products = words.parts.flatMap(({ name: part, products }) =>
    products.map((name): Product => drawProduct(dice, name, part)),
  )
  writeCover(writer, year)
  writeContents(writer)
  writeStatute(writer, year, products)
  writeReport(writer, dice)
  writeTotals(writer, year, products)
  writeStaff(writer, dice)
  for (const { name } of words.parts) {
    let entry: OutlineEntry | undefined
    for (const product of products.filter(({ part }) => part === name)) {
      writer.newPage()
      entry ??= writer.outline.addItem(name)
      writeProduct(writer, entry, product, year, dice)
    }
  }
}

function drawProduct(dice: Dice, name: string, part: string): Product {
  const draw = (rows: readonly string[], most: number): Years[] =>
    rows.map(() => {
      const first = dice.between(10, most) * 100
      return Array.from({ length: years }, (_, year) => Math.round((first * (100 + year * dice.between(-2, 5))) / 100))
    })
  return {
    name,
    part,
    income: draw(words.income, 12_000),
    expense: draw(words.expense, 11_000),
    investments: draw(words.investments, 4_000),
  }
}

const sumOf = (rows: readonly Years[]): number[] =>
  Array.from({ length: years }, (_, year) => rows.reduce((sum, row) => sum + row[year]!, 0))
const less = (a: Years, b: Years): number[] => a.map((amount, year) => amount - b[year]!)

function writeCover(writer: DocumentWriter, year: number): void {
  writer.title(fill(words.title, { year }))
  writer.paragraph(words.note)
}

function writeContents(writer: DocumentWriter): void {
  const front = 12
  writer.newPage()
  writer.heading(words.contents, 1)
  const entries = words.parts.flatMap((part, place) =>
    part.products.map((name, index) => ({
      cells: [`${place + 1}.${index + 1}`, `${part.name}: ${name}`, String(front + (place * 6 + index) * 3 + 1)],
    })),
  )
  const columns = [
    { title: '', share: 0.1 },
    { title: words.contents, share: 0.8 },
    { title: '', share: 0.1, align: 'right' },
  ] as const
  writer.table(columns, entries)
}

function writeStatute(writer: DocumentWriter, year: number, products: readonly Product[]): void {
  const income = sumOf(products.flatMap((product) => product.income))[2]!
  const expense = sumOf(products.flatMap((product) => product.expense))[2]!
  const amounts = { income, expense, balance: income - expense, loans: 8_400_000, commitments: 5_250_000 }
  const slots = { year, ...Object.fromEntries(Object.entries(amounts).map(([name, sum]) => [name, euros(sum)])) }
  writer.newPage()
  writer.heading(words.statute.title, 1)
  for (const paragraph of words.statute.paragraphs) writer.paragraph(fill(paragraph, slots))
}

function writeReport(writer: DocumentWriter, dice: Dice): void {
  const { title, sections, sentences } = words.report
  writer.newPage()
  const entry = writer.heading(title, 1)
  for (const [place, section] of sections.entries()) {
    if (place > 0) writer.newPage()
    writer.heading(section, 2, entry)
    for (let paragraph = 0; paragraph < 5; paragraph++) writer.paragraph(dice.shuffle(sentences).slice(0, 4).join(' '))
  }
}

function writeTotals(writer: DocumentWriter, year: number, products: readonly Product[]): void {
  const perPosition = (of: (product: Product) => readonly Years[], rows: readonly string[]): Years[] =>
    rows.map((_, row) => sumOf(products.map((product) => of(product)[row]!)))
  const income = perPosition((product) => product.income, words.income)
  const expense = perPosition((product) => product.expense, words.expense)
  const investments = perPosition((product) => product.investments, words.investments)
  writer.newPage()
  writer.heading(words.totals.result, 1)
  writer.table(columnsFor(year), resultRows(income, expense))
  writer.newPage()
  writer.heading(words.totals.finance, 1)
  writer.table(columnsFor(year), investmentRows(investments))
}

function writeStaff(writer: DocumentWriter, dice: Dice): void {
  writer.newPage()
  writer.heading(words.staff.title, 1)
  const columns = words.staff.columns.map((title, place) => ({
    title,
    share: place === 0 ? 0.4 : 0.2,
    align: alignOf(place),
  }))
  const rows = words.parts.map(({ name }) => {
    const [officials, employees] = [dice.between(2, 40), dice.between(8, 160)]
    return { cells: [name, ...[officials, employees, officials + employees].map(String)] }
  })
  writer.table(columns, rows)
}

function writeProduct(writer: DocumentWriter, parent: OutlineEntry, product: Product, year: number, dice: Dice): void {
  const { name, part } = product
  const text = words.product
  const draw = (sentences: readonly string[]): void => {
    for (const sentence of dice.shuffle(sentences)) writer.paragraph(sentence)
  }
  const entry = writer.heading(`${part}: ${name}`, 1, parent)
  writer.heading(text.description, 2, entry)
  writer.paragraph(fill(text.about, { product: name, part }))
  writer.heading(text.goals, 2, entry)
  draw(text.goalSentences)
  writer.heading(text.figures, 2, entry)
  const figures = text.figureRows.map((row) => ({
    cells: [row, ...Array.from({ length: years }, () => euros(dice.between(3, 2400)))],
  }))
  writer.table(columnsFor(year), figures)
  writer.newPage()
  writer.heading(`${text.result}: ${name}`, 2, entry)
  writer.table(columnsFor(year), resultRows(product.income, product.expense))
  writer.heading(text.notes, 2, entry)
  draw(text.noteSentences)
  writer.newPage()
  writer.heading(`${text.finance}: ${name}`, 2, entry)
  writer.table(columnsFor(year), investmentRows(product.investments))
  writer.heading(text.notes, 2, entry)
  draw(text.noteSentences)
}

function columnsFor(year: number) {
  const slots = Object.fromEntries([0, 1, 2, 3, 4].map((place) => [`y${place}`, year - 2 + place]))
  return words.columns.map((column, place) => ({
    title: fill(column, slots),
    share: place === 0 ? 0.35 : 0.13,
    align: alignOf(place),
  }))
}

const rowsOf = (titles: readonly string[], amounts: readonly Years[]): TableRow[] =>
  titles.map((title, place) => ({ cells: [title, ...amounts[place]!.map(euros)] }))
const sumRow = (title: string, amounts: Years): TableRow => ({ cells: [title, ...amounts.map(euros)], strong: true })

function resultRows(income: readonly Years[], expense: readonly Years[]): TableRow[] {
  return [
    ...rowsOf(words.income, income),
    sumRow(words.incomeSum, sumOf(income)),
    ...rowsOf(words.expense, expense),
    sumRow(words.expenseSum, sumOf(expense)),
    sumRow(words.balance, less(sumOf(income), sumOf(expense))),
  ]
}

/** The first two positions come in, the others go out. */
function investmentRows(investments: readonly Years[]): TableRow[] {
  const balance = less(sumOf(investments.slice(0, 2)), sumOf(investments.slice(2)))
  return [...rowsOf(words.investments, investments), sumRow(words.investmentsSum, balance)]
}
