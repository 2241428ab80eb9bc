import { keyMap, type KeyCommand } from './key-map.ts'

/**
 * The command of a key press; undefined while somebody types, answers a dialog or opens a menu, and for keys held down.
 * Single keys can be switched off (WCAG 2.1.4), Control and Z goes on working.
 */
export function commandOf(event: KeyboardEvent, singleKeys: boolean): KeyCommand | undefined {
  const target = event.target instanceof Element ? event.target : undefined
  if (event.defaultPrevented || event.repeat || event.altKey) return undefined
  if (target?.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'))
    return undefined
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return undefined
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) return key === 'z' && !event.shiftKey ? 'undo' : undefined
  return singleKeys ? keyMap.find((entry) => entry.key === key)?.command : undefined
}
