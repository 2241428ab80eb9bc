/** Markup that is safe to send: everything that came in from outside was escaped on the way. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Value = Html | string | number | false | undefined | null | readonly Value[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** XML allows no control characters, escaped or not; browsers ignore them. */
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const escape = (text: string): string => text.replace(forbidden, '').replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

function textOf(value: Value): string {
  if (value instanceof Html) return value.text
  if (typeof value === 'object' && value !== null) return value.map(textOf).join('')
  return value === undefined || value === null || value === false ? '' : escape(String(value))
}

/** Markup from a template: values are escaped, other markup and lists of it are taken as they are. Good for XML too. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.map((part, index) => part + (index < values.length ? textOf(values[index]) : '')).join(''))
