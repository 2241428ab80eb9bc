import { expect, test } from 'vitest'
import { leadsOut } from './shortcuts.ts'

const press = (keys: string): boolean => {
  const [key = '', ...held] = keys.split('+').reverse()
  const has = (name: string) => held.includes(name)
  return leadsOut({
    ...{ type: 'keyDown', key: key === 'Plus' ? '+' : key },
    ...{ control: has('Ctrl'), meta: has('Meta'), alt: has('Alt'), shift: has('Shift') },
  })
}

test.each(
  ['F5', 'F11', 'F12', 'Ctrl+w', 'Ctrl+W', 'Ctrl+r', 'Ctrl+Shift+R', 'Ctrl+Shift+I', 'Ctrl+n', 'Ctrl+q', 'Ctrl+p']
    .concat(['Ctrl+F4', 'Alt+F4', 'Alt+ArrowLeft', 'Alt+ ', 'Meta+q', 'Meta+w', 'Meta+m', 'Ctrl+Plus', 'Ctrl+0'])
    .map((keys) => [keys]),
)('%s leads out of the app', (keys) => expect(press(keys)).toBe(true))

test.each(
  ['a', 'W', 'F2', 'Enter', 'Tab', 'Shift+Tab', 'Escape', 'Ctrl+c', 'Ctrl+v', 'Ctrl+x', 'Ctrl+a', 'Ctrl+z', 'Ctrl+k']
    .concat(['Ctrl+b', 'Ctrl+Alt+q', 'Ctrl+Alt+0', 'Alt+ArrowUp', 'ArrowLeft'])
    .map((keys) => [keys]),
)('%s stays in the app', (keys) => expect(press(keys)).toBe(false))

test('a key that is let go does nothing', () => {
  expect(leadsOut({ type: 'keyUp', key: 'F12', control: false, meta: false, alt: false, shift: false })).toBe(false)
})
