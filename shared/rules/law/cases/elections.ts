import { casesOf, type LawCase } from './case.ts'

const { election } = casesOf('de-rp-2024', 'GemO')
const half = '§ 40 Abs. 3 Satz 1'
const again = '§ 40 Abs. 3 Satz 2'
const runOff = '§ 40 Abs. 3 Satz 3'
const lot = '§ 40 Abs. 3 Satz 4'
const uncounted = '§ 40 Abs. 4 Satz 1'
const blank = '§ 40 Abs. 4 Satz 2'
const void_ = '§ 40 Abs. 4 Satz 3'

/** Wahlen: two rounds, run-off, lot. */
export const electionCases: readonly LawCase[] = [
  election(
    ['rp-election-first', half, 'Im ersten Wahlgang gewählt', '27 of 52 valid votes.'],
    [{ votes: { anna: 27, ben: 15, cem: 10 } }],
    { outcome: 'elected', candidates: ['anna'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-half', again, 'Genau die Hälfte reicht nicht', '26 of 52 valid votes.'],
    [{ votes: { anna: 26, ben: 16, cem: 10 } }],
    { outcome: 'next-round', candidates: ['anna', 'ben', 'cem'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-blank', blank, 'Leere Zettel sind Enthaltungen', '20 of 39 valid votes; 13 papers are blank.'],
    [{ votes: { anna: 20, ben: 19 }, abstain: 13 }],
    { outcome: 'elected', candidates: ['anna'], needed: 20, of: 39 },
  ),
  election(
    ['rp-election-void', void_, 'Ungültige Zettel', '16 of 31 valid votes; 21 papers carry a remark.'],
    [{ votes: { anna: 16, ben: 15 }, invalid: 21 }],
    { outcome: 'elected', candidates: ['anna'], needed: 16, of: 31 },
  ),
  election(
    ['rp-election-mostly-void', uncounted, 'Mehrheit ungültig', '3 of 5 valid votes; 47 papers are invalid.'],
    [{ votes: { anna: 3, ben: 2 }, invalid: 47 }],
    { outcome: 'elected', candidates: ['anna'], needed: 3, of: 5 },
  ),
  election(
    ['rp-election-two-tie', again, 'Zwei gleichauf', 'Two candidates with 26 each: again.'],
    [{ votes: { anna: 26, ben: 26 } }],
    { outcome: 'next-round', candidates: ['anna', 'ben'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-second', half, 'Im zweiten Wahlgang gewählt', 'Nobody at first, then 28 of 52.'],
    [{ votes: { anna: 22, ben: 20, cem: 10 } }, { votes: { anna: 28, ben: 20, cem: 4 } }],
    { outcome: 'elected', candidates: ['anna'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-to-run-off', runOff, 'Stichwahl', 'Nobody has half of 52 in two rounds: the first two go on.'],
    [{ votes: { anna: 22, ben: 20, cem: 10 } }, { votes: { anna: 24, ben: 20, cem: 8 } }],
    { outcome: 'run-off', candidates: ['anna', 'ben'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-run-off-two', runOff, 'Stichwahl zu zweit', 'Two candidates, a tie twice: the same two again.'],
    [{ votes: { anna: 26, ben: 26 } }, { votes: { anna: 25, ben: 25 }, abstain: 2 }],
    { outcome: 'run-off', candidates: ['anna', 'ben'], needed: 26, of: 50 },
  ),
  election(
    ['rp-election-run-off-won', half, 'Stichwahl gewonnen', 'In the run-off 25 to 23, four blank.'],
    [
      { votes: { anna: 22, ben: 20, cem: 10 } },
      { votes: { anna: 24, ben: 20, cem: 8 } },
      { votes: { anna: 25, ben: 23 }, abstain: 4 },
    ],
    { outcome: 'elected', candidates: ['anna'], needed: 25, of: 48 },
  ),
  election(
    ['rp-election-run-off-turned', half, 'Stichwahl gedreht', 'Whoever was second wins the run-off 27 to 25.'],
    [
      { votes: { anna: 22, ben: 20, cem: 10 } },
      { votes: { anna: 24, ben: 20, cem: 8 } },
      { votes: { anna: 25, ben: 27 } },
    ],
    { outcome: 'elected', candidates: ['ben'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-lot', lot, 'Los in der Stichwahl', 'The run-off ends 26 to 26: the chair draws a lot.'],
    [
      { votes: { anna: 22, ben: 20, cem: 10 } },
      { votes: { anna: 24, ben: 20, cem: 8 } },
      { votes: { anna: 26, ben: 26 } },
    ],
    { outcome: 'lot', candidates: ['anna', 'ben'], needed: 27, of: 52, lotFor: 'office' },
  ),
  election(
    ['rp-election-lot-drawn', lot, 'Durch Los gewählt', 'The lot falls on the second of them.'],
    [
      { votes: { anna: 22, ben: 20, cem: 10 } },
      { votes: { anna: 24, ben: 20, cem: 8 } },
      { votes: { anna: 26, ben: 26 } },
    ],
    { outcome: 'elected', candidates: ['ben'], needed: 27, of: 52, byLot: true },
    ['ben'],
  ),
  election(
    ['rp-election-lot-stranger', lot, 'Los für jemand anderen', 'A lot for somebody who is not in the run-off.'],
    [
      { votes: { anna: 22, ben: 20, cem: 10 } },
      { votes: { anna: 24, ben: 20, cem: 8 } },
      { votes: { anna: 26, ben: 26 } },
    ],
    { outcome: 'lot', candidates: ['anna', 'ben'], needed: 27, of: 52, lotFor: 'office' },
    ['cem'],
  ),
  election(
    ['rp-election-lot-second', runOff, 'Los um den zweiten Platz', '24, 14, 14: who comes into the run-off is drawn.'],
    [{ votes: { anna: 24, ben: 14, cem: 14 } }, { votes: { anna: 24, ben: 14, cem: 14 } }],
    { outcome: 'lot', candidates: ['ben', 'cem'], needed: 27, of: 52, lotFor: 'run-off' },
  ),
  election(
    ['rp-election-lot-second-drawn', runOff, 'Los um den zweiten Platz gezogen', 'The lot brings the third in.'],
    [{ votes: { anna: 24, ben: 14, cem: 14 } }, { votes: { anna: 24, ben: 14, cem: 14 } }],
    { outcome: 'run-off', candidates: ['anna', 'cem'], needed: 27, of: 52, byLot: true },
    ['cem'],
  ),
  election(
    ['rp-election-lot-first', runOff, 'Drei gleichauf', '17, 17, 17 in both rounds: both places are drawn.'],
    [
      { votes: { anna: 17, ben: 17, cem: 17 }, abstain: 1 },
      { votes: { anna: 17, ben: 17, cem: 17 }, abstain: 1 },
    ],
    { outcome: 'lot', candidates: ['anna', 'ben', 'cem'], needed: 26, of: 51, lotFor: 'run-off' },
  ),
  election(
    ['rp-election-lot-first-one', runOff, 'Drei gleichauf, ein Los', 'One of two places is drawn so far.'],
    [{ votes: { anna: 17, ben: 17, cem: 17 } }, { votes: { anna: 17, ben: 17, cem: 17 } }],
    { outcome: 'lot', candidates: ['anna', 'ben', 'cem'], needed: 26, of: 51, lotFor: 'run-off' },
    ['cem'],
  ),
  election(
    ['rp-election-lot-first-drawn', runOff, 'Drei gleichauf, zwei Lose', 'Both places are drawn.'],
    [{ votes: { anna: 17, ben: 17, cem: 17 } }, { votes: { anna: 17, ben: 17, cem: 17 } }],
    { outcome: 'run-off', candidates: ['cem', 'anna'], needed: 26, of: 51, byLot: true },
    ['cem', 'anna'],
  ),
  election(
    ['rp-election-first-two-tied', runOff, 'Zwei an der Spitze', '20, 20, 12: no lot, the first two go on.'],
    [{ votes: { anna: 20, ben: 20, cem: 12 } }, { votes: { anna: 20, ben: 20, cem: 12 } }],
    { outcome: 'run-off', candidates: ['anna', 'ben'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-single', half, 'Einzige Bewerbung', 'The only candidate: 30 for, 20 against, two blank.'],
    [{ votes: { anna: 30 }, against: 20, abstain: 2 }],
    { outcome: 'elected', candidates: ['anna'], needed: 26, of: 50 },
  ),
  election(
    ['rp-election-single-tie', again, 'Einzige Bewerbung, Gleichstand', '25 for, 25 against.'],
    [{ votes: { anna: 25 }, against: 25, abstain: 2 }],
    { outcome: 'next-round', candidates: ['anna'], needed: 26, of: 50 },
  ),
  election(
    ['rp-election-single-failed', again, 'Einzige Bewerbung scheitert', 'The only candidate fails in both rounds.'],
    [
      { votes: { anna: 20 }, against: 32 },
      { votes: { anna: 22 }, against: 30 },
    ],
    { outcome: 'not-elected', candidates: ['anna'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-withdrawn', half, 'Rückzug vor dem zweiten Wahlgang', 'The third withdraws; 29 of 52 elect.'],
    [{ votes: { anna: 22, ben: 20, cem: 10 } }, { votes: { anna: 29, ben: 23 } }],
    { outcome: 'elected', candidates: ['anna'], needed: 27, of: 52 },
  ),
  election(
    ['rp-election-run-off-left', half, 'Rückzug vor der Stichwahl', 'One of the two withdraws; 30 for, 20 against.'],
    [
      { votes: { anna: 22, ben: 20, cem: 10 } },
      { votes: { anna: 24, ben: 20, cem: 8 } },
      { votes: { anna: 30 }, against: 20 },
    ],
    { outcome: 'elected', candidates: ['anna'], needed: 26, of: 50 },
  ),
]
