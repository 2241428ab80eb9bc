import { saveFile } from '../../ui/file/save-file.ts'

/** Saves a spreadsheet; the mark at its beginning tells programs that it is UTF-8. */
export const downloadCsv = (csv: string, name: string): void =>
  saveFile(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }), name, 'csv')
