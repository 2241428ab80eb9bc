import { casesOf, type LawCase } from './case.ts'

const { order, membership } = casesOf('de-rp-2024', 'GemO')
const calls = '§ 38 Abs. 1 Satz 2'
const table = '§ 29 Abs. 1 und 2'

/** Calls to order, and how many members a council has. */
export const orderCases: readonly LawCase[] = [
  order(['rp-order-none', calls, 'Kein Ordnungsruf', 'Nobody called the member to order.'], 0, {
    mayBeExcluded: false,
    excludedBy: 'chair',
  }),
  order(['rp-order-one', calls, 'Ein Ordnungsruf', 'One call to order.'], 1, {
    mayBeExcluded: false,
    excludedBy: 'chair',
  }),
  order(['rp-order-two', calls, 'Zwei Ordnungsrufe', 'Two calls to order.'], 2, {
    mayBeExcluded: false,
    excludedBy: 'chair',
  }),
  order(['rp-order-three', calls, 'Dreimal zur Ordnung gerufen', 'Three: the chair may exclude.'], 3, {
    mayBeExcluded: true,
    excludedBy: 'chair',
  }),
  order(['rp-order-four', calls, 'Viermal zur Ordnung gerufen', 'The chair let the third pass.'], 4, {
    mayBeExcluded: true,
    excludedBy: 'chair',
  }),
  membership(['rp-members-300', table, 'Kleinste Gemeinde', '300 inhabitants: 6 and the mayor.'], 300, 7),
  membership(['rp-members-301', table, 'Eine Einwohnerin mehr', '301 inhabitants: 8 and the mayor.'], 301, 9),
  membership(['rp-members-2500', table, 'Ortsgemeinde', '2,500 inhabitants: 16 and the mayor.'], 2500, 17),
  membership(['rp-members-19000', table, 'Stadt', '19,000 inhabitants: 32 and the mayor.'], 19_000, 33),
  membership(
    ['rp-members-81000', table, 'Rat mit 53 Mitgliedern', '81,000 inhabitants: 52 and the mayor.'],
    81_000,
    53,
  ),
  membership(['rp-members-largest', table, 'Größte Stadt', '220,000 inhabitants: 60 and the mayor.'], 220_000, 61),
]
