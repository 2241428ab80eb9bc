import type { AnyRecord } from '../../../shared/council/records/index.ts'

const stamps = { schema: 1, created: '2026-01-01T08:00:00Z', modified: '2026-01-01T08:00:00Z' } as const
const published = { state: 'published', step: 1 } as const
const term = 'legislative-term:1'
const file = (key: string, name: string, more: object = {}): AnyRecord => ({
  ...{ _id: `file:${key}`, type: 'file', ...stamps, name, fileName: `${key}.pdf`, mimeType: 'application/pdf' },
  ...{ size: 1_234_567, sha512: key.charCodeAt(0).toString(16).padStart(2, '0').repeat(64), pages: 12, ...more },
})

/** A small town with a bit of everything, hostile names and secrets included. */
export const exampleTown: readonly AnyRecord[] = [
  { _id: 'body:1', type: 'body', ...stamps, name: 'Stadt Beispielau', contactEmail: 'rat@example.org' },
  { ...{ _id: term, type: 'legislative-term', ...stamps }, body: 'body:1', name: '2024–2029', startDate: '2024-07-01' },
  { _id: 'location:1', type: 'location', ...stamps, description: 'Rathaus', room: 'Ratssaal', locality: 'Beispielau' },
  {
    ...{ _id: 'organization:1', type: 'organization', ...stamps, body: 'body:1' },
    ...{ name: 'Stadtrat', organizationType: 'council', location: 'location:1' },
  },
  {
    ...{ _id: 'organization:2', type: 'organization', ...stamps, body: 'body:1' },
    ...{ name: 'Haupt- und Finanzausschuss', organizationType: 'committee', endDate: '2029-06-30' },
  },
  {
    ...{ _id: 'organization:3', type: 'organization', ...stamps, body: 'body:1' },
    ...{ name: 'Fraktion Rheinblick', organizationType: 'faction' },
  },
  {
    ...{ _id: 'organization:4', type: 'organization', ...stamps, body: 'body:1' },
    ...{ name: 'Ausschuss für Altes', organizationType: 'committee', endDate: '2020-06-30' },
  },
  {
    ...{ _id: 'person:1', type: 'person', ...stamps, body: 'body:1', name: 'Dr. Ada Beispiel', familyName: 'Beispiel' },
    ...{ email: ['ada@example.org'], phone: ['06241 12345'], life: 'geheim@example.org', released: ['email', 'phone'] },
  },
  {
    ...{ _id: 'person:2', type: 'person', ...stamps, body: 'body:1', name: `"><script>alert('x')</script>` },
    ...{ familyName: `O'Neil`, released: [] },
  },
  {
    ...{ _id: 'membership:1', type: 'membership', ...stamps, person: 'person:1', organization: 'organization:1' },
    ...{ role: 'Vorsitz', votingRight: true, startDate: '2024-07-01', onBehalfOf: 'organization:3' },
  },
  {
    ...{ _id: 'membership:2', type: 'membership', ...stamps, person: 'person:2', organization: 'organization:1' },
    votingRight: false,
  },
  {
    ...{ _id: 'membership:3', type: 'membership', ...stamps, person: 'person:1', organization: 'organization:4' },
    ...{ votingRight: true, endDate: '2020-06-30' },
  },
  {
    ...{ _id: 'meeting:1', type: 'meeting', ...stamps, term, name: '12. Sitzung des Stadtrates' },
    ...{ organization: ['organization:1'], start: '2026-05-06T15:00:00Z', end: '2026-05-06T18:00:00Z' },
    ...{ location: 'location:1', invitation: 'file:e', public: true, publication: published },
  },
  {
    ...{ _id: 'meeting:2', type: 'meeting', ...stamps, term, name: '5. Sitzung des Haupt- und Finanzausschusses' },
    ...{ organization: ['organization:2'], start: '2026-04-02T15:00:00Z', public: true, publication: published },
  },
  {
    ...{
      _id: 'meeting:3',
      type: 'meeting',
      ...stamps,
      term,
      name: 'Geheime Sitzung',
      organization: ['organization:2'],
    },
    ...{ start: '2026-05-07T15:00:00Z', public: false, publication: published },
  },
  {
    ...{ _id: 'meeting:4', type: 'meeting', ...stamps, term, name: '13. Sitzung des Stadtrates', cancelled: true },
    ...{ organization: ['organization:1'], start: '2026-05-27T15:00:00Z', public: true, publication: published },
  },
  {
    ...{ _id: 'agenda-item:1', type: 'agenda-item', ...stamps, meeting: 'meeting:1', term, order: 'a1', public: true },
    ...{ name: 'Haushaltssatzung 2026', consultation: 'consultation:1', auxiliaryFile: ['file:a'] },
    ...{ result: 'einstimmig beschlossen', resolutionText: 'Die Satzung wird beschlossen.\nSie tritt in Kraft.' },
  },
  {
    ...{ _id: 'agenda-item:2', type: 'agenda-item', ...stamps, meeting: 'meeting:1', term, order: 'a2', public: true },
    name: 'Radweg <Rheinufer> & Co.',
  },
  {
    ...{ _id: 'agenda-item:3', type: 'agenda-item', ...stamps, meeting: 'meeting:1', term, order: 'a0', public: false },
    ...{ name: 'Verkauf Parzelle 77', publicTitle: 'Grundstücksangelegenheit', closedReason: 'Kaufvertrag' },
  },
  {
    ...{
      _id: 'paper:1',
      type: 'paper',
      ...stamps,
      term,
      name: 'Haushaltssatzung 2026 der Stadt',
      reference: '2026/014',
    },
    ...{ date: '2026-03-20', paperType: 'Beschlussvorlage', mainFile: 'file:m', auxiliaryFile: ['file:a'] },
    ...{ originatorPerson: ['person:1'], underDirectionOf: ['organization:2'], relatedPaper: ['paper:2'] },
    ...{ public: true, publication: published },
  },
  {
    ...{ _id: 'paper:2', type: 'paper', ...stamps, term, name: `Anfrage "Bäume" <img src=x onerror=alert(1)>` },
    ...{ date: '2026-04-20', paperType: 'Anfrage', public: true, publication: published },
  },
  {
    ...{ _id: 'paper:hidden', type: 'paper', ...stamps, term, name: 'Kaufvertrag Parzelle 77', public: false },
    publication: published,
  },
  {
    ...{ _id: 'consultation:1', type: 'consultation', ...stamps, paper: 'paper:1', term, meeting: 'meeting:1' },
    ...{ agendaItem: 'agenda-item:1', organization: ['organization:1'], authoritative: true, role: 'Entscheidung' },
  },
  {
    ...{ _id: 'consultation:2', type: 'consultation', ...stamps, paper: 'paper:1', term, meeting: 'meeting:2' },
    ...{ organization: ['organization:2'], role: 'Vorberatung' },
  },
  {
    ...{ _id: 'minutes:1', type: 'minutes', ...stamps, meeting: 'meeting:1', term, state: 'published' },
    ...{ day: '2026-05-06', publicFile: 'file:n', archiveFile: 'file:o' },
    document: {
      ...{ language: 'de', title: 'Niederschrift: 12. Sitzung des Stadtrates', body: 'Stadt Beispielau' },
      facts: [{ key: 'day', label: 'Tag', value: 'Mittwoch, 6. Mai 2026' }],
      sections: [
        {
          ...{ key: 'item:1', public: true, heading: 'TOP 1: Haushaltssatzung 2026' },
          blocks: [
            { block: 'paragraph', source: 'vote:1', runs: [{ text: 'Abstimmung durch Handzeichen.' }] },
            { block: 'resolution', source: 'vote:1/wording', runs: [{ text: 'Die Satzung <2026> wird beschlossen.' }] },
          ],
        },
        {
          ...{ key: 'item:3:closed', public: false, heading: 'TOP 3: Verkauf Parzelle 77' },
          blocks: [{ block: 'paragraph', runs: [{ text: 'Der Kaufvertrag wird erläutert.' }] }],
        },
      ],
      signatures: [{ by: 'chair', capacity: 'Vorsitz', name: 'Dr. Ada Beispiel' }],
    },
    signOffs: [
      { by: 'chair', name: 'Dr. Ada Beispiel', at: '2026-05-20T08:00:00Z', account: 'geheim@example.org' },
      { by: 'clerk', name: 'Karla Kanzlei', at: '2026-05-21T08:00:00Z' },
    ],
    annotations: [
      {
        ...{ objection: 'objection:1', section: 'item:1', public: true, accepted: true, vote: 'vote:9' },
        ...{
          correction: 'Die Satzung wird einstimmig beschlossen.',
          decidedIn: '13. Sitzung',
          decided: '2026-05-27T16:00:00Z',
        },
      },
    ],
  },
  {
    ...{ _id: 'resolution:1', type: 'resolution', ...stamps, meeting: 'meeting:1', term, agendaItem: 'agenda-item:1' },
    ...{ vote: 'vote:1', question: 'Haushalt', wording: 'Die Satzung <2026> wird beschlossen.', outcome: 'accepted' },
    ...{ tally: { yes: 30, no: 2, abstain: 1, invalid: 0 }, decided: '2026-05-06T16:00:00Z', public: true },
    ...{ state: 'in-progress', responsible: 'geheim@example.org', file: 'file:x' },
  },
  {
    ...{ _id: 'resolution:2', type: 'resolution', ...stamps, meeting: 'meeting:1', term, agendaItem: 'agenda-item:3' },
    ...{ vote: 'vote:2', question: 'Verkauf Parzelle 77', wording: 'Kaufvertrag', outcome: 'accepted', public: false },
    ...{ decided: '2026-05-06T17:00:00Z', state: 'open' },
    announced: { day: '2026-05-12', wording: 'Ein städtisches Grundstück wird veräußert.' },
  },
  file('m', 'Vorlage'),
  file('n', 'Niederschrift'),
  file('o', 'Niederschrift (PDF/A)'),
  file('x', 'Beschlussauszug'),
  file('a', 'Anlage 1 <b>'),
  file('e', 'Einladung'),
]
