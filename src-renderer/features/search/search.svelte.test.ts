import { flushSync } from 'svelte'
import { expect, onTestFinished, test } from 'vitest'
import type { SearchHit } from '../../data/contract.ts'
import { Search } from './search.svelte.ts'

const hit = (key: string): SearchHit => ({ id: `paper:${key}`, type: 'paper', title: key, detail: '' })

/** Data whose search finds what it is told to; `change` says that records are others now. */
function changingData() {
  let changes = $state(0)
  const data = {
    found: [hit('a')],
    get changes() {
      return changes
    },
    search: () => Promise.resolve(data.found),
    change(found: SearchHit[]) {
      data.found = found
      changes += 1
      flushSync()
    },
  }
  return data
}

function searchIn(data: ReturnType<typeof changingData>): Search {
  let search: Search | undefined
  onTestFinished($effect.root(() => void (search = new Search(data, 12))))
  flushSync()
  return search!
}

test('what is shown follows the records without another key', async () => {
  const data = changingData()
  const search = searchIn(data)
  search.text = 'vorlage'
  await expect.poll(() => search.hits.map(({ title }) => title)).toEqual(['a'])
  data.change([hit('a'), hit('b')])
  expect(search.state).toBe('done')
  await expect.poll(() => search.hits.map(({ title }) => title)).toEqual(['a', 'b'])
})

test('an answer to an earlier question never covers a later one', async () => {
  const data = changingData()
  const answers: ((hits: SearchHit[]) => void)[] = []
  data.search = () => new Promise((resolve) => answers.push(resolve))
  const search = searchIn(data)
  search.text = 'vorlage'
  await expect.poll(() => answers.length).toBe(1)
  data.change([])
  await expect.poll(() => answers.length).toBe(2)
  answers[1]!([hit('new')])
  answers[0]!([hit('old')])
  await expect.poll(() => search.state).toBe('done')
  expect(search.hits).toEqual([hit('new')])
})
