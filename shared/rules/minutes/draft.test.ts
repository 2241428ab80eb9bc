import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { timeOfEvent, type EventBody, type MeetingEvent } from '../../council/meeting-event.ts'
import { minutesDocumentSchema, type MinutesDocument } from '../../council/minutes.ts'
import { storyOf } from '../meeting/testing/story.suite.ts'
import { closedMinutes, draftMinutes, excerptOf, publicMinutes, textOf } from './index.ts'
import { constitution, mayor, person } from './testing/council.suite.ts'
import { evening, sourceOf } from './testing/evening.suite.ts'

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
    await expect(textOf(publicMinutes(draft))).toMatchFileSnapshot('expected/public.de.txt')
    await expect(textOf(closedMinutes(draft))).toMatchFileSnapshot('expected/closed.de.txt')
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
    await expect(textOf(excerptOf(draft, 'vote:bridge')!)).toMatchFileSnapshot('expected/excerpt.de.txt')
  })

  it('of a closed one says so, and stays closed', () => {
    const excerpt = excerptOf(draft, 'vote:land')
    expect(excerpt?.title).toBe('Beschlussauszug aus der Niederschrift: 18. Sitzung des Stadtrats (nichtöffentlich)')
    expect(excerpt?.sections.map((section) => section.public)).toEqual([false])
  })

  it('is none of a vote that the minutes do not know', () => {
    expect(excerptOf(draft, 'vote:other')).toBeUndefined()
    expect(excerptOf(publicMinutes(draft), 'vote:land')).toBeUndefined()
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
    const text = textOf(publicMinutes(draftOf(corrected(instead))))
    expect(text).toContain('Zur Niederschrift: Sie legt sie schriftlich vor.')
    expect(text).not.toContain('kündigt eine Stellungnahme an')
    expect(JSON.stringify(draftOf(corrected(instead)))).toContain(`note:${note._id}`)
  })

  it('to the body alone where it replaces what was of an item that not everybody may read', () => {
    const hidden = { text: 'Ein Zuruf', item: 'agenda-item:unknown' } as const
    const place = evening.findIndex(({ body }) => body.kind === 'round-opened')
    const proposal: EventBody = {
      kind: 'candidate-nominated',
      ...{ election: 'election:1', candidate: { candidate: 'candidate:9', name: 'Hilmar Verdeckt' } },
    }
    const told = (first: EventBody): string[] => {
      const [said] = storyOf('meeting:18', timeOfEvent(evening[place]!) - 1000, [first])
      const [change] = storyOf('meeting:18', timeOfEvent(said!) + 500, [
        { kind: 'corrected', replaces: said!._id, instead: proposal },
      ])
      const draft = draftOf([...evening.slice(0, place), said!, change!, ...evening.slice(place)])
      return [textOf(publicMinutes(draft)), textOf(draft)]
    }
    const [open, whole] = told({ kind: 'note-added', text: hidden.text, item: 'agenda-item:4' })
    expect([open, whole].every((text) => text?.includes('Hilmar Verdeckt'))).toBe(true)
    // Why a part is closed is itself closed, and so is what stands for it, though nobody obeyed it.
    for (const first of [
      { kind: 'note-added', ...hidden },
      { kind: 'part-closed', reason: 'Zuruf' },
    ] as const) {
      const [kept, known] = told(first)
      expect(kept).not.toMatch(/Hilmar Verdeckt|Korkmaz/)
      expect(known).toContain('Hilmar Verdeckt')
    }
  })

  it('and what did not happen stands nowhere', () => {
    expect(textOf(draftOf(corrected()))).not.toContain('Stellungnahme')
  })
})

it('there are no minutes before the opening', () => {
  expect(draftMinutes(sourceOf(evening.filter(({ body }) => body.kind === 'meeting-prepared')))).toBeUndefined()
})

describe('an item that is partly behind closed doors', () => {
  const item = 'agenda-item:5'
  const bodies: EventBody[] = [
    { kind: 'meeting-prepared', constitution },
    { kind: 'person-arrived', person: mayor, mode: 'room', by: 'list' },
    { kind: 'person-arrived', person: person(0), mode: 'room', by: 'list' },
    { kind: 'meeting-opened' },
    { kind: 'item-opened', item },
    { kind: 'note-added', item, text: 'Vor allen gesagt.' },
    { kind: 'part-closed', reason: 'Betriebsgeheimnis' },
    { kind: 'note-added', item, text: 'Unter uns gesagt.' },
    { kind: 'presidency-handed', person: person(0) },
    { kind: 'meeting-paused', reason: 'Beratung' },
    { kind: 'meeting-resumed' },
    { kind: 'presidency-handed', person: mayor },
    { kind: 'part-opened' },
    { kind: 'note-added', item, text: 'Wieder vor allen gesagt.' },
    { kind: 'meeting-closed' },
  ]
  const draft = draftOf(storyOf('meeting:18', Date.parse('2026-11-30T16:00:00Z'), bodies))

  it('has two sections, each with its own times', () => {
    const told = draft.sections.filter(({ key }) => key.startsWith('item:5'))
    const texts = told.map(
      (section) => [section.key, section.public, textOf({ ...draft, sections: [section] })] as const,
    )
    expect(texts.map(([key, open]) => [key, open])).toEqual([
      ['item:5', true],
      ['item:5:closed', false],
    ])
    expect(texts[0]?.[2]).toContain(
      'Dieser Punkt wird von 17:04 Uhr bis 17:06 Uhr und von 17:12 Uhr bis 17:14 Uhr behandelt.',
    )
    expect(texts[0]?.[2]).toMatch(/Vor allen gesagt[^]*Wieder vor allen gesagt/)
    expect(texts[1]?.[2]).toContain('Dieser Punkt wird von 17:06 Uhr bis 17:12 Uhr behandelt.')
    expect(texts[1]?.[2]).toContain('Unter uns gesagt.')
  })

  it('tells the public when it was kept out, and not why', () => {
    const text = textOf(publicMinutes(draft))
    expect(text).toContain('Die Öffentlichkeit ist von 17:06 Uhr bis 17:12 Uhr ausgeschlossen.')
    expect(text).not.toMatch(/Unter uns|Betriebsgeheimnis|Beratung|unterbrochen|Unterbrechungen|17:08 Uhr/)
    const closed = textOf(closedMinutes(draft))
    expect(closed).toContain('Betriebsgeheimnis')
    expect(closed).toContain('Den Vorsitz übernimmt um 17:08 Uhr Frau Sunniva Distelhuf.')
    expect(closed).toContain('Die Sitzung wird von 17:09 Uhr bis 17:10 Uhr unterbrochen. Begründung: Beratung.')
  })
})

it('who is let in again and kept out once more is told so in this order', () => {
  const about = { person: person(0), item: 'agenda-item:5' } as const
  const bodies: EventBody[] = [
    { kind: 'meeting-prepared', constitution },
    { kind: 'person-arrived', person: mayor, mode: 'room', by: 'list' },
    { kind: 'person-arrived', person: person(0), mode: 'room', by: 'list' },
    { kind: 'meeting-opened' },
    { kind: 'item-opened', item: 'agenda-item:5' },
    { kind: 'conflict-declared', ...about, away: 'table' },
    { kind: 'conflict-lifted', ...about },
    { kind: 'conflict-declared', ...about, away: 'room' },
  ]
  const draft = draftOf(storyOf('meeting:18', Date.parse('2026-11-30T16:00:00Z'), bodies))
  expect(textOf(draft)).toMatch(/den Sitzungstisch[^]*wirkt an diesem Punkt wieder mit[^]*den Sitzungsraum/)
})
