import type { Block, MinutesDocument, Section, TextRun } from '../../../shared/council/minutes.ts'

const paragraph = (...runs: TextRun[]): Block => ({ block: 'paragraph', runs })
const text = (words: string): TextRun => ({ text: words })
const strong = (words: string): TextRun => ({ text: words, strong: true })

/** Minutes of two items, with every kind of block. */
export const shortMinutes: MinutesDocument = {
  language: 'de',
  title: 'Niederschrift über die 18. Sitzung des Stadtrats',
  body: 'Stadt Nibelau am Rhein',
  facts: [
    { label: 'Tag', value: 'Montag, 30. November 2026' },
    { label: 'Beginn', value: '17:00 Uhr' },
    { label: 'Ende', value: '18:40 Uhr' },
    { label: 'Ort', value: 'Ratssaal, Am Markt 1' },
    { label: 'Vorsitz', value: 'Oberbürgermeisterin Dr. Łucja Şahin-Ćosić' },
  ],
  sections: [
    {
      key: 'opening',
      public: true,
      heading: 'Eröffnung',
      blocks: [
        paragraph(
          text('Die Vorsitzende eröffnet die Sitzung um 17:00 Uhr und stellt fest, dass der Rat '),
          strong('beschlussfähig'),
          text(' ist.'),
        ),
        {
          block: 'table',
          caption: 'Anwesenheit',
          header: ['Name', 'Fraktion', 'Anwesend'],
          rows: [
            ['Jörg Weiß', 'Freie Liste', '17:00 bis 18:40 Uhr'],
            ['Anna-Lena Größenwahn', 'Die Mitte', '17:12 bis 18:40 Uhr'],
            ['Yılmaz Ağaoğlu', 'Die Mitte', ''],
          ],
        },
      ],
    },
    {
      key: 'item:01JBMINUTESOFTHECOUNCIL001',
      public: true,
      heading: 'TOP 1: Ausbau der Kita „Löwenzahn“',
      blocks: [
        paragraph(text('Die Verwaltung berichtet. Aus der Mitte des Rates wird gefragt nach:')),
        {
          block: 'list',
          ordered: false,
          items: [[text('Kosten von 1.250.000 €')], [text('Beginn der Arbeiten ('), strong('§ 14 GemHVO'), text(')')]],
        },
        { block: 'heading', text: 'Beschluss' },
        { block: 'resolution', runs: [text('Der Rat beschließt den Ausbau der Kita „Löwenzahn“ nach Anlage 2.')] },
        paragraph(text('Einstimmig beschlossen.')),
      ],
    },
    {
      key: 'close',
      public: true,
      heading: 'Schluss',
      blocks: [{ block: 'list', ordered: true, items: [[text('Dank an alle.')], [text('Ende um 18:40 Uhr.')]] }],
    },
  ],
  signatures: [
    { capacity: 'Vorsitz', name: 'Dr. Łucja Şahin-Ćosić', signed: '2. Dezember 2026' },
    { capacity: 'Schriftführung', name: 'Bertram Übelacker' },
  ],
}

const sentences = [
  'Die Verwaltungsfachangestellte erläutert die Vorlage und verweist auf die Haushaltssatzung des laufenden Jahres.',
  'Mehrere Ratsmitglieder begrüßen die Kindertagesstättenbedarfsplanung, halten die Fortschreibung aber für überfällig.',
  'Auf Nachfrage wird erklärt, dass die Straßenausbaubeitragssatzung davon unberührt bleibt.',
  'Der Ausschuss für Stadtentwicklung, Umwelt und Klimaschutz hat die Vorlage einstimmig empfohlen.',
  'Ein Antrag auf Vertagung wird gestellt, begründet und nach Gegenrede zurückgenommen.',
]
const factions = ['Die Mitte', 'Freie Liste', 'Bündnis Rheinufer', 'Bürgerforum', 'Fraktionslos']

function longItem(number: number): Section {
  const sentence = (offset: number): string => sentences[(number + offset) % sentences.length] ?? ''
  return {
    key: `item:01JBMINUTESOFTHECOUNCIL${String(number).padStart(3, '0')}`,
    public: true,
    heading: `TOP ${number}: ${sentence(0)}`,
    blocks: [
      ...[1, 2, 3, 4].map((part) => paragraph(text([0, 1, 2, 3, 4].map((each) => sentence(part * each)).join(' ')))),
      { block: 'list', ordered: number % 2 === 0, items: [1, 2, 3].map((each) => [text(sentence(each))]) },
      { block: 'heading', text: `Beschluss zu TOP ${number}` },
      { block: 'resolution', runs: [text(`Der Rat beschließt (Drucksache ${number}/2026): `), strong(sentence(3))] },
      {
        block: 'table',
        caption: `Abstimmung zu TOP ${number}`,
        header: ['Fraktion', 'Ja', 'Nein', 'Enthaltung'],
        rows: factions.map((faction, row) => [faction, `${(number + row) % 13}`, `${row}`, `${number % 3}`]),
      },
    ],
  }
}

/** Minutes of as many items, each with long texts, a list, a resolution and a table. */
export const longMinutes = (items: number): MinutesDocument => ({
  ...shortMinutes,
  sections: Array.from({ length: items }, (_, index) => longItem(index + 1)),
})

/** Minutes with the same words in every place that has words. */
export const minutesSaying = (words: string): MinutesDocument => ({
  language: 'de',
  title: words,
  body: words,
  facts: [{ label: words, value: words }],
  sections: [
    {
      key: words,
      public: true,
      heading: words,
      blocks: [
        paragraph(strong(words)),
        { block: 'resolution', runs: [text(words)] },
        { block: 'heading', text: words },
        { block: 'list', ordered: true, items: [[text(words)]] },
        { block: 'table', caption: words, header: [words], rows: [[words]] },
      ],
    },
  ],
  signatures: [{ capacity: words, name: words, signed: words }],
})
