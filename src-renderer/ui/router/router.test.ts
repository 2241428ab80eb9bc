import { expect, onTestFinished, test } from 'vitest'
import { Router } from './router.svelte.ts'

function start(hash: string): Router {
  history.replaceState(null, '', hash)
  const router = new Router()
  onTestFinished(router.start())
  return router
}

test('a filter changes the address in place, beside what it held', () => {
  const router = start('#/papers?year=2026')
  const { length } = history
  router.refine({ kind: 'motion', year: undefined })
  router.refine({ page: '2' })
  expect(window.location.hash).toBe('#/papers?kind=motion&page=2')
  expect(router.location.query.get('page')).toBe('2')
  expect(history.length).toBe(length)
})

test('a page that is being left does not take the address of the next one', async () => {
  const router = start('#/read/file:1')
  // The address is another one at once, and whoever follows it hears of that later.
  router.go('#/papers/paper:1')
  router.refine({ page: '6' })
  expect(window.location.hash).toBe('#/papers/paper:1')
  await expect.poll(() => router.location.path).toBe('/papers/paper:1')
})
