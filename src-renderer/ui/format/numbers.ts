import { getLocale } from '../../../shared/i18n/index.ts'

/** A number as the language writes it. */
export const formatNumber = (value: number): string => new Intl.NumberFormat(getLocale()).format(value)

/** Several things in a row, as the language writes it. */
export const formatList = (parts: readonly string[]): string =>
  new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(parts)

/** Bytes in the decimal unit that keeps the number short. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const unit = units[step] ?? 'byte'
  const value = bytes / 1000 ** step
  const maximumFractionDigits = step > 0 && value < 10 ? 1 : 0
  return new Intl.NumberFormat(getLocale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits,
  }).format(value)
}
