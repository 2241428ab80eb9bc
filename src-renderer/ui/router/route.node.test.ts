import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hrefTo, matchRoute, parseHash, type Route } from './route.ts'

const load = () => Promise.reject(new Error('not needed'))
const routes: Route[] = ['/', '/papers', '/papers/:id', '/desk/meetings/:id'].map((path) => ({ path, load }))
const match = (path: string) => {
  const found = matchRoute(routes, path)
  return found && [found.route.path, found.parameters]
}

test('finds the route whose segments fit', () => {
  expect(
    ['/', '/papers', '/papers/paper:1', '/desk/meetings/meeting:2', '/papers/', '/other', '/papers/a/b'].map(match),
  ).toEqual([
    ['/', {}],
    ['/papers', {}],
    ['/papers/:id', { id: 'paper:1' }],
    ['/desk/meetings/:id', { id: 'meeting:2' }],
    undefined,
    undefined,
    undefined,
  ])
})

test('reads what hrefTo writes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z0-9:_-]+$/), { minLength: 1 }),
      fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.string({ minLength: 1 })),
      (segments, query) => {
        const path = `/${segments.join('/')}`
        const { path: read, query: values } = parseHash(hrefTo(path, query))
        expect([read, Object.fromEntries(values)]).toEqual([path, query])
      },
    ),
  )
})

test('takes malformed addresses as they are', () => {
  expect(['', '#', '#/%E0%A4%A', '#papers', '#/papers//'].map((hash) => parseHash(hash).path)).toEqual([
    '/',
    '/',
    '/%E0%A4%A',
    '/',
    '/papers',
  ])
})
