/** A size in units of a board's page (CSS pixels at the printed size). */
export interface SheetSize {
  readonly width: number
  readonly height: number
}

/** What a board of the largest kind shows at once, in device pixels. */
const largestBoard = { width: 3840, height: 2160 }
/** Sharper than a board shows of a whole sheet, for those who come closer. */
const reserve = 1.25
/** With fewer pixels per unit than this (96 to the inch), small print is seen and not read. */
const legible = 1

/**
 * Pixels per unit at which a picture of a sheet is as sharp as the largest board shows it when it shows all of it, and
 * those that are tried first.
 */
export function sharpnessOf({ width, height }: SheetSize): { readonly best: number; readonly enough: number } {
  const enough = Math.min(largestBoard.width / Math.max(1, width), largestBoard.height / Math.max(1, height))
  return { best: enough * reserve, enough }
}

/** Whether a sheet is so large that a picture of it as a whole has fewer pixels than its small print needs. */
export const isBeyondBoard = (size: SheetSize): boolean => sharpnessOf(size).enough < legible
