import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { majorities, voteModes, voteSubjects } from '../../../../shared/council/events/vote.ts'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { ruleSets } from '../../../../shared/rules/law/index.ts'
import { reduceMeeting } from '../../../../shared/rules/meeting/log.ts'
import { councilOf53, eventsFrom, itemIds, opening, personAt } from '../testing/council.ts'
import { entitlementFor } from './entitlement.ts'
import {
  draftFaults,
  draftVote,
  fitToRules,
  modeChoices,
  neededMajority,
  runningVote,
  subjectsInMeeting,
} from './vote-draft.ts'

const stateAfter = (...bodies: EventBody[]) => reduceMeeting('meeting:18', eventsFrom(bodies))
const [rp] = ruleSets
const item = itemIds.resolution
const topic = { item, question: 'Frage' }

describe('a draft', () => {
  const draft = fc.record({
    item: fc.constant(item),
    question: fc.constant('Frage'),
    subject: fc.constantFrom(...voteSubjects),
    majority: fc.constantFrom(...majorities),
    mode: fc.constantFrom(...voteModes),
    secret: fc.boolean(),
  })

  test('law: what fits the rules is taken by the log, in every rule set, for every subject, majority and way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ruleSets), draft, (rules, wished) => {
        fc.pre(subjectsInMeeting.includes(wished.subject))
        fc.pre(!wished.secret || rules.votes.secret.modes.length > 0)
        const fitted = fitToRules(wished, rules)
        const opened = opening(councilOf53({ rules: rules.id, hybrid: false }))
        const state = stateAfter(...opened, { kind: 'vote-opened', vote: 'vote:1', ...fitted })
        expect(state.refused).toEqual([])
        expect(runningVote(state)).toMatchObject(fitted)
        expect(fitToRules(fitted, rules)).toEqual(fitted)
        // Only what the rules forbid was changed.
        expect(fitted.majority).toBe(neededMajority(wished.subject, rules) ?? wished.majority)
        const choice = modeChoices(wished, rules).find(({ mode }) => mode === wished.mode)
        expect(fitted.mode === wished.mode).toBe(choice?.blocked === undefined)
      }),
    )
  })

  test('a motion on procedure is a vote on procedure; any other is a resolution', () => {
    const on = (form: 'main' | 'procedure') =>
      draftVote({ ...topic, motion: { motion: 'motion:1', form, title: 'X' } }, rp!, 'hand')
    expect([on('main'), on('procedure')]).toMatchObject([
      { subject: 'resolution', motion: 'motion:1', mode: 'hand' },
      { subject: 'procedure', motion: 'motion:1' },
    ])
  })

  test('faults name exactly what the log would refuse', () => {
    const fine = draftVote(topic, rp!, 'devices')
    const open = opening(councilOf53())
    const voting: EventBody = { kind: 'vote-opened', vote: 'vote:1', ...fine }
    expect([
      draftFaults(fine, stateAfter(...open), 53),
      draftFaults({ ...fine, question: ' ' }, stateAfter(...open), 53),
      draftFaults({ ...fine, question: 'x'.repeat(4001) }, stateAfter(...open), 0),
      draftFaults(fine, stateAfter(...open, voting), 53),
      draftFaults(fine, stateAfter(...open, voting, { kind: 'vote-closed', vote: 'vote:1' }), 53),
      draftFaults({ ...fine, item: itemIds.statute }, stateAfter(...open), 53),
      draftFaults(fine, stateAfter(...open.slice(0, -2)), 53),
    ]).toEqual([
      [],
      ['no-question'],
      ['nobody-entitled', 'question-too-long'],
      ['vote-running'],
      [],
      ['item-not-open'],
      ['not-open'],
    ])
  })
})

test('everybody of the roster is either entitled or has a reason', () => {
  const state = stateAfter(...opening(councilOf53(), { present: 50, remote: 3, item: itemIds.election }), {
    kind: 'conflict-declared',
    person: personAt(4),
    item: itemIds.election,
    away: 'table',
  })
  const found = entitlementFor(state, rp!, { item: itemIds.election, secret: true, matter: 'election' })
  expect(found.others.map(({ because, persons }) => [because, persons.length])).toEqual([
    ['chair-without-vote', 1],
    ['conflict', 1],
    ['remote-does-not-count', 3],
    ['absent', 3],
  ])
  const all = [...found.entitled, ...found.others.flatMap(({ persons }) => persons)]
  expect(all.toSorted()).toEqual(state.constitution!.seats.map(({ person }) => person).toSorted())
})
