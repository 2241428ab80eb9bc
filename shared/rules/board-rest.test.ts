import fc from 'fast-check'
import { expect, test } from 'vitest'
import { restsDuring, type ItemOn } from './board.ts'

const item = 'agenda-item:i'
type Logged = ItemOn['agenda'][number]
const logged = (isPublic: boolean, keptOut: readonly string[]): Logged => ({
  ...{ item, public: isPublic, matter: 'ordinary', status: 'open', spans: [], added: false, speakersClosed: false },
  ...{ order: [], conflicts: keptOut.map((person) => ({ person, away: 'room' as const })) },
})
const persons = fc.uniqueArray(fc.constantFrom('person:ada', 'person:ben', 'person:cem'))
const sides = fc.record({ public: fc.boolean(), persons })
const boards = fc.constantFrom({}, { agendaItem: item }, { agendaItem: 'agenda-item:other' })

test('nothing rests while no item is on', () => {
  const agenda = [logged(false, ['person:ben'])]
  expect(restsDuring({}, { current: undefined, agenda }, () => ({ public: false, excluded: ['person:ben'] }))).toBe(
    false,
  )
})

test('a board that somebody kept out of a closed item may see rests, whoever knows of it: the log or the office', () => {
  fc.assert(
    fc.property(boards, fc.option(sides), fc.option(sides), (board, log, office) => {
      const on = { current: item, agenda: log ? [logged(log.public, log.persons)] : [] }
      const record = office ? { public: office.public, excluded: office.persons as never } : undefined
      const isClosed = log?.public === false || office?.public === false
      const keptOut = new Set([...(log?.persons ?? []), ...(office?.persons ?? [])])
      // Its own board is with the circle, from which those are kept out whom the office knows of.
      const inside = board.agendaItem === item && office ? new Set(office.persons) : new Set<string>()
      const seenByOthers =
        board.agendaItem === item ? [...keptOut].some((person) => !inside.has(person)) : keptOut.size > 0
      expect(restsDuring(board, on, () => record)).toBe((!log && !office) || (isClosed && seenByOthers))
    }),
  )
})
