import { m, type Locale } from '../../../i18n/index.ts'
import type { AllowanceRow } from './allowance.ts'

/** Cells that a spreadsheet would take for a formula are marked as text. */
const cell = (text: string, separator: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * Rows as a spreadsheet of that language reads them (RFC 4180; in German with semicolons, as commas part the cents).
 */
export function csvOf(rows: readonly (readonly string[])[], locale: Locale): string {
  const separator = locale === 'de' ? ';' : ','
  return rows.map((row) => `${row.map((text) => cell(text, separator)).join(separator)}\r\n`).join('')
}

/** A list of allowances for a spreadsheet. */
export function allowanceCsv(rows: readonly AllowanceRow[], locale: Locale): string {
  const money = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, useGrouping: false })
  const options = { locale }
  const header = [
    m.minutes_attendance_name({}, options),
    m.minutes_attendance_faction({}, options),
    m.minutes_allowance_minutes({}, options),
    m.minutes_allowance_amount({}, options),
  ]
  const cells = rows.map(({ name, faction = '', minutes, amount }) => [
    ...[name, faction, String(minutes), money.format(amount / 100)],
  ])
  return csvOf([header, ...cells], locale)
}
