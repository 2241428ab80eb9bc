import { describe, expect, test } from 'vitest'
import { causeOf, clerk, items, members, opened, persons } from '../history.arbitrary.ts'

const [ordinary] = items as [string]

describe('corrections', () => {
  test('can be corrected themselves, and taken back', () => {
    const writers = opened()
    const note = writers.do(clerk, { kind: 'note-added', text: 'eins' })
    const first = writers.do(clerk, {
      kind: 'corrected',
      replaces: note._id,
      instead: { kind: 'note-added', text: 'zwei' },
    })
    const notes = () => writers.log.state.notes.map(({ text }) => text)
    expect(notes()).toEqual(['zwei'])
    const second = writers.do(clerk, {
      kind: 'corrected',
      replaces: first._id,
      instead: { kind: 'note-added', text: 'drei' },
    })
    expect(notes()).toEqual(['drei'])
    writers.do(clerk, { kind: 'corrected', replaces: second._id })
    expect(notes()).toEqual(['zwei'])
    writers.do(clerk, { kind: 'corrected', replaces: first._id })
    expect(notes()).toEqual(['eins'])
    writers.do(clerk, { kind: 'corrected', replaces: note._id })
    expect(notes()).toEqual([])
  })

  test('that would do what their author may not are refused, and what they replace holds', () => {
    const writers = opened()
    const speech = { kind: 'speech-requested', speech: 'speech:1', item: ordinary, form: 'speech' } as const
    const own = writers.do(members[5]!, { ...speech, speaker: { person: persons[5]! } })
    const escalation = writers.do(members[5]!, {
      kind: 'corrected',
      replaces: own._id,
      instead: { kind: 'meeting-closed' },
    })
    const foreign = writers.do(members[5]!, {
      ...{ kind: 'corrected', replaces: own._id },
      instead: { ...speech, speaker: { person: persons[6]! } },
    })
    expect([causeOf(writers, escalation), causeOf(writers, foreign)]).toEqual(['not-allowed', 'not-yours'])
    expect(writers.log.state.speeches.get('speech:1')?.speaker).toEqual({ person: persons[5] })
    expect(writers.log.state.phase).toBe('open')
  })

  test('ten thousand in a row do not stop a device', () => {
    const writers = opened()
    const begin = writers.do(clerk, { kind: 'note-added', text: 'Anfang' })
    let replaces = begin._id
    const chain = Array.from({ length: 10_000 }, (_, index) => {
      const event = writers.write(clerk, {
        kind: 'corrected',
        replaces,
        instead: { kind: 'note-added', text: `${index}` },
      })
      replaces = event._id
      return event
    })
    writers.log.insert(chain)
    expect(writers.log.state.notes.map(({ text }) => text)).toEqual(['9999'])
  })
})
