import type { Town } from '../../shared/hub-api/contract.ts'

/** What is printed once everything runs. */
export function welcomeText(town: Town, origin: string, setUpCode: string | undefined): string {
  const app = `${origin}/app/`
  const places = [
    ['Web app', setUpCode === undefined ? app : `${app}#/?code=${setUpCode}`],
    ['Public site', `${origin}/`],
  ]
  const head =
    setUpCode === undefined
      ? [`${town.name} is ready.`]
      : ['A new town is ready to be set up. Open the web app by this link:', `(set-up code ${setUpCode})`]
  const logins = town.demo ?? []
  const table = [
    ['Login', 'Password', 'Name', 'Role'],
    ...logins.map(({ login, password, name, roles }) => [login, password, name, roles.join(', ')]),
  ]
  return [
    ...head,
    '',
    ...tableLines(places),
    ...(logins.length > 0 ? ['', ...tableLines(table)] : []),
    '',
    'Ctrl-C stops it; the data stays.',
  ].join('\n')
}

function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
  )
}
