import type { Input } from 'electron'

type Key = Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt' | 'shift'>

/** Full screen, reload and the tools of developers. */
const alone: ReadonlySet<string> = new Set(['f5', 'f11', 'f12', 'browserback', 'browserhome', 'browserrefresh'])
/** Close, reload, new windows, quit, open, print, save, hide and minimise, history, zoom. */
const withControl: ReadonlySet<string> = new Set([...'wrntqopshmj', '+', '-', '=', '0', 'f4', 'tab'])
/** The tools of developers. */
const withControlAndShift: ReadonlySet<string> = new Set([...'ijc'])
/** Close, the window's menu, back and forward. */
const withAlt: ReadonlySet<string> = new Set(['f4', ' ', 'arrowleft', 'arrowright', 'home'])

/** Whether a key would lead out of the app, or to what only its maker needs; words are typed and copied as ever. */
export function leadsOut({ type, key, control, meta, alt, shift }: Key): boolean {
  if (type !== 'keyDown') return false
  const name = key.toLowerCase()
  if (alone.has(name)) return true
  // AltGr is both at once, and types @ or €.
  if (control && alt) return false
  if (control || meta) return withControl.has(name) || (shift && withControlAndShift.has(name))
  return alt && withAlt.has(name)
}
