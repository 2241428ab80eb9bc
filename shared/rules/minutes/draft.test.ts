import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { EventBody, MeetingEvent } from '../../council/meeting-event.ts'
import { minutesDocumentSchema, type MinutesDocument } from '../../council/minutes.ts'
import { storyOf } from '../meeting/testing/story.suite.ts'
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
describe('the excerpt of a resolution', () => {
  const draft = draftOf(evening)

  it('has the facts, what was decided and how, and nothing else', async () => {
    await expect(textOf(excerptOf(draft, name, 'vote:bridge')!)).toMatchFileSnapshot('expected/excerpt.de.txt')
  })

  it('of a closed one says so, and stays closed', () => {
    const excerpt = excerptOf(draft, name, 'vote:land')
    expect(excerpt?.title).toBe('Beschlussauszug (nichtöffentlich): 18. Sitzung des Stadtrats')
    expect(excerpt?.sections.map((section) => section.public)).toEqual([false])
  })

  it('is none of a vote that the minutes do not know', () => {
    expect(excerptOf(draft, name, 'vote:other')).toBeUndefined()
    expect(excerptOf(publicMinutes(draft, name), name, 'vote:land')).toBeUndefined()
  })
})

describe('what was corrected stands as it holds', () => {
  const noteOf = (text: string): MeetingEvent =>
    evening.find(({ body }) => body.kind === 'note-added' && body.text === text)!
  const note = noteOf('Die Fraktion Grünes Nibelau kündigt eine Stellungnahme an.')
  const corrected = (instead?: EventBody): MeetingEvent[] => [
    ...evening,
    ...storyOf('meeting:18', Date.parse('2026-12-01T09:00:00Z'), [
      { kind: 'corrected', replaces: note._id, ...(instead ? { instead } : {}) } as EventBody,
    ]),
  ]

  it('in place of what was written first, under the same source', () => {
    const instead: EventBody = { kind: 'note-added', item: 'agenda-item:2', text: 'Sie legt sie schriftlich vor.' }
    const text = textOf(publicMinutes(draftOf(corrected(instead)), name))
    expect(text).toContain('Zur Niederschrift: Sie legt sie schriftlich vor.')
    expect(text).not.toContain('kündigt eine Stellungnahme an')
    expect(JSON.stringify(draftOf(corrected(instead)))).toContain(`note:${note._id}`)
  })

  it('and what did not happen stands nowhere', () => {
    expect(textOf(draftOf(corrected()))).not.toContain('Stellungnahme')
  })
})

it('there are no minutes before the opening', () => {
  expect(draftMinutes(sourceOf(evening.filter(({ body }) => body.kind === 'meeting-prepared')))).toBeUndefined()
})
