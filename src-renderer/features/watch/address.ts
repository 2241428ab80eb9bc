/** What the address of the page says. */
export interface WatchAddress {
  /** Key of the meeting. */
  readonly key: string
  /** `/de`, `/en` or nothing, kept in links. */
  readonly prefix: string
  /** The picture alone, within another site's page. */
  readonly embedded: boolean
  /** Where to begin; milliseconds since 1970. */
  readonly at?: number
}

/** Reads `/meeting/<key>/watch`, with `?embed` and `?t=<instant>`. */
export function readAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>): WatchAddress {
  const [, prefix = '', key = ''] = /^(\/[a-z]{2})?\/meeting\/([^/]+)\/watch$/.exec(pathname) ?? []
  const query = new URLSearchParams(search)
  const at = Date.parse(query.get('t') ?? '')
  return { key: decodeURIComponent(key), prefix, embedded: query.has('embed'), ...(Number.isNaN(at) ? {} : { at }) }
}

/** The address at which somebody else sees the same moment. */
export function addressAt(here: string, moment: Date | undefined): string {
  const url = new URL(here)
  url.search = moment ? `?t=${encodeURIComponent(moment.toISOString())}` : ''
  url.hash = ''
  return url.href
}

/** HTML with which another site shows the picture. */
export function embedCode(here: string, title: string): string {
  const url = new URL(here)
  url.search = '?embed'
  url.hash = ''
  const named = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<iframe src="${url.href}" title="${named}" width="640" height="360" allowfullscreen></iframe>`
}
