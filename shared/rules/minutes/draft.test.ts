import { describe, expect, it, test } from 'vitest'
import * as v from 'valibot'
import { minutesDocumentSchema, type MinutesDocument } from '../../council/minutes.ts'
import { closedMinutes, draftMinutes, excerptOf, publicMinutes, textOf } from './index.ts'
import { evening, sourceOf } from './testing/evening.suite.ts'

const name = '18. Sitzung des Stadtrats'
const draftOf = (...args: Parameters<typeof sourceOf>): MinutesDocument => {
  const draft = draftMinutes(sourceOf(...args))
  if (!draft) throw new Error('The meeting was opened')
  return draft
}

describe('minutes of a full evening', () => {
  const draft = draftOf(evening)

  it('come from a log in which nothing was refused', () => {
    expect(sourceOf(evening).state.refused).toEqual([])
  })

  it('are a valid document, and the same whenever they are made', () => {
    expect(v.safeParse(minutesDocumentSchema, draft).issues).toBeUndefined()
    expect(draftOf(evening)).toEqual(draft)
  })

  it('equal the expected texts', async () => {
    await expect(textOf(publicMinutes(draft, name))).toMatchFileSnapshot('expected/public.de.txt')
    await expect(textOf(closedMinutes(draft, name))).toMatchFileSnapshot('expected/closed.de.txt')
    await expect(textOf(draftOf(evening, { locale: 'en' }))).toMatchFileSnapshot('expected/whole.en.txt')
  })

  it('name each block by a source of its own', () => {
    const sources = draft.sections.flatMap(({ key, blocks }) => blocks.map(({ source }) => `${key} ${source}`))
    expect(new Set(sources).size).toBe(sources.length)
    expect(sources.every((source) => !source.endsWith('undefined'))).toBe(true)
  })
})
void [excerptOf, test]
