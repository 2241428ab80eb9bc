import { expect, test } from 'vitest'
import { wordPaper, type PaperTopic } from './paper-words.ts'

const topic: PaperTopic = {
  election: {
    office: 'Zweite Beigeordnete',
    candidates: [
      { candidate: 'candidate:a', name: 'Clara Bachmann', proposedBy: 'organization:1' },
      { candidate: 'candidate:b', name: 'Łukasz Nowak' },
      { candidate: 'candidate:c', name: 'Ines Ebert' },
    ],
  },
  candidates: ['candidate:a', 'candidate:b'],
  round: 3,
  kind: 'run-off',
  abstention: true,
  town: 'Stadt Nibelau am Rhein',
  meeting: '18. Sitzung des Stadtrats',
  nameOf: () => 'Freie Liste',
}

test('of several candidates one is chosen; who does not stand is not on the paper', () => {
  expect(wordPaper(topic)).toMatchObject({
    title: 'Stimmzettel',
    round: 'Stichwahl (3. Wahlgang)',
    choices: [
      { text: 'Clara Bachmann', detail: 'Vorschlag: Freie Liste' },
      { text: 'Łukasz Nowak' },
      { text: 'Enthaltung' },
    ],
  })
  expect(wordPaper(topic)).not.toHaveProperty('only')
})

test('the only candidate is voted for or against; no abstention where the rules know none', () => {
  const paper = wordPaper({ ...topic, candidates: ['candidate:b'], kind: 'round', round: 1, abstention: false })
  expect(paper).toMatchObject({
    only: { name: 'Łukasz Nowak' },
    round: '1. Wahlgang',
    choices: [{ text: 'Ja' }, { text: 'Nein' }],
  })
})
