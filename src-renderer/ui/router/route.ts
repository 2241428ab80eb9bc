import type { Component } from 'svelte'

/** Names after a colon in a pattern: `/meetings/:id` has `id`. */
export type ParametersOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [Key in Name | keyof ParametersOf<Rest>]: string }
  : Path extends `${string}:${infer Name}`
    ? { [Key in Name]: string }
    : Record<never, string>

export interface Route {
  /** Pattern such as `/meetings/:id`; a parameter matches one segment. */
  readonly path: string
  /** Fetches the page; it gets the parameters as props. */
  readonly load: () => Promise<{ default: Component<Record<string, string>> }>
  /** The page takes the whole window, without the navigation beside it, and has a way back of its own. */
  readonly stage?: boolean
}

/** Ties a page to a pattern; the page's props have to be the pattern's parameters. */
export const route = <Path extends string>(
  path: Path,
  load: () => Promise<{ default: Component<ParametersOf<Path>> }>,
  options: Pick<Route, 'stage'> = {},
): Route => ({ path, load: load as unknown as Route['load'], ...options })

export interface Match {
  readonly route: Route
  readonly parameters: Record<string, string>
}

/** The first route that a path fits, and what its parameters hold; undefined when none fits. */
export function matchRoute(routes: readonly Route[], path: string): Match | undefined {
  const segments = path.split('/')
  for (const candidate of routes) {
    const parameters = parametersIn(candidate.path.split('/'), segments)
    if (parameters) return { route: candidate, parameters }
  }
  return undefined
}

function parametersIn(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith(':') && segment !== '') parameters[part.slice(1)] = segment
    else if (part !== segment) return undefined
  }
  return parameters
}

export interface Location {
  readonly path: string
  readonly query: URLSearchParams
}

/** Reads the address's fragment, such as `#/calendar?month=2026-05`; malformed escapes are taken as they stand. */
export function parseHash(hash: string): Location {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  const clean = path.startsWith('/') ? path.replace(/(?<=.)\/+$/, '') : '/'
  return { path: decoded(clean), query: new URLSearchParams(query) }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The fragment of a place in the app; empty query values are left out. */
export function hrefTo(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const text = new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  ).toString()
  return `#${path}${text ? `?${text}` : ''}`
}
