import { describe, expect, it } from 'vitest'
import { electionFinding } from '../rules/election.ts'
import { findingOfCase } from '../rules/law/case-findings.ts'
import { lawCases, type LawCase } from '../rules/law/cases/index.ts'
import { ruleSet, ruleSets } from '../rules/law/index.ts'
import { quorumFinding } from '../rules/quorum.ts'
import { locales, type Locale } from './index.ts'
import {
  assumptionSentence,
  disclaimerSentence,
  electionSentence,
  invitationSentence,
  membersSentence,
  minutesSentence,
  orderSentence,
  quorumSentence,
  voteSentence,
  votingRightSentence,
} from './law-words.ts'

const names = new Map([
  ['anna', 'Anna Weber'],
  ['ben', 'Ben Kurz'],
  ['cem', 'Cem Aydın'],
])

function sentenceOf(law: LawCase, locale: Locale): string {
  const rules = ruleSet(law.rules)!
  const found = findingOfCase(law)
  switch (found.about) {
    case 'quorum':
      return quorumSentence(found.finding, { locale })
    case 'vote':
      return voteSentence(found.finding, { locale })
    case 'election':
      return electionSentence(found.finding, names, { locale })
    case 'invitation':
      return invitationSentence(found.finding, { locale })
    case 'voting-right':
      return votingRightSentence(found.finding, rules, { locale })
    case 'order':
      return orderSentence(law.about === 'order' ? law.input.callsToOrder : 0, rules, { locale })
    case 'membership':
      return membersSentence(
        law.about === 'membership' ? law.input.inhabitants : 0,
        found.finding.statutoryNumber!,
        rules,
        {
          locale,
        },
      )
    case 'minutes':
      return minutesSentence(found.finding.latest, rules, { locale })
  }
}

/** Numbers that the sentence about a case has to say. */
function numbersOf(law: LawCase): (number | string)[] {
  switch (law.about) {
    case 'quorum':
      return [law.expected.counted, law.expected.needed, law.input.remote]
    case 'vote': {
      const { yes, no, abstain, invalid } = law.input.tally
      return [yes, no, ...[abstain, invalid].filter((some) => some > 0), law.expected.needed]
    }
    case 'election':
      return [
        law.expected.needed,
        law.expected.of,
        ...(law.expected.repeated ? [] : law.expected.outcome === 'next-round' ? [] : namesIn(law.expected.candidates)),
      ]
    case 'invitation':
      return [Math.max(0, law.expected.clearDays), law.expected.needed]
    case 'order':
      return [law.input.callsToOrder]
    case 'membership':
      return [law.expected.statutoryNumber]
    default:
      return []
  }
}
const namesIn = (candidates: readonly string[]): string[] => candidates.map((candidate) => names.get(candidate)!)

const both = lawCases.flatMap((law) => locales.map((locale) => [law.id, locale, law] as const))

describe('every finding is said in one plain sentence with its numbers and its source', () => {
  it.each(both)('%s, %s', (_, locale, law) => {
    const sentence = sentenceOf(law, locale)
    expect(sentence).toMatch(/\((§|Art\.) .*(GemO|GO Bayern)\)|\(§ .*Gemeindetags\)/)
    expect(sentence).not.toMatch(/undefined|NaN|\{|\}|law_/)
    for (const number of numbersOf(law).filter((some) => some !== 0 || law.about === 'vote'))
      expect(sentence).toMatch(new RegExp(`(^|[^0-9])${number}([^0-9]|$)`))
  })
})

it('every rule set says that it is unconfirmed, and where', () => {
  for (const rules of ruleSets)
    for (const locale of locales) {
      const sentence = disclaimerSentence(rules, { locale })
      expect(sentence).toContain(rules.name)
      for (const { source } of rules.unconfirmed) expect(sentence).toContain(source.place)
    }
})

it('what a rule set assumes is said in each language', () => {
  const assumed = new Set(ruleSets.flatMap(({ unconfirmed }) => unconfirmed.map((place) => place.assumed)))
  const sentences = [...assumed].flatMap((assumption) =>
    locales.map((locale) => assumptionSentence(assumption, { locale })),
  )
  expect(sentences.filter((sentence) => !/^\p{Lu}.+\.$/u.test(sentence))).toEqual([])
  expect(new Set(sentences).size).toBe(assumed.size * locales.length)
})

describe('sentences as they are read aloud', () => {
  const german = (id: string): string =>
    sentenceOf(
      lawCases.find((law) => law.id === id)!,
      'de',
    )
  const english = (id: string): string =>
    sentenceOf(
      lawCases.find((law) => law.id === id)!,
      'en',
    )

  it('of votes', () => {
    expect(german('rp-abstain-few')).toBe(
      'Angenommen mit 31 Ja gegen 18 Nein bei 3 Enthaltungen; nötig waren 25 Ja-Stimmen (§ 40 Abs. 1 Satz 1, Abs. 4 Satz 1 GemO).',
    )
    expect(english('rp-abstain-few')).toBe(
      'Accepted by 31 to 18, with 3 abstentions; 25 votes in favour were needed (§ 40 Abs. 1 Satz 1, Abs. 4 Satz 1 GemO).',
    )
    expect(german('rp-tie')).toBe(
      'Abgelehnt bei Stimmengleichheit mit 26 Ja gegen 26 Nein bei 1 Enthaltung; nötig waren 27 Ja-Stimmen (§ 40 Abs. 1 Satz 2 GemO).',
    )
    expect(german('rp-extension-29-of-45')).toBe(
      'Abgelehnt mit 29 Ja gegen 16 Nein; nötig waren 30 Ja-Stimmen, gerechnet auf 45 Anwesende (§ 34 Abs. 7 GemO).',
    )
    expect(german('by-abstention')).toBe(
      'Angenommen mit 12 Ja gegen 10 Nein bei 3 Enthaltungen; nötig waren 12 Ja-Stimmen (Art. 51 Abs. 1 Satz 1 GO Bayern). Enthaltungen lässt das Gesetz hier nicht zu.',
    )
  })

  it('of an election without a quorum', () => {
    const rules = ruleSet('de-rp-2024')!
    const quorum = quorumFinding(rules, {
      ...{ statutoryNumber: 53, call: 'first', room: 20, remote: 0, remoteCounts: true, conflicts: 0 },
    })
    const count = { votes: new Map([['anna', 20]]), against: 0, abstain: 0, invalid: 0 }
    const finding = electionFinding(rules, {
      rounds: [{ round: 1, candidates: ['anna'], entitled: 20, quorum, count }],
    })!
    expect(electionSentence(finding, names, { locale: 'de' })).toBe(
      'Der Wahlgang wird wiederholt, weil das Gremium nicht beschlussfähig war. Gültig waren 20 Stimmen, nötig 11, die meisten 20 (§ 39 Abs. 1 Satz 1 GemO).',
    )
  })

  it('of the quorum', () => {
    expect(german('rp-hybrid-counts')).toBe(
      'Beschlussfähig: 27 von 53 Mitgliedern sind da, davon zugeschaltet 7; nötig sind 27 (§ 39 Abs. 1 Satz 1 GemO).',
    )
    expect(german('rp-hybrid-statute')).toBe(
      'Nicht beschlussfähig: 20 von 53 Mitgliedern sind da; Zugeschaltete zählen hier nicht mit (20); nötig sind 27 (§ 39 Abs. 1 Satz 1 GemO).',
    )
    expect(german('rp-second-3')).toBe(
      'Beschlussfähig: 3 von 53 Mitgliedern sind da; in der zweiten Sitzung über dieselbe Sache genügen 3 (§ 39 Abs. 1 Satz 2 GemO).',
    )
  })

  it('of elections, invitations and voting rights', () => {
    expect(german('rp-election-lot')).toBe(
      'Gleichstand mit je 26 von 52 gültigen Stimmen, nötig waren 27: Das Los entscheidet zwischen Anna Weber und Ben Kurz (§ 40 Abs. 3 GemO).',
    )
    expect(german('rp-invitation-day-late')).toBe(
      'Zu spät eingeladen: Zwischen Einladung und Sitzung liegen 3 volle Tage, nötig sind 4. Letzter Tag war der 6. Mai 2026 (§ 34 Abs. 3 Satz 1 GemO).',
    )
    expect(german('rp-right-remote-statute')).toBe(
      'Stimmt nicht mit: Zugeschaltete gelten bei diesem Punkt nicht als anwesend (§ 35 a Abs. 1 GemO).',
    )
  })
})
