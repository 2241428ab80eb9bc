import type { Print } from '../town/prints.ts'
import { rollDice } from '../town/random.ts'
import { writeBudget } from './budget-sheet.ts'
import { openDocument, type PrintedPdf } from './document-writer.ts'
import { writeInvitation, writePaper } from './paper-sheet.ts'

export type { PrintedPdf } from './document-writer.ts'

/** Makes the PDF of a print. Its chance hangs on the file name alone, so that the order of prints does not matter. */
export async function printPdf(print: Print): Promise<PrintedPdf> {
  const { sheet, name, day, fileName } = print
  const writer = openDocument(sheet.kind === 'paper' ? sheet.title : name, day)
  const dice = rollDice([...fileName].reduce((seed, letter) => (seed * 31 + letter.codePointAt(0)!) | 0, 7))
  switch (sheet.kind) {
    case 'paper':
      writePaper(writer, sheet, print, dice)
      break
    case 'invitation':
      writeInvitation(writer, sheet)
      break
    case 'budget':
      writeBudget(writer, sheet.year, dice)
      break
  }
  return writer.finish()
}
